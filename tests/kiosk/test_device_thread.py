"""Drivers that hang for ever, hang sometimes, raise and are slow: nobody waits for them, and each is replaced."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator

import pytest

from devices.paper import Paper
from devices.ports import DeviceState, Health, PrintOutcome, PrintState, Scanner
from devices.spoken import SpokenLine
from kiosk.device_thread import LEFT_MAX, STEADY_SECONDS, DeviceGone, DeviceThread
from kiosk.supervised import SupervisedPrinter, SupervisedScanner, SupervisedSpeech
from tests.devices.helpers import JumpingClock

STUCK_SECONDS = 0.05
PATIENT_SECONDS = 30.0
NUMBER = "511502198001010018"


class Driver:
    """A driver whose next call does as it is told. ``hold`` is what it hangs on."""

    def __init__(self, how: str = "well") -> None:
        self.how = how
        self.hold = threading.Event()
        self.closed = threading.Event()
        self.nudged = 0
        self.rejected = 0
        self.asked = 0

    def ask(self) -> str:
        self.asked += 1
        if self.how == "hang":
            self.hold.wait()
        if self.how == "raise":
            raise ValueError(f"{NUMBER} is on the card")
        return "answer"

    def read(self, timeout_seconds: float) -> str | None:
        return self.ask()

    def state(self) -> DeviceState:
        self.ask()
        return DeviceState(Health.OK)

    def status(self) -> DeviceState:
        return self.state()

    def print(self, paper: Paper) -> PrintOutcome:
        self.ask()
        return PrintOutcome(PrintState.PRINTED)

    def say(self, line: SpokenLine) -> None:
        self.ask()

    def stop(self) -> None:
        self.ask()

    def nudge(self) -> None:
        self.nudged += 1

    def close(self) -> None:
        self.closed.set()


class Bench:
    """Makes drivers one after the other, each as its place in ``plan`` says; the last word holds for later ones."""

    def __init__(self, *plan: str) -> None:
        self.drivers: list[Driver] = []
        self._plan = plan

    def __call__(self) -> Driver:
        how = self._plan[min(len(self.drivers), len(self._plan) - 1)]
        if how == "unmade":
            self.drivers.append(Driver())
            raise OSError("no driver today")
        self.drivers.append(Driver(how))
        return self.drivers[-1]

    def release(self) -> None:
        for driver in self.drivers:
            driver.hold.set()


@pytest.fixture
def clock() -> JumpingClock:
    return JumpingClock()


@pytest.fixture(autouse=True)
def no_thread_is_left() -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    until(lambda: set(threading.enumerate()) <= before)


def until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENT_SECONDS
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.002)


def device(bench: Bench, clock: JumpingClock) -> DeviceThread[Driver]:
    return DeviceThread(role="scanner", make=bench, clock=clock)


def gone(thread: DeviceThread[Driver], limit_seconds: float = STUCK_SECONDS) -> tuple[str, bool]:
    with pytest.raises(DeviceGone) as caught:
        thread.call(limit_seconds, Driver.ask)
    return caught.value.code, caught.value.began


def test_a_driver_is_called_on_one_thread_of_its_own(clock: JumpingClock) -> None:
    bench = Bench("well")
    thread = device(bench, clock)
    names = {thread.call(PATIENT_SECONDS, lambda _driver: threading.current_thread().name) for _ in range(3)}
    assert names == {"scanner"}
    assert len(bench.drivers) == 1
    thread.close()
    assert bench.drivers[0].closed.is_set()


def test_a_driver_that_hangs_is_left_and_replaced(clock: JumpingClock, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    bench = Bench("hang", "well")
    thread = device(bench, clock)
    assert gone(thread) == ("scanner.stuck", True)
    assert gone(thread) == ("scanner.stuck", False)  # within the pause nobody is asked
    clock.jump(1)
    assert thread.call(PATIENT_SECONDS, Driver.ask) == "answer"
    # its line is taken from the one that hangs, while it hangs
    assert bench.drivers[0].closed.wait(PATIENT_SECONDS)
    assert [record.getMessage().split(":")[0] for record in caplog.records] == [
        "scanner.stuck",
        "scanner answers again",
    ]
    bench.release()
    thread.close()


def test_what_comes_back_too_late_is_heard_by_nobody(clock: JumpingClock) -> None:
    bench = Bench("hang", "well")
    thread = device(bench, clock)
    gone(thread)
    bench.release()
    clock.jump(1)
    assert bench.drivers[0].closed.wait(PATIENT_SECONDS)
    assert thread.call(PATIENT_SECONDS, lambda driver: driver is bench.drivers[1])
    thread.close()


def test_a_driver_that_is_slow_is_not_stuck(clock: JumpingClock) -> None:
    bench = Bench("hang")
    thread = device(bench, clock)
    threading.Timer(0.1, bench.release).start()
    assert thread.call(PATIENT_SECONDS, Driver.ask) == "answer"
    assert len(bench.drivers) == 1
    thread.close()


def test_the_pause_grows_while_new_drivers_hang_too(clock: JumpingClock) -> None:
    bench = Bench("hang")
    thread = device(bench, clock)
    waited = []
    for _ in range(LEFT_MAX):
        assert gone(thread) == ("scanner.stuck", True)
        seconds = 0.0
        while not thread._backoff.due:
            clock.jump(0.25)
            seconds += 0.25
        waited.append(round(seconds, 1))
        bench.release()
        until(lambda: all(driver.closed.is_set() for driver in bench.drivers))
    assert waited == [0.5, 1.0, 2.0, 4.0]
    thread.close()


def test_threads_that_hang_for_ever_are_few(clock: JumpingClock) -> None:
    bench = Bench("hang")
    thread = device(bench, clock)
    before = threading.active_count()
    for _ in range(LEFT_MAX + 5):
        gone(thread)
        clock.jump(61)
    until(lambda: threading.active_count() == before + LEFT_MAX)
    assert len(bench.drivers) == LEFT_MAX
    bench.release()
    until(lambda: threading.active_count() == before)
    bench._plan = ("well",)
    assert thread.call(PATIENT_SECONDS, Driver.ask) == "answer"
    thread.close()


def test_a_driver_that_did_well_for_long_is_replaced_quickly(clock: JumpingClock) -> None:
    bench = Bench("raise", "raise", "raise", "well", "well")
    thread = device(bench, clock)
    for _ in range(3):
        gone(thread, PATIENT_SECONDS)
        clock.jump(61)
    thread.call(PATIENT_SECONDS, Driver.ask)
    clock.jump(STEADY_SECONDS)
    bench.drivers[-1].how = "raise"
    gone(thread, PATIENT_SECONDS)
    clock.jump(0.5)
    assert thread.call(PATIENT_SECONDS, Driver.ask) == "answer"
    thread.close()


@pytest.mark.parametrize("how", ["raise", "unmade"])
def test_a_driver_that_raises_is_replaced_and_its_words_stay_out_of_the_log(
    clock: JumpingClock, caplog: pytest.LogCaptureFixture, how: str
) -> None:
    bench = Bench(how, "well")
    thread = device(bench, clock)
    assert gone(thread, PATIENT_SECONDS) == ("scanner.fault", True)
    assert gone(thread) == ("scanner.fault", False)
    clock.jump(1)
    assert thread.call(PATIENT_SECONDS, Driver.ask) == "answer"
    assert "scanner.fault: the driver raised" in caplog.text
    assert NUMBER not in caplog.text
    thread.close()


def test_a_plug_cuts_the_pause_short_and_reaches_the_driver(clock: JumpingClock) -> None:
    bench = Bench("raise", "well")
    thread = device(bench, clock)
    thread.nudge()
    gone(thread, PATIENT_SECONDS)
    thread.nudge()
    assert thread.call(PATIENT_SECONDS, Driver.ask) == "answer"
    thread.nudge()
    assert bench.drivers[-1].nudged == 1
    thread.close()


def test_closing_waits_for_nobody_who_hangs(clock: JumpingClock) -> None:
    bench = Bench("hang")
    thread = device(bench, clock)
    said: list[tuple[str, bool]] = []
    asking = threading.Thread(target=lambda: said.append(gone(thread, 1e6)))
    asking.start()
    until(lambda: bool(bench.drivers) and bench.drivers[0].asked == 1)
    thread.close()
    asking.join(PATIENT_SECONDS)
    assert said == [("scanner.stuck", True)]
    bench.release()


def test_a_paper_whose_driver_hangs_is_uncertain_and_is_asked_of_no_other(clock: JumpingClock) -> None:
    bench = Bench("hang", "well")
    printer = SupervisedPrinter(bench, clock, print_seconds=STUCK_SECONDS)
    assert printer.print(()) == PrintOutcome(PrintState.UNCERTAIN, "printer.stuck")
    # within the pause nothing can have gone out: trying again later is safe
    assert printer.print(()) == PrintOutcome(PrintState.FAILED, "printer.stuck")
    assert printer.status() == DeviceState(Health.NOT_OK, "printer.stuck")
    printer._print_seconds = PATIENT_SECONDS
    printer.nudge()
    assert printer.status() == DeviceState(Health.OK)
    assert printer.print(()) == PrintOutcome(PrintState.PRINTED)
    bench.release()
    printer.close()


def test_a_scanner_that_hangs_is_said_and_counts_on(clock: JumpingClock) -> None:
    bench = Bench("hang", "well")
    made: list[Scanner] = []

    def make() -> Scanner:
        made.append(bench())
        return made[-1]

    scanner = SupervisedScanner(make, clock, grace_seconds=STUCK_SECONDS)
    port: Scanner = scanner
    assert port.read(0) is None
    bench.drivers[0].rejected = 3
    assert port.state() == DeviceState(Health.NOT_OK, "scanner.stuck")
    scanner._grace_seconds = PATIENT_SECONDS
    port.nudge()
    assert port.read(0) == "answer"
    bench.drivers[1].rejected = 4
    assert port.rejected == 7
    bench.release()
    port.close()


def test_a_voice_that_hangs_is_a_warning(clock: JumpingClock) -> None:
    bench = Bench("hang", "raise", "well")
    speech = SupervisedSpeech(bench, clock, limit_seconds=STUCK_SECONDS)
    speech.say(())
    assert speech.state() == DeviceState(Health.UNKNOWN, warning="speech.stuck")
    speech._limit_seconds = PATIENT_SECONDS
    clock.jump(1)
    speech.stop()
    assert speech.state() == DeviceState(Health.UNKNOWN, warning="speech.fault")
    clock.jump(2)
    assert speech.state() == DeviceState(Health.OK)
    bench.release()
    speech.close()
