"""The backlight's loop: the newest brightness, on a thread of its own. A bus that hangs keeps nobody waiting."""

from __future__ import annotations

import logging
import threading

from devices.ports import Backlight
from kiosk.dimness import Dimness

logger = logging.getLogger(__name__)
PERCENT = {Dimness.BRIGHT: 100, Dimness.DIM: 60, Dimness.DARK: 25, Dimness.OFF: 0}
"""The picture darkens as well: both together are what is seen."""

JOIN_SECONDS = 1.0


class LightLoop:
    """Whoever calls ``put`` never waits."""

    def __init__(self, backlight: Backlight) -> None:
        self._backlight = backlight
        self._changed = threading.Condition()
        self._wanted = self._put = Dimness.BRIGHT
        self._stopping = self._failed = False
        self._thread = threading.Thread(target=self._run, name="backlight", daemon=True)

    def start(self) -> None:
        """Shine."""
        self._thread.start()

    def put(self, dimness: Dimness) -> None:
        """Shine as that wants it. From any thread."""
        with self._changed:
            self._wanted = dimness
            self._changed.notify_all()

    def stop(self) -> None:
        """Leave the panel bright and end: whatever comes next is to be seen."""
        with self._changed:
            self._wanted, self._stopping = Dimness.BRIGHT, True
            self._changed.notify_all()
        self._thread.join(JOIN_SECONDS)

    def _run(self) -> None:
        self._set(Dimness.BRIGHT)  # a process before this one may have left the panel dark
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._wanted is not self._put or self._stopping)
                wanted, stopping = self._wanted, self._stopping
            if wanted is not self._put:
                self._set(wanted)
            elif stopping:
                return

    def _set(self, dimness: Dimness) -> None:
        self._put = dimness
        try:
            self._backlight.put(PERCENT[dimness])
        except OSError as error:
            if not self._failed:
                logger.warning("screen.backlight: %s; the picture alone darkens", error)
            self._failed = True
        else:
            if self._failed:
                logger.info("screen: the backlight can be set again")
            self._failed = False
