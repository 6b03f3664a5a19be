"""What the devices cost while nobody is there: every loop of a station, idle, in a process of its own.

The other ends of the wires are in this process, so that only the drivers and their loops are counted.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.results import Results
from devices.drivers.hotplug import HotPlug
from devices.drivers.idcard.reader import SerialCardReader
from devices.drivers.keyboard.finding import at_path
from devices.drivers.keyboard.node import Calls
from devices.drivers.keyboard.scanner import KeyboardScanner
from devices.drivers.printer.printer import EscPosPrinter
from devices.drivers.printer.profile import PROFILES
from devices.drivers.scanner import SerialScanner
from devices.drivers.speech.speaker import Speaker
from devices.drivers.udev import UdevMonitor
from devices.drivers.wire import SerialTransport
from devices.ports import Health, Scanner
from devices.simulated.idcard.reader import SimulatedCardReader
from devices.simulated.keyboard.tree import InputTree
from devices.simulated.printer import SimulatedPrinter
from devices.simulated.scanner import SimulatedScanner
from kiosk.printing import PrintQueue
from kiosk.reading import ReadLoop
from kiosk.scanning import ScanLoop
from kiosk.speaking import SpeakLoop
from kiosk.supervised import SupervisedPrinter, SupervisedScanner, SupervisedSource, SupervisedSpeech
from kiosk.system import Machine
from kiosk.texts import load_texts
from kiosk.worker import Worker
from tests.support.desk import TestDesk
from tests.support.station import FONTS

SETTLE_SECONDS = 2.0


def measure(results: Results, seconds: float) -> None:
    """``devices.idle_cpu_percent``: all are there; ``devices.absent_cpu_percent``: none is, and all are looked for."""
    printer, scanner, reader = SimulatedPrinter(), SimulatedScanner(), SimulatedCardReader()
    there, nowhere = (printer.path, scanner.path, reader.path), tuple(f"/dev/absent-{number}" for number in range(3))
    try:
        for name, paths in (("idle", there), ("absent", nowhere)):
            command = [sys.executable, "-m", "benchmarks.idle", *paths, str(seconds)]
            done = subprocess.run(command, check=True, capture_output=True, text=True)
            results.value(f"devices.{name}_cpu_percent", json.loads(done.stdout), "% of a core")
    finally:
        reader.close()
        scanner.close()
        printer.close()


def main(printer_path: str, scanner_path: str, reader_path: str, seconds: float) -> float:
    """Run every loop and return what the process used of one core, in percent."""
    with tempfile.TemporaryDirectory() as folder:
        tree = InputTree(Path(folder))
        plugged = tree.plug(serial="A1") if "absent" not in scanner_path else None
        told: list[Any] = []
        loops = _loops(Path(folder), tree, (printer_path, scanner_path, reader_path), told.append)
        for loop in loops:
            loop.start()
        time.sleep(SETTLE_SECONDS)
        used, began = time.process_time(), time.monotonic()
        time.sleep(seconds)
        if plugged is not None and {event.state.health for event in told} != {Health.OK}:
            raise RuntimeError(f"a device that is there is not well: {told}")
        percent = 100 * (time.process_time() - used) / (time.monotonic() - began)
        for loop in loops:
            loop.stop()
        if plugged is not None:
            plugged.close()
    return percent


def _loops(folder: Path, tree: InputTree, paths: tuple[str, str, str], post: Callable[[object], None]) -> list[Any]:
    clock, (printer_path, scanner_path, reader_path) = Machine(), paths
    (folder / "desk").mkdir()
    desk = TestDesk(folder / "desk")
    node = tree.dev / "input" / "by-id" / "usb-Station_Scanner_A1-event-kbd"
    calls = Calls(tree.kernel.open, tree.kernel.ioctl, tree.kernel.read)
    face = FONTS / "YizhanSans-Regular.otf"
    printer = SupervisedPrinter(
        lambda: EscPosPrinter(
            transport=SerialTransport(path=printer_path, baud=115200, flow=PROFILES["80mm"].flow),
            profile=PROFILES["80mm"],
            clock=clock,
            face=face,
        ),
        clock,
    )
    speech = SupervisedSpeech(lambda: Speaker(folder=None, voice="cmn", volume=80, output="null", clock=clock), clock)
    return [
        PrintQueue(
            printer=printer, journal=desk.journal, worker=Worker(lambda _code: None), texts=load_texts(), post=post
        ),
        _scan_loop(lambda: SerialScanner(path=scanner_path, clock=clock), clock, post),
        _scan_loop(lambda: KeyboardScanner(locate=at_path(node), clock=clock, calls=calls), clock, post),
        ReadLoop(
            role="idcard",
            device=SupervisedSource(
                "idcard", lambda: SerialCardReader(path=reader_path, clock=clock, digest=lambda _number: ""), clock
            ),
            took=post,
            told=lambda _state: None,
        ),
        SpeakLoop(speech),
        _Plugs(clock),
    ]


def _scan_loop(make: Callable[[], Scanner], clock: Machine, post: Callable[[object], None]) -> ScanLoop:
    return ScanLoop(scanner=SupervisedScanner(make, clock), new_id=lambda: "", post=post)


class _Plugs:
    """The watch for plugs as a loop like the others."""

    def __init__(self, clock: Machine) -> None:
        self._plugs = HotPlug(monitor=UdevMonitor(), clock=clock)

    def start(self) -> None:
        self._plugs.start(lambda: None)

    def stop(self) -> None:
        self._plugs.stop()


if __name__ == "__main__":
    print(main(sys.argv[1], sys.argv[2], sys.argv[3], float(sys.argv[4])))
