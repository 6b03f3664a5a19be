"""udev's words as a test speaks them: events by hand, devices that are there, events that get lost."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterable


class SimulatedMonitor:
    """In place of udev, for ``HotPlug``. ``heard`` says whether there is a daemon at all."""

    def __init__(self, *present: str, heard: bool = True) -> None:
        self.closed = False
        self._present = present
        self._heard = heard
        self._events: deque[tuple[str, str] | OSError | None] = deque()
        self._changed = threading.Condition()

    def plug(self, *paths: str) -> None:
        """Devices were plugged in: all events in one breath."""
        self._put(*(("add", path) for path in paths))

    def unplug(self, *paths: str) -> None:
        """Devices were pulled."""
        self._put(*(("remove", path) for path in paths))

    def lose(self) -> None:
        """Events came faster than they were read, and some were lost."""
        self._put(OSError(105, "No buffer space available"))

    def start(self) -> bool:
        """Begin to gather events."""
        return self._heard

    def present(self) -> Iterable[str]:
        """The devices that are there now."""
        return self._present

    def wait(self, seconds: float) -> tuple[str, str] | None:
        """The next event."""
        with self._changed:
            if not self._changed.wait_for(lambda: self._events, seconds):
                return None
            event = self._events.popleft()
        if isinstance(event, OSError):
            raise event
        return event

    def wake(self) -> None:
        """Make a waiting ``wait`` return."""
        self._put(None)

    def close(self) -> None:
        """End."""
        self.closed = True

    def _put(self, *events: tuple[str, str] | OSError | None) -> None:
        with self._changed:
            self._events.extend(events)
            self._changed.notify_all()
