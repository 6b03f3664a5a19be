"""What may go wrong once bytes are out: the outcome is uncertain, and nothing is sent again."""

from __future__ import annotations

import threading
from collections.abc import Callable

from devices.drivers.printer.profile import PROFILES
from devices.drivers.printer.render import render
from devices.ports import Printer, PrintOutcome, PrintState
from devices.simulated.printer import SimulatedPrinter
from tests.devices.helpers import OTHER, SHORT, VOUCHER, quick_printer

JOB = render(VOUCHER, PROFILES["80mm"])


def test_what_a_printer_still_holds_comes_out_before_the_next_job(device: SimulatedPrinter, printer: Printer) -> None:
    device.take_paper_out(after_bytes=120)
    assert printer.print(SHORT + VOUCHER).state is PrintState.UNCERTAIN
    device.put_paper_in()
    assert printer.print(OTHER).state is PrintState.PRINTED
    assert [paper.text.splitlines()[0] for paper in device.papers] == ["第一张", "幸福里社区便民驿站", "第二张"]


def test_an_old_fence_never_vouches_for_a_new_job(device: SimulatedPrinter, printer: Printer) -> None:
    """The old job prints late, while the driver is busy with the next one, for which no paper is left."""
    assert printer.print(SHORT).state is PrintState.PRINTED
    device.hold()
    assert printer.print(SHORT) == PrintOutcome(PrintState.UNCERTAIN, "printer.silent", 23)
    device.take_paper_out(after_bytes=12)  # eleven for the old one
    release = after_bytes(device, len(device.raw) + 20, device.release)
    assert printer.print(OTHER) == PrintOutcome(PrintState.UNCERTAIN, "printer.paper_out", 23)
    release.join()
    assert [paper.text for paper in device.papers] == ["第一张", "第一张"]


def test_a_printer_that_falls_silent_in_mid_job_is_uncertain() -> None:
    device = SimulatedPrinter(baud=9600)
    printer = quick_printer(device.path)
    deaf = after_bytes(device, 64, device.stall)
    outcome = printer.print(VOUCHER + VOUCHER)
    deaf.join()
    printer.close()
    device.close()
    assert (outcome.state, outcome.code) == (PrintState.UNCERTAIN, "printer.silent")
    assert device.papers == ()


def after_bytes(device: SimulatedPrinter, byte_count: int, act: Callable[[], None]) -> threading.Thread:
    """Do something to the printer once so many bytes have reached it."""

    def wait_and_act() -> None:
        device.wait_raw(byte_count, 5)
        act()

    thread = threading.Thread(target=wait_and_act)
    thread.start()
    return thread
