"""The ports of devices over ``DeviceThread``: whoever uses them gets an answer in time, whatever the driver does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, Protocol, TypeVar

from devices.paper import Paper
from devices.ports import Clock, DeviceState, Health, Printer, PrintOutcome, PrintState, Scanner, Speech
from devices.spoken import SpokenLine
from kiosk.device_thread import DeviceGone, DeviceThread

# What a driver needs at most, by its own deadlines, and as much again: a driver that is slow is not stuck.
STATUS_SECONDS_MAX = 60.0
PRINT_SECONDS_MAX = 300.0  # a whole paper drawn as dots at 9600 baud
READ_GRACE_SECONDS = 10.0
SPEECH_SECONDS_MAX = 10.0

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class Source(Protocol[T_co]):
    """A device that is read: a scanner, a card reader."""

    def read(self, timeout_seconds: float) -> T_co | None:
        """Wait for something; ``None`` when nothing came in time."""
        ...

    def state(self) -> DeviceState:
        """What is known of the device."""
        ...

    def close(self) -> None:
        """Let go of the device."""
        ...


class SupervisedSource(Generic[T]):
    """A ``Source`` that always answers. ``role`` is the first half of its codes: ``scanner`` → ``scanner.stuck``."""

    def __init__(
        self,
        role: str,
        make: Callable[[], Source[T]],
        clock: Clock,
        *,
        grace_seconds: float = READ_GRACE_SECONDS,
    ) -> None:
        self._thread: DeviceThread[Source[T]] = DeviceThread(role=role, make=make, clock=clock)
        self._clock = clock
        self._grace_seconds = grace_seconds

    def read(self, timeout_seconds: float) -> T | None:
        """Wait for something. With no driver to ask, the time passes."""
        try:
            return self._thread.call(timeout_seconds + self._grace_seconds, lambda device: device.read(timeout_seconds))
        except DeviceGone as gone:
            if not gone.began:
                self._clock.sleep(timeout_seconds)
            return None

    def state(self) -> DeviceState:
        """What the driver says, or that there is none."""
        try:
            return self._thread.call(self._grace_seconds, lambda device: device.state())
        except DeviceGone as gone:
            return DeviceState(Health.NOT_OK, gone.code)

    def nudge(self) -> None:
        """Something was plugged in."""
        self._thread.nudge()

    def close(self) -> None:
        """Let go of the device, from any thread. A read under way ends."""
        self._thread.close()


class SupervisedScanner(SupervisedSource[str]):
    """Implements ``Scanner``."""

    def __init__(self, make: Callable[[], Scanner], clock: Clock, *, grace_seconds: float = READ_GRACE_SECONDS) -> None:
        self._scanner: Scanner | None = None
        self._before = 0

        def made() -> Scanner:
            self._before += self._scanner.rejected if self._scanner is not None else 0
            self._scanner = make()
            return self._scanner

        super().__init__("scanner", made, clock, grace_seconds=grace_seconds)

    @property
    def rejected(self) -> int:
        """Inputs dropped as rubbish since the start, by every driver there was."""
        return self._before + (self._scanner.rejected if self._scanner is not None else 0)


class SupervisedPrinter:
    """Implements ``Printer``. A paper whose driver hangs is ``UNCERTAIN``: some of it may be in somebody's hand."""

    def __init__(
        self,
        make: Callable[[], Printer],
        clock: Clock,
        *,
        status_seconds: float = STATUS_SECONDS_MAX,
        print_seconds: float = PRINT_SECONDS_MAX,
    ) -> None:
        self._thread: DeviceThread[Printer] = DeviceThread(role="printer", make=make, clock=clock)
        self._status_seconds = status_seconds
        self._print_seconds = print_seconds

    def status(self) -> DeviceState:
        """What the printer says, or that there is no driver to ask."""
        try:
            return self._thread.call(self._status_seconds, lambda printer: printer.status())
        except DeviceGone as gone:
            return DeviceState(Health.NOT_OK, gone.code)

    def print(self, paper: Paper) -> PrintOutcome:
        """Print one paper, at most once: a driver that was asked is never asked again, and neither is a new one."""
        try:
            return self._thread.call(self._print_seconds, lambda printer: printer.print(paper))
        except DeviceGone as gone:
            return PrintOutcome(PrintState.UNCERTAIN if gone.began else PrintState.FAILED, gone.code)

    def nudge(self) -> None:
        """Something was plugged in."""
        self._thread.nudge()

    def close(self) -> None:
        """Let go of the printer, from any thread. A paper under way is ``UNCERTAIN``."""
        self._thread.close()


class SupervisedSpeech:
    """Implements ``Speech``. A voice that hangs is a warning, as every other trouble of it."""

    def __init__(self, make: Callable[[], Speech], clock: Clock, *, limit_seconds: float = SPEECH_SECONDS_MAX) -> None:
        self._thread: DeviceThread[Speech] = DeviceThread(role="speech", make=make, clock=clock)
        self._limit_seconds = limit_seconds
        self._warning = ""

    def say(self, line: SpokenLine) -> None:
        """Begin to say a line."""
        self._ask(lambda speech: speech.say(line))

    def stop(self) -> None:
        """Be silent."""
        self._ask(lambda speech: speech.stop())

    def state(self) -> DeviceState:
        """How the last line went."""
        state = self._ask(lambda speech: speech.state())
        return state or DeviceState(Health.UNKNOWN, warning=self._warning)

    def close(self) -> None:
        """Be silent and let go of the sound card."""
        self._thread.close()

    def _ask(self, ask: Callable[[Speech], T]) -> T | None:
        try:
            return self._thread.call(self._limit_seconds, ask)
        except DeviceGone as gone:
            self._warning = gone.code
            return None
