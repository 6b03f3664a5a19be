"""The other end of a wire, as a simulated device holds it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol


class End(Protocol):
    """One thread ``read``s while others write or wake it. ``close`` pulls the plug; a second time it does nothing."""

    @property
    def path(self) -> str:
        """What the driver is given: a path, ``host:port`` or ``vid:pid:serial``."""
        ...

    def attach(self, port_status: Callable[[], int]) -> None:
        """Who answers for the port's status, where the wire has such a thing."""
        ...

    def read(self, size: int) -> bytes:
        """Wait for bytes from the driver; ``b""`` when woken instead."""
        ...

    def write(self, data: bytes) -> None:
        """Send to the driver. What finds no room is lost."""
        ...

    def wake(self) -> None:
        """Make a waiting ``read`` return."""
        ...

    def close(self) -> None:
        """Pull the plug."""
        ...
