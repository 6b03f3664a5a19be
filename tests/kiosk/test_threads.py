"""The threads behind the screen: one attempt a job, no silence after a fault, and a disk that comes back."""

from __future__ import annotations

import queue
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from devices.paper import Paper
from devices.ports import DeviceState, Health, PrintOutcome, PrintState
from devices.spoken import Fragment, SpokenLine
from domain.board import Board, Span
from kiosk.conductor import Conductor
from kiosk.flow import states as s
from kiosk.flow.events import (
    BoardTold,
    JournalFailed,
    JournalRecovered,
    OfficeLooked,
    PrinterReported,
    PrintReported,
    Scanned,
    ScannerReported,
)
from kiosk.lock import AlreadyRunning, is_running, only_one
from kiosk.presenter.scene import Scene
from kiosk.printing import PrintQueue
from kiosk.scanning import ScanLoop
from kiosk.speaking import SpeakLoop
from kiosk.supervised import SupervisedPrinter, SupervisedScanner
from kiosk.texts import load_texts
from kiosk.worker import Worker
from tests.devices.helpers import JumpingClock
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

    def nudge(self) -> None:
        pass

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
    recovered = JournalRecovered("journal.unwritable")
    assert events.get(timeout=10) == recovered
    conductor.handle(recovered)
    assert state_of(conductor) == s.Idle()
    conductor.handle(JournalFailed("journal.damaged"))
    desk.system.advance(60)
    conductor.tick()
    worker.call(lambda: None)
    assert isinstance(state_of(conductor), s.OutOfOrder)  # damage does not mend itself
    assert all(not isinstance(event, JournalRecovered) for event in list(events.queue))


def test_a_board_that_came_is_told_to_the_screen_once(
    desk: TestDesk, worker: Worker, events: queue.Queue[Any], tmp_path: Path
) -> None:
    board = Board(version=1, off=(Span(1320, 360),))
    conductor = Conductor(
        parts=replace(desk.parts, board=lambda: board),
        worker=worker,
        scene=Scene(load_texts(), "学田湾", tmp_path),
        post=events.put,
        show=lambda _view: None,
    )
    conductor.tick()
    assert events.get(timeout=10) == BoardTold(board)
    assert isinstance(events.get(timeout=10), OfficeLooked)
    conductor.handle(BoardTold(board))
    desk.system.advance(2)
    conductor.tick()
    assert isinstance(events.get(timeout=10), OfficeLooked)


def test_a_look_from_before_a_fault_ends_no_fault(
    desk: TestDesk, worker: Worker, events: queue.Queue[Any], tmp_path: Path
) -> None:
    conductor = Conductor(
        parts=desk.parts,
        worker=worker,
        scene=Scene(load_texts(), "学田湾", tmp_path),
        post=events.put,
        show=lambda _view: None,
    )
    release = threading.Event()
    worker.then(release.wait, lambda _waited: None)
    conductor.tick()  # its look at the office waits behind what is under way
    conductor.handle(JournalFailed("journal.fault"))
    release.set()
    worker.call(lambda: None)
    seen = [events.get(timeout=10) for _ in range(events.qsize())]
    assert any(isinstance(event, OfficeLooked) for event in seen)
    assert not any(isinstance(event, JournalRecovered) for event in seen)


def state_of(conductor: Conductor) -> s.State:
    return conductor.session.state


def test_one_kiosk_a_folder(tmp_path: Path) -> None:
    assert not is_running(tmp_path)
    with only_one(tmp_path):
        assert is_running(tmp_path)
        with pytest.raises(AlreadyRunning, match="another kiosk"), only_one(tmp_path):
            pass
    assert not is_running(tmp_path)


