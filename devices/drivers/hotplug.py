"""Says when something was plugged in, so that nobody waits out his pause: udev's word, and a slow look as a belt.

udev speaks only where its daemon runs and the process shares its network namespace (a service with ``PrivateNetwork=``
hears nothing); the folders in which udev makes its names are looked at every two seconds in any case.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Protocol

from devices.ports import Clock

NAMES = ("serial/by-*/*", "input/by-*/*", "input/event*", "usb/*", "snd/*", "bus/usb/*/*")
LOOK_SECONDS = 2.0
QUIET_SECONDS = 0.3  # one plug is a dozen events: USB device, interfaces, nodes, names
BUSY_SECONDS_MAX = 1.5  # a device that never falls quiet is told of all the same
JOIN_SECONDS = 2.0
LOST_SECONDS = 1.0

_LOG = logging.getLogger(__name__)


class Monitor(Protocol):
    """Where word of devices comes from. ``wake`` is for any thread, the rest for one."""

    def start(self) -> bool:
        """Begin to gather events, or begin anew. ``False`` where nobody sends any."""
        ...

    def present(self) -> Iterable[str]:
        """The devices that are there now, by their paths in sysfs."""
        ...

    def wait(self, seconds: float) -> tuple[str, str] | None:
        """The next action and path; ``None`` when none came in time. Raises ``OSError`` when some were lost."""
        ...

    def wake(self) -> None:
        """Make a waiting ``wait`` return."""
        ...

    def close(self) -> None:
        """End."""
        ...


class HotPlug:
    """A thread that calls what ``start`` was given, on its own thread, soon after something was plugged in."""

    def __init__(self, *, monitor: Monitor, clock: Clock, dev: Path = Path("/dev")) -> None:
        self._monitor = monitor
        self._clock = clock
        self._dev = dev
        self._stopping = threading.Event()
        self._changed: Callable[[], None] = lambda: None
        self._thread = threading.Thread(target=self._run, name="hotplug", daemon=True)
        self._known: set[str] = set()
        self._names: frozenset[str] = frozenset()
        self._first_at: float | None = None
        self._lost = False

    def start(self, changed: Callable[[], None]) -> None:
        """Begin to watch."""
        self._changed = changed
        self._thread.start()

    def stop(self) -> None:
        """End."""
        self._stopping.set()
        self._monitor.wake()
        self._thread.join(JOIN_SECONDS)

    def _run(self) -> None:
        # The monitor first: what comes while the list is made is in both, and never in neither.
        if not self._monitor.start():
            _LOG.info("no word of udev here: looking for devices every %.0f s", LOOK_SECONDS)
        self._known = set(self._monitor.present())
        self._names = self._listed()
        self._first_at = self._clock.monotonic()  # whoever tried before us may have come too early
        look_at = self._clock.monotonic() + LOOK_SECONDS
        while not self._stopping.is_set():
            now = self._clock.monotonic()
            self._hear(QUIET_SECONDS if self._first_at is not None else max(0.0, look_at - now))
            if self._clock.monotonic() >= look_at:
                self._look()
                look_at = self._clock.monotonic() + LOOK_SECONDS
        self._monitor.close()

    def _hear(self, seconds: float) -> None:
        """Wait for an event; tell of those before it when there is none, or when there is no end of them."""
        try:
            event = self._monitor.wait(seconds)
        except Exception as fault:  # noqa: BLE001 - whatever becomes of udev's word, the slow look goes on
            if not self._lost:
                _LOG.warning("events of udev were lost: %s", fault)
            event, self._lost = ("add", ""), True
            self._stopping.wait(LOST_SECONDS)
            self._restart()
        else:
            self._lost = self._lost and event is None
        if event is not None and self._is_news(*event):
            self._first_at = self._clock.monotonic() if self._first_at is None else self._first_at
        if self._first_at is None or self._stopping.is_set():
            return
        if event is None or self._clock.monotonic() - self._first_at >= BUSY_SECONDS_MAX:
            self._tell()

    def _restart(self) -> None:
        """Listen anew: a socket that ran over stays in trouble until it is opened again."""
        try:
            self._monitor.start()
            self._known = set(self._monitor.present())
        except Exception:  # noqa: BLE001 - as above
            self._known = set()

    def _is_news(self, action: str, path: str) -> bool:
        if action == "remove":
            self._known.discard(path)
            return False  # its driver notices by itself
        is_new = path not in self._known
        self._known.add(path)
        return is_new

    def _look(self) -> None:
        names, self._names = self._names, self._listed()
        if self._names - names:
            self._tell()

    def _listed(self) -> frozenset[str]:
        return frozenset(str(name) for pattern in NAMES for name in self._dev.glob(pattern))

    def _tell(self) -> None:
        self._first_at = None
        try:
            self._changed()
        except Exception:  # noqa: BLE001 - whoever is told must not end the watch
            _LOG.exception("hotplug: a device could not be told")
