"""Printers that push what changes: asked seldom, believed while they can be, freed when they wait for a lost rest."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from devices.drivers.printer.job import PADDING_UNKNOWN_BYTES, PUSH_ON, padding_for
from devices.drivers.printer.profile import StatusMethod
from devices.drivers.printer.render import render
from devices.paper import Cut, Qr, Text
from devices.ports import DeviceState, Health, PrintState
from tests.devices.drivers.printer.rig import Rig
from tests.devices.helpers import FACE, QR_PAYLOAD, SHORT

OUT = DeviceState(Health.NOT_OK, "printer.paper_out")
SILENT = DeviceState(Health.UNKNOWN, "printer.silent")


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[Rig]:
    rig = Rig.named("usb/80mm", tmp_path, status=StatusMethod.ASB).start(strict=False)
    rig.driver._talk._reply_seconds = 0.3
    yield rig
    rig.close()


def test_a_printer_in_trouble_is_not_asked_again_and_again(rig: Rig) -> None:
    """It would keep the questions until it is well, and they fill its buffer."""
    assert rig.driver.status().health is Health.OK
    rig.device.take_paper_out()
    assert [rig.driver.status() for _ in range(50)] == [OUT] * 50
    asked = rig.device.raw.count(PUSH_ON)
    rig.clock.jump(31)
    assert rig.driver.status() == OUT  # it does not answer, and what it pushed still holds
    assert rig.device.raw.count(PUSH_ON) == asked + 1
    rig.device.put_paper_in()
    assert rig.driver.status().health is Health.OK
    assert rig.driver.print(SHORT).state is PrintState.PRINTED


def test_one_that_was_well_and_says_nothing_more_is_unknown(rig: Rig) -> None:
    assert rig.driver.status().health is Health.OK
    rig.device.stall()
    assert rig.driver.status() == SILENT
    assert not rig.driver.print(SHORT).bytes_sent
    rig.device.resume()
    assert rig.driver.status().health is Health.OK


def test_what_was_pushed_before_the_cable_came_out_is_forgotten(rig: Rig) -> None:
    assert rig.driver.status().health is Health.OK
    rig.device.run_low()
    assert rig.driver.status().warning
    rig.device.put_paper_in()
    rig.device.unplug()
    assert rig.driver.status().code == "printer.missing"
    rig.replug()
    assert rig.driver.status() == DeviceState(Health.OK)


def test_what_an_earlier_process_left_half_done_is_ended_before_anything_is_asked(rig: Rig) -> None:
    """A power cut of the machine in mid-job: the printer waits for the rest of a QR code and takes questions for it."""
    half = render((Qr(QR_PAYLOAD), Cut()), rig.profile, FACE)[:60]
    connection = rig.transport().connect()
    assert connection.send(half, 1.0) == len(half)
    connection.close()
    assert rig.driver.status() == SILENT
    rig.clock.jump(31)
    assert rig.driver.status().health is Health.OK
    assert bytes(PADDING_UNKNOWN_BYTES) in rig.device.raw
    assert rig.driver.print(SHORT).state is PrintState.PRINTED
    assert [paper.text for paper in rig.device.papers] == ["第一张"]


def test_as_much_is_owed_as_the_longest_command_takes(rig: Rig) -> None:
    plain = render(SHORT, rig.profile, FACE)
    code = render((Qr(QR_PAYLOAD), Cut()), rig.profile, FACE)
    drawn = render((Text("欧阳𬭎" * 4), Qr(QR_PAYLOAD), Cut()), rig.profile, FACE)
    assert padding_for(plain) == 8
    assert padding_for(code) == len(QR_PAYLOAD) + 3 + 5
    assert 36 * 20 < padding_for(drawn) < 36 * 30
    assert padding_for(b"\x1dv0\x00\xff\xff\xff\xff") == 8
