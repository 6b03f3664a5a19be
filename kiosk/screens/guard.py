"""A fault of a screen does not end the kiosk: it is logged, the visit ends, and the next one begins."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from kivy.base import ExceptionHandler, ExceptionManager

logger = logging.getLogger(__name__)
SECOND_FAULT_SECONDS = 60.0


class Guard(ExceptionHandler):
    """Lets a first fault pass; a second one within a minute ends the process, and systemd starts it again."""

    def __init__(self, clock: Callable[[], float], end_visit: Callable[[], None]) -> None:
        self._clock = clock
        self._end_visit = end_visit
        self._last: float | None = None

    def handle_exception(self, inst: Any) -> Any:
        """Kivy asks what to do with an exception of a callback."""
        if isinstance(inst, KeyboardInterrupt | SystemExit):
            return ExceptionManager.RAISE
        now, last = self._clock(), self._last
        self._last = now
        logger.error("screen.fault: %s", type(inst).__name__, exc_info=inst)
        if last is not None and now - last < SECOND_FAULT_SECONDS:
            return ExceptionManager.RAISE
        try:
            self._end_visit()
        except Exception:
            logger.exception("screen.fault: the visit could not be ended")
            return ExceptionManager.RAISE
        return ExceptionManager.PASS


def guard(clock: Callable[[], float], end_visit: Callable[[], None]) -> None:
    """Put the guard up."""
    ExceptionManager.add_handler(Guard(clock, end_visit))
