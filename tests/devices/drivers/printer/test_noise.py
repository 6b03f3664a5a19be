"""Noise on the line is no confirmation: a paper is only printed when the printer itself said so, and said it twice."""

from __future__ import annotations

import termios
import threading
from pathlib import Path

import pytest

from devices.drivers.printer.printer import EscPosPrinter, Patience
from devices.drivers.printer.profile import PROFILES
from devices.drivers.printer.render import render
from devices.drivers.wire import Flow, SerialTransport
from devices.paper import Cut, Paper, Qr, Text
from devices.ports import PrintOutcome, PrintState
from devices.simulated.printer import SimulatedPrinter
from kiosk.system import Machine
from tests.devices.helpers import QR_PAYLOAD
from tests.support.station import FONTS

PAPER: Paper = (*(Text("兑换券") for _ in range(12)), Qr(QR_PAYLOAD), Cut())
FACE = FONTS / "YizhanSans-Regular.otf"
JOB_BYTES = len(render(PAPER, PROFILES["80mm"]))


def printer_at(path: str, face: Path = FACE, patience: Patience | None = None) -> EscPosPrinter:
    line = SerialTransport(path=path, baud=115200, flow=Flow.RTSCTS)
    return EscPosPrinter(transport=line, profile=PROFILES["80mm"], clock=Machine(), face=face, patience=patience)


def hasty_printer_at(path: str) -> EscPosPrinter:
    return printer_at(path, patience=Patience(reply_seconds=0.3, write_seconds=1.0, fence_seconds=0.6))


def print_while(device: SimulatedPrinter, disturb: object, printer: EscPosPrinter) -> PrintOutcome:
    """Print in a thread of its own; disturb the line once the job's bytes are in the printer."""
    outcome: list[PrintOutcome] = []
    before = len(device.raw)
    job = threading.Thread(target=lambda: outcome.append(printer.print(PAPER)))
    job.start()
    device.wait_raw(before + 300, 5)
    assert callable(disturb)
    disturb()
    job.join(20)
    return outcome[0]


@pytest.mark.parametrize("noise", [b"\x00", b"\x00\x00", b"\x00\x00\x00\x00\x00", b"\x01", b"\x60\x00", b"\xff\x00"])
def test_noise_while_nothing_prints_confirms_nothing(noise: bytes) -> None:
    device = SimulatedPrinter()
    printer = hasty_printer_at(device.path)
    assert printer.status().health == "ok"
    device.hold()
    outcome = print_while(device, lambda: device._line.write(noise), printer)
    device.release()
    device.close()
    printer.close()
    assert outcome.state is PrintState.UNCERTAIN


@pytest.mark.parametrize("noise", [b"\x00", b"\x00\x00\x00"])
def test_noise_and_then_the_power_is_gone(noise: bytes) -> None:
    device = SimulatedPrinter()
    printer = hasty_printer_at(device.path)
    assert printer.status().health == "ok"
    device.hold()

    def cut() -> None:
        device._line.write(noise)
        device.unplug()

    outcome = print_while(device, cut, printer)
    printer.close()
    assert outcome.state is PrintState.UNCERTAIN


@pytest.mark.parametrize("noise", [b"\x00", b"\x00\x00", b"\x01\x00\x00", bytes(8), b"\x10\x00\x00\x0f\x00"])
def test_a_printer_that_lost_its_power_and_is_up_again_at_once_printed_nothing(noise: bytes) -> None:
    """Its memory is empty, the line had a break, and every question is answered as if all were well."""
    device = SimulatedPrinter()
    printer = hasty_printer_at(device.path)
    assert printer.status().health == "ok"
    device.hold()

    def blink() -> None:
        device.wait_raw(device_before + JOB_BYTES + 9, 5)
        device.blink()
        device._line.write(noise)

    device_before = len(device.raw) + 12  # the questions
    outcome = print_while(device, blink, printer)
    assert device.papers == ()
    assert outcome.state is PrintState.UNCERTAIN
    assert printer.print(PAPER).state is PrintState.PRINTED
    device.close()
    printer.close()


def test_a_printer_that_knows_no_blocks_is_believed_after_three_fences(monkeypatch: pytest.MonkeyPatch) -> None:
    device = SimulatedPrinter()
    monkeypatch.setattr(device._firmware, "_pushing", lambda _which: None)
    device._firmware._interpreter.page._on_pushing = lambda _which: None
    printer = hasty_printer_at(device.path)
    assert [printer.print(PAPER).state for _ in range(2)] == [PrintState.PRINTED] * 2
    assert len(device.papers) == 2
    device.close()
    printer.close()


def test_a_break_on_a_serial_line_is_no_byte() -> None:
    device = SimulatedPrinter()
    connection = SerialTransport(path=device.path, baud=115200, flow=Flow.RTSCTS).connect()
    flags = termios.tcgetattr(connection._port.fileno())[0]
    assert flags & termios.IGNBRK
    assert not flags & (termios.BRKINT | termios.PARMRK)
    connection.close()
    device.close()


def test_a_good_job_is_still_printed_and_the_next_one_too() -> None:
    device = SimulatedPrinter()
    printer = printer_at(device.path)
    for _ in range(3):
        assert printer.print(PAPER).state is PrintState.PRINTED
    assert len(device.papers) == 3
    device.close()
    printer.close()


def test_a_face_that_cannot_be_read_prints_nothing(tmp_path: Path) -> None:
    device = SimulatedPrinter()
    printer = printer_at(device.path, tmp_path / "none.otf")
    assert printer.print((Text("赵𬭎"), Cut())) == PrintOutcome(PrintState.FAILED, "printer.unprintable")
    device.close()
    printer.close()
