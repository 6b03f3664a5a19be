"""Printers that push what changes: asked seldom, believed while they can be, freed when they wait for a lost rest."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import cast

import pytest

from devices.drivers.line import Line
from devices.drivers.printer.asking import RealTime
from devices.drivers.printer.job import PADDING_UNKNOWN_BYTES, PUSH_ON, padding_for
from devices.drivers.printer.profile import StatusMethod
from devices.drivers.printer.render import render
from devices.drivers.printer.replies import Kind, Reply
from devices.drivers.printer.status import query
from devices.drivers.printer.talk import Talk
from devices.paper import Cut, Qr, Text
from devices.ports import DeviceState, Health, PrintState
from devices.simulated.printer import SimulatedPrinter
from tests.devices.drivers.printer.rig import Rig
from tests.devices.helpers import FACE, QR_PAYLOAD, QUICK, SHORT, VOUCHER, quick_printer

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


@dataclass
class Questions:
    """A ``Talk`` on a line so slow that nothing is answered yet."""

    said: list[bytes] = field(default_factory=list)

    def say(self, data: bytes) -> bool:
        self.said.append(data)
        return True


def test_an_answer_in_mid_job_belongs_to_the_question_that_was_asked_first() -> None:
    """1Eh is a paper near its end to the question of paper, and an open cover to the question of the cover."""
    talk = Questions()
    asking = RealTime(cast("Talk", talk), cast("Line", None))
    for _ in range(3):
        asking.glance()
    assert talk.said == [query(4)]
    assert asking.complaint(Reply(Kind.REALTIME, b"\x1e")) == ""
    assert asking.complaint(Reply(Kind.REALTIME, b"\x1e")) == ""  # nobody asked
    asking.glance()
    assert talk.said == [query(4), query(2)]
    assert asking.complaint(Reply(Kind.REALTIME, b"\x16")) == "printer.cover_open"


def test_a_paper_near_its_end_is_printed_on_a_slow_line_with_a_slow_head() -> None:
    device = SimulatedPrinter(baud=9600)
    printer = quick_printer(device.path, patience=replace(QUICK, fence_seconds=15.0))
    device.run_low()
    near_end = DeviceState(Health.OK, warning="printer.paper_near_end")
    assert printer.status() == near_end
    device.hold()
    before = len(device.raw)

    def slow_head() -> None:
        device.wait_raw(before + 570, 10)
        device.release()

    slow = threading.Thread(target=slow_head)
    slow.start()
    assert printer.print(VOUCHER).state is PrintState.PRINTED
    slow.join()
    assert printer.status() == near_end
    printer.close()
    device.close()
