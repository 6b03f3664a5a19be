"""The threads behind the screen: one attempt a job, no silence after a fault, and a disk that comes back."""

from __future__ import annotations

import queue
from pathlib import Path
from typing import Any

import pytest

from devices.paper import Paper
from devices.ports import DeviceState, Health, PrintOutcome, PrintState
from kiosk.conductor import Conductor
from kiosk.flow import states as s
from kiosk.flow.events import JournalFailed, JournalRecovered, PrinterReported, PrintReported, Scanned, ScannerReported
from kiosk.lock import AlreadyRunning, is_running, only_one
from kiosk.presenter.scene import Scene
from kiosk.printing import PrintQueue
from kiosk.scanning import ScanLoop
from kiosk.texts import load_texts
from kiosk.worker import Worker
from tests.support.desk import TestDesk


class FakePrinter:
    """Prints nothing, and counts; may be told to fail as no driver should."""

    def __init__(self) -> None:
        self.papers: list[Paper] = []
        self.broken = False

    def status(self) -> DeviceState:
        if self.broken:
            raise RuntimeError("a fault of the driver")
        return DeviceState(Health.OK)

    def print(self, paper: Paper) -> PrintOutcome:
        if self.broken:
            raise RuntimeError("a fault of the driver")
        self.papers.append(paper)
        return PrintOutcome(PrintState.PRINTED)

    def close(self) -> None:
        pass


@pytest.fixture
def events() -> queue.Queue[Any]:
    return queue.Queue()


@pytest.fixture
def worker(events: queue.Queue[Any]) -> Any:
    made = Worker(on_fault=lambda code: events.put(JournalFailed(code)))
    yield made
    made.stop()


@pytest.fixture
def printer() -> FakePrinter:
    return FakePrinter()


@pytest.fixture
def printing(desk: TestDesk, worker: Worker, printer: FakePrinter, events: queue.Queue[Any]) -> Any:
    made = PrintQueue(printer=printer, journal=desk.journal, worker=worker, texts=load_texts(), post=events.put)
    made.start()
    assert events.get(timeout=10) == PrinterReported(DeviceState(Health.OK))
    yield made
    made.stop()


def test_an_attempt_is_sent_at_most_once(
    desk: TestDesk, printing: PrintQueue, printer: FakePrinter, events: queue.Queue[Any]
) -> None:
    job = desk.issued().job
    for _ in range(3):
        printing.put(job)
    assert events.get(timeout=10) == PrintReported(job, PrintState.PRINTED)
    for _ in range(2):
        assert events.get(timeout=10) == PrintReported(job, PrintState.UNCERTAIN, "print.interrupted")
    assert len(printer.papers) == 1


def test_a_driver_that_fails_is_said_and_the_thread_goes_on(
    desk: TestDesk, printing: PrintQueue, printer: FakePrinter, events: queue.Queue[Any]
) -> None:
    printer.broken = True
    first, second = desk.issued("a").job, desk.issued("b").job
    printing.put(first)
    assert events.get(timeout=10) == PrintReported(first, PrintState.UNCERTAIN, "print.failed")
    assert events.get(timeout=10) == PrinterReported(DeviceState(Health.NOT_OK, "printer.fault"))
    printer.broken = False
    printing.put(second)
    assert events.get(timeout=10) == PrintReported(second, PrintState.PRINTED)


class FailingScanner:
    rejected = 0

    def __init__(self) -> None:
        self.scans = ["A", None]

    def read(self, timeout_seconds: float) -> str | None:
        if not self.scans:
            raise RuntimeError("a fault of the driver")
        return self.scans.pop(0)

    def state(self) -> DeviceState:
        return DeviceState(Health.OK)

    def close(self) -> None:
        pass


def test_a_scanner_that_fails_is_said(events: queue.Queue[Any]) -> None:
    loop = ScanLoop(scanner=FailingScanner(), new_id=lambda: "v", post=events.put)
    loop.start()
    assert isinstance(events.get(timeout=10), Scanned)
    assert events.get(timeout=10) == ScannerReported(DeviceState(Health.OK))
    assert events.get(timeout=10) == ScannerReported(DeviceState(Health.NOT_OK, "scanner.fault"))
    loop.stop()


def test_a_disk_that_was_full_and_is_free_again_opens_the_station(
    desk: TestDesk, worker: Worker, events: queue.Queue[Any], tmp_path: Path
) -> None:
    conductor = Conductor(
        parts=desk.parts,
        worker=worker,
        scene=Scene(load_texts(), "学田湾", tmp_path),
        post=events.put,
        show=lambda _view: None,
    )
    conductor.handle(JournalFailed("journal.unwritable"))
    conductor.tick()
    assert events.get(timeout=10) == JournalRecovered()
    conductor.handle(JournalRecovered())
    assert state_of(conductor) == s.Idle()
    conductor.handle(JournalFailed("journal.damaged"))
    desk.system.advance(60)
    conductor.tick()
    worker.call(lambda: None)
    assert isinstance(state_of(conductor), s.OutOfOrder)  # damage does not mend itself
    assert all(not isinstance(event, JournalRecovered) for event in list(events.queue))


def state_of(conductor: Conductor) -> s.State:
    return conductor.session.state


def test_one_kiosk_a_folder(tmp_path: Path) -> None:
    assert not is_running(tmp_path)
    with only_one(tmp_path):
        assert is_running(tmp_path)
        with pytest.raises(AlreadyRunning, match="another kiosk"), only_one(tmp_path):
            pass
    assert not is_running(tmp_path)