class HangingPrinter(FakePrinter):
    """Hangs in the middle of a paper until it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self.printing, self.hold = threading.Event(), threading.Event()

    def print(self, paper: Paper) -> PrintOutcome:
        self.printing.set()
        self.hold.wait()
        return super().print(paper)


def states_of(desk: TestDesk, worker: Worker, job: int) -> PrintState | None:
    found = worker.call(lambda: desk.journal.jobs.get(job))
    return None if found is None else found.state


def test_a_paper_whose_printer_hangs_is_uncertain_and_the_next_one_prints(
    desk: TestDesk, worker: Worker, events: queue.Queue[Any]
) -> None:
    """It is marked in the journal as such, is never printed again by itself, and nobody waits for it."""
    printers: list[FakePrinter] = [HangingPrinter(), FakePrinter()]
    hanging, made = printers[0], iter(printers)
    supervised = SupervisedPrinter(lambda: next(made), JumpingClock(), print_seconds=0.05)
    printing = PrintQueue(printer=supervised, journal=desk.journal, worker=worker, texts=load_texts(), post=events.put)
    printing.start()
    assert events.get(timeout=10) == PrinterReported(DeviceState(Health.OK))
    first, second = desk.issued("a").job, desk.issued("b").job
    printing.put(first)
    assert events.get(timeout=10) == PrintReported(first, PrintState.UNCERTAIN, "printer.stuck")
    assert events.get(timeout=10) == PrinterReported(DeviceState(Health.NOT_OK, "printer.stuck"))
    supervised._print_seconds = 30
    printing.nudge()
    assert events.get(timeout=10) == PrinterReported(DeviceState(Health.OK))
    printing.put(second)
    assert events.get(timeout=10) == PrintReported(second, PrintState.PRINTED)
    assert isinstance(hanging, HangingPrinter)
    hanging.hold.set()  # what comes back at last changes nothing
    printing.stop()
    assert states_of(desk, worker, first) is PrintState.UNCERTAIN
    assert states_of(desk, worker, second) is PrintState.PRINTED
    assert len(printers[1].papers) == 1


def test_a_printer_that_hangs_does_not_hold_up_the_end(
    desk: TestDesk, worker: Worker, events: queue.Queue[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.printing.STOP_SECONDS", 0.05)
    hanging = HangingPrinter()
    supervised = SupervisedPrinter(lambda: hanging, JumpingClock(), print_seconds=1e6)
    printing = PrintQueue(printer=supervised, journal=desk.journal, worker=worker, texts=load_texts(), post=events.put)
    printing.start()
    job = desk.issued().job
    printing.put(job)
    assert hanging.printing.wait(10)
    printing.stop()
    assert states_of(desk, worker, job) is PrintState.UNCERTAIN
    hanging.hold.set()


def test_a_scanner_that_hangs_is_said_and_a_new_one_scans(events: queue.Queue[Any]) -> None:
    hold = threading.Event()

    class Hanging(FailingScanner):
        def read(self, timeout_seconds: float) -> str | None:
            hold.wait()
            return None

    class Well(FailingScanner):
        def read(self, timeout_seconds: float) -> str | None:
            return self.scans.pop(0) if self.scans else None

    made = iter([Hanging(), Well()])
    supervised = SupervisedScanner(lambda: next(made), JumpingClock(), grace_seconds=0.05)
    loop = ScanLoop(scanner=supervised, new_id=lambda: "v", post=events.put)
    loop.start()
    assert events.get(timeout=10) == ScannerReported(DeviceState(Health.NOT_OK, "scanner.stuck"))
    supervised._grace_seconds = 30
    assert {type(event) for event in (events.get(timeout=10), events.get(timeout=10))} == {Scanned, ScannerReported}
    loop.stop()
    hold.set()


class ListeningSpeech:
    """Notes what it is to say; may hang in it."""

    def __init__(self) -> None:
        self.said: queue.Queue[SpokenLine] = queue.Queue()
        self.hold = threading.Event()
        self.hold.set()
        self.closed = False

    def say(self, line: SpokenLine) -> None:
        self.said.put(line)
        self.hold.wait()

    def stop(self) -> None:
        pass

    def state(self) -> DeviceState:
        return DeviceState(Health.OK)

    def close(self) -> None:
        self.closed = True


def line(name: str) -> SpokenLine:
    return (Fragment(f"speech.{name}", name),)


def test_a_line_is_said_when_it_changes_and_the_newest_wins() -> None:
    speech = ListeningSpeech()
    speaking = SpeakLoop(speech)
    speaking.start()
    speaking.say(line("idle"))
    assert speech.said.get(timeout=10) == line("idle")
    speech.hold.clear()
    speaking.say(line("idle"))  # the same screen drawn again
    speaking.say(line("home"))
    assert speech.said.get(timeout=10) == line("home")
    speaking.say(line("items"))  # nobody waits while it hangs
    speaking.say(line("item"))
    speech.hold.set()
    assert speech.said.get(timeout=10) == line("item")
    speaking.stop()
    assert speech.closed
    assert speech.said.empty()


def test_a_voice_that_raises_ends_nothing() -> None:
    class Broken(ListeningSpeech):
        def state(self) -> DeviceState:
            raise RuntimeError("a fault of the driver")

    speech = Broken()
    speaking = SpeakLoop(speech)
    speaking.start()
    for name in ("idle", "home"):
        speaking.say(line(name))
        assert speech.said.get(timeout=10) == line(name)
    speaking.stop()
