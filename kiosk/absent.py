"""Devices that the settings do not name: honest ports that say so."""

from __future__ import annotations

from devices.paper import Paper
from devices.ports import Clock, DeviceState, Health, PrintOutcome, PrintState
from devices.spoken import SpokenLine


class NoPrinter:
    """A station without a printer still sells, with the paper later or never: it asks first."""

    def status(self) -> DeviceState:
        """Missing."""
        return DeviceState(Health.NOT_OK, "printer.missing")

    def print(self, paper: Paper) -> PrintOutcome:
        """Nothing comes out of no printer."""
        del paper
        return PrintOutcome(PrintState.FAILED, "printer.missing")

    def close(self) -> None:
        """Nothing to let go of."""


class NoScanner:
    """A station without a scanner."""

    rejected = 0

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def read(self, timeout_seconds: float) -> str | None:
        """Nothing ever comes."""
        self._clock.sleep(timeout_seconds)
        return None

    def state(self) -> DeviceState:
        """Missing."""
        return DeviceState(Health.NOT_OK, "scanner.missing")

    def nudge(self) -> None:
        """Nothing to look for."""

    def close(self) -> None:
        """Nothing to let go of."""


class NoCardReader:
    """A station without a reader for ID cards: nothing is missing, QR cards are read by the scanner."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def read(self, timeout_seconds: float) -> None:
        """Nothing ever comes."""
        self._clock.sleep(timeout_seconds)

    def state(self) -> DeviceState:
        """Not wanted, so not in trouble."""
        return DeviceState(Health.OK)

    def close(self) -> None:
        """Nothing to let go of."""


class NoSpeech:
    """A station that is silent, by its settings."""

    def say(self, line: SpokenLine) -> None:
        """Nothing is heard."""
        del line

    def stop(self) -> None:
        """Nothing to end."""

    def state(self) -> DeviceState:
        """Nobody knows of a voice that is not wanted."""
        return DeviceState(Health.UNKNOWN)

    def close(self) -> None:
        """Nothing to let go of."""


class NoBacklight:
    """A panel whose light cannot be set, or is not to be."""

    def put(self, percent: int) -> None:
        """Nothing changes."""
        del percent
