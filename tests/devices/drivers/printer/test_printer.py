"""The real driver against the simulated printer, over a pty."""

from __future__ import annotations

from pathlib import Path

import pytest
import serial

from devices.drivers.printer.job import FENCE, PUSH_OFF, PUSH_ON, reset_of
from devices.drivers.printer.printer import EscPosPrinter
from devices.drivers.printer.profile import PROFILES
from devices.drivers.printer.render import render
from devices.drivers.wire import Flow, SerialTransport
from devices.paper import Cut, Text
from devices.ports import DeviceState, Health, Printer, PrintOutcome, PrintState
from devices.simulated.printer import SimulatedPrinter
from tests.devices.helpers import OTHER, QR_PAYLOAD, SHORT, VOUCHER, JumpingClock, plug, quick_printer

JOB = render(VOUCHER, PROFILES["80mm"])
RESET = reset_of(PROFILES["80mm"])
# After a job: a block and a fence, one more fence, which noise cannot have answered, and how the printer is.
VOUCHED = PUSH_ON + PUSH_OFF + FENCE + FENCE + b"".join(b"\x10\x04" + bytes((number,)) for number in (1, 2, 3, 4))


def test_a_voucher_is_printed_and_confirmed(device: SimulatedPrinter, printer: Printer) -> None:
    assert printer.print(VOUCHER) == PrintOutcome(PrintState.PRINTED, bytes_sent=len(JOB))
    paper = device.wait_paper(2)
    assert paper.qr_payloads == (QR_PAYLOAD,)
    assert paper.cuts == 1
    assert "凭证号" in paper.text
    assert "A3-000127" in paper.text
    assert device.raw.removesuffix(VOUCHED).endswith(JOB)


def test_papers_follow_each_other(device: SimulatedPrinter, printer: Printer) -> None:
    assert [printer.print(paper).state for paper in (SHORT, OTHER)] == [PrintState.PRINTED] * 2
    assert [paper.text for paper in device.papers] == ["第一张", "第二张"]
    assert (
        device.raw.count(b"\x1dr\x01") == 7
    )  # one before the first job; after each its own, the one of its seal and one that is asked later


def test_garbled_answers_are_unknown_and_get_nothing(device: SimulatedPrinter, printer: Printer) -> None:
    device.babble()
    assert printer.status() == DeviceState(Health.UNKNOWN, "printer.garbled")
    assert printer.print(VOUCHER) == PrintOutcome(PrintState.FAILED, "printer.garbled")
    assert RESET not in device.raw


def test_a_58_mm_paper_is_torn_off_at_the_fence() -> None:
    device = SimulatedPrinter(dots=384, cutter=False)
    printer = quick_printer(device.path, profile="58mm")
    try:
        assert printer.print(VOUCHER).state is PrintState.PRINTED
        paper = device.wait_paper(2)
    finally:
        printer.close()
        device.close()
    assert (paper.dots, paper.cuts, paper.qr_payloads) == (384, 0, (QR_PAYLOAD,))


def test_unplugged_is_missing_and_back_again(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    clock = JumpingClock()
    first = SimulatedPrinter()
    printer = quick_printer(plug(tmp_path / "printer", first.path), clock)
    assert printer.print(SHORT).state is PrintState.PRINTED
    first.unplug()
    for _ in range(3):
        assert printer.status() == DeviceState(Health.NOT_OK, "printer.missing")
        assert printer.print(SHORT) == PrintOutcome(PrintState.FAILED, "printer.missing")
        clock.jump(11)
    second = SimulatedPrinter()
    plug(tmp_path / "printer", second.path)
    try:
        assert printer.print(OTHER).state is PrintState.PRINTED
        assert [paper.text for paper in second.papers] == ["第二张"]
    finally:
        printer.close()
        second.close()
    said = [record.getMessage().split(" at ")[0] for record in caplog.records]
    assert said == ["printer.missing", "printer is back"]


def test_held_by_another_process(device: SimulatedPrinter, printer: Printer) -> None:
    with serial.Serial(device.path, exclusive=True):
        assert printer.status() == DeviceState(Health.NOT_OK, "printer.busy_elsewhere")
        assert printer.print(SHORT) == PrintOutcome(PrintState.FAILED, "printer.busy_elsewhere")


def test_a_regular_file_is_no_printer(tmp_path: Path) -> None:
    (tmp_path / "printer").touch()
    for name in ("printer", "nothing"):
        assert quick_printer(str(tmp_path / name)).print(SHORT).code == "printer.missing"
    assert (tmp_path / "printer").read_bytes() == b""
    assert not (tmp_path / "nothing").exists()


def test_a_paper_that_cannot_be_shown_is_refused_before_any_byte(device: SimulatedPrinter) -> None:
    line = SerialTransport(path=device.path, baud=9600, flow=Flow.RTSCTS)
    printer = EscPosPrinter(transport=line, profile=PROFILES["80mm"], clock=JumpingClock(), face=None)
    assert printer.print((Text("欧阳𬭎"),)) == PrintOutcome(PrintState.FAILED, "printer.unprintable")
    assert device.raw == b""


def test_a_rare_name_prints_as_dots(device: SimulatedPrinter, printer: Printer) -> None:
    assert printer.print((Text("欧阳𬭎"), Cut())).state is PrintState.PRINTED
    assert device.wait_paper(2).text == "▦72×22"
    assert device.raw.removesuffix(VOUCHED).endswith(FENCE)
