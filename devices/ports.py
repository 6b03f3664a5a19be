"""The ports of the hardware: what a printer, a scanner and a card reader are, whatever wire they hang on.

A port, its driver and its simulation share a file name. Nothing here knows of points, residents or screens.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol, runtime_checkable

from devices.paper import Paper
from devices.spoken import SpokenLine


class Health(StrEnum):
    """What is known of a device. ``UNKNOWN`` is shown as such, never turned into ``OK``."""

    OK = "ok"
    NOT_OK = "not_ok"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class DeviceState:
    """The state of one device.

    ``code`` names the reason when health is not ``OK`` (``printer.paper_out``; every code stands in docs/errors.md).
    ``warning`` names something that does not stop the device (``printer.paper_near_end``).
    """

    health: Health
    code: str = ""
    warning: str = ""


class PrintState(StrEnum):
    """The one list of print states used everywhere, from the queue to the screen."""

    QUEUED = "queued"
    SENDING = "sending"
    PRINTED = "printed"  # the printer itself confirmed the end of the job
    SENT = "sent"  # every byte went out to a printer that cannot confirm
    UNCERTAIN = "uncertain"  # some bytes went out and no confirmation came: paper may be in somebody's hand
    FAILED = "failed"  # nothing of the job went out


# What anybody at the station mends at the printer itself, within minutes.
_MENDED_ON_THE_SPOT = frozenset({"printer.paper_out", "printer.cover_open"})


@dataclass(frozen=True, slots=True)
class PrintOutcome:
    """How one job ended: ``PRINTED``, ``SENT``, ``UNCERTAIN`` or ``FAILED``, and the code that says why.

    ``bytes_sent`` are the bytes of the job that went out, or may have.
    """

    state: PrintState
    code: str = ""
    bytes_sent: int = 0

    @property
    def can_wait(self) -> bool:
        """Whether the job may be put by and printed after the new roll: not one byte of it went out, so no paper of it
        exists anywhere, and what is amiss is paper or cover. Offer it again once ``Printer.status`` is ``OK``.
        """
        return self.state is PrintState.FAILED and not self.bytes_sent and self.code in _MENDED_ON_THE_SPOT


class Clock(Protocol):
    """The monotonic clock and the waiting of a driver, in seconds."""

    def monotonic(self) -> float:
        """Seconds since some fixed instant."""
        ...

    def sleep(self, seconds: float) -> None:
        """Let ``seconds`` pass."""
        ...


class Printer(Protocol):
    """A receipt printer. Calls block, within deadlines of the driver's own; call from one thread only.

    No call raises for a missing or troubled printer: the trouble is in what is returned. The driver connects lazily and
    again by itself after the device was gone.
    """

    def status(self) -> DeviceState:
        """Ask the printer how it is."""
        ...

    def print(self, paper: Paper) -> PrintOutcome:
        """Print one paper whole. Never resends a tail: when in doubt the outcome is ``UNCERTAIN``."""
        ...

    def close(self) -> None:
        """Let go of the wire."""
        ...


class Scanner(Protocol):
    """A QR scanner. Call from one thread only; no call raises for a missing scanner."""

    def read(self, timeout_seconds: float) -> str | None:
        """Wait for one whole scan; ``None`` when none came in time.

        Returns the payload without terminator and AIM prefix. Garbage, half scans, over-long scans and repetitions
        within the hold-off are counted and dropped.
        """
        ...

    def state(self) -> DeviceState:
        """What is known of the scanner without waiting."""
        ...

    @property
    def rejected(self) -> int:
        """How many inputs were dropped as rubbish since the start."""
        ...

    def nudge(self) -> None:
        """Something was plugged in: try at once, in place of waiting for the next attempt. From any thread."""
        ...

    def close(self) -> None:
        """Let go of the wire."""
        ...


class DocumentType(StrEnum):
    """The kinds of cards that a resident ID card reader reads."""

    RESIDENT = "resident"  # 居民身份证
    PERMIT = "permit"  # 港澳台居民居住证, type J
    FOREIGNER_2017 = "foreigner_2017"  # 外国人永久居留身份证, type I
    FOREIGNER_2023 = "foreigner_2023"  # the same, issued since 2023-12-01, type Y


@dataclass(frozen=True, slots=True)
class IdCardRead:
    """One ID card was laid on the reader. ``digest`` is the keyed digest of its number; nothing else of it is known.

    The values show in no ``repr``, so that they get into no log and no traceback by accident.
    """

    digest: str = field(repr=False)
    document: DocumentType = field(repr=False)
    birth_year: int = field(repr=False)


@dataclass(frozen=True, slots=True)
class IdCardProblem:
    """The card that lies there could not be read; ``code`` says what its holder can do (``idcard.unreadable``)."""

    code: str


class CardReader(Protocol):
    """A resident ID card reader. Call from one thread only; no call raises for a missing reader."""

    def read(self, timeout_seconds: float) -> IdCardRead | IdCardProblem | None:
        """Wait for a card; ``None`` when none was laid in time. A command under way is waited for beyond it.

        A card laid once is one event, however long it lies there. An expired card is read like any other: what it is
        good for, others decide.
        """
        ...

    def state(self) -> DeviceState:
        """What is known of the reader without waiting."""
        ...

    def close(self) -> None:
        """Let go of the wire."""
        ...


class Speech(Protocol):
    """A voice. No call waits for the end of a line or raises; call from one thread only.

    A device that cannot speak stops nobody: its trouble is a ``warning`` of a state that is never ``NOT_OK``.
    """

    def say(self, line: SpokenLine) -> None:
        """Begin to say a line. One that is still being said is cut off."""
        ...

    def stop(self) -> None:
        """Be silent."""
        ...

    def state(self) -> DeviceState:
        """How the last line went; ``UNKNOWN`` while none has ended. Ends a line that takes far too long."""
        ...

    def close(self) -> None:
        """Be silent and let go of the sound card."""
        ...


class Plugs(Protocol):
    """What says that something was plugged in."""

    def start(self, changed: Callable[[], None]) -> None:
        """Begin to watch; ``changed`` is called soon after each plug, on a thread of its own."""
        ...

    def stop(self) -> None:
        """End."""
        ...


@runtime_checkable
class Nudged(Protocol):
    """A driver that can be told that something was plugged in."""

    def nudge(self) -> None:
        """Try at once what is not there, in place of waiting for the next attempt. From any thread."""
        ...


class Backlight(Protocol):
    """The light behind the panel."""

    def put(self, percent: int) -> None:
        """Shine with so much of the most that it can, 0 to 100. Raises ``OSError``."""
        ...
