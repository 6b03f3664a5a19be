"""What lies between a driver and its device: how a line is opened, and what can be done with one that is open."""

from __future__ import annotations

from typing import Protocol


class ClosedByPeerError(ConnectionError):
    """The other end hung up in good order (a network printer that was idle): it may be called again at once."""


class Connection(Protocol):
    """One open line. Every call but ``close`` and ``drop`` raises ``OSError`` once the device is gone."""

    @property
    def piece_bytes(self) -> int:
        """The most bytes that are handed over at once."""
        ...

    @property
    def exact(self) -> bool:
        """Whether a ``send`` that raised has certainly sent nothing of its bytes."""
        ...

    @property
    def pace_seconds(self) -> float:
        """How long to pause for each byte that went out, where nothing else keeps the device from overrunning."""
        ...

    def send(self, data: bytes, timeout_seconds: float) -> int:
        """Hand bytes over. Returns how many went; 0 when none could in that time."""
        ...

    def receive(self, size: int, timeout_seconds: float) -> bytes:
        """Wait for bytes; ``b""`` when none came in time."""
        ...

    def waiting(self) -> int:
        """How many bytes were handed over and have not left yet, as far as the kernel says."""
        ...

    def drop(self) -> bool:
        """Throw away what has not left yet. ``False``: only closing the line does that."""
        ...

    def port_status(self) -> int | None:
        """The byte of a printer port (20h paper empty, 10h selected, 08h no error); ``None`` where there is none."""
        ...

    def close(self) -> None:
        """Let go. Never raises."""
        ...


class Transport(Protocol):
    """Where the device is, and how its line is opened."""

    @property
    def name(self) -> str:
        """For people: a path, vid:pid, or host and port."""
        ...

    @property
    def transit_seconds_per_byte(self) -> float:
        """What one byte may take on the way at the worst; deadlines grow by it."""
        ...

    def connect(self) -> Connection:
        """Open the line, alone. Raises ``OSError``: ``EBUSY`` or ``EAGAIN`` when somebody else holds it."""
        ...

    def holder(self) -> str:
        """Who holds the line, as a sentence's half for the log."""
        ...
