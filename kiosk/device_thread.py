"""A driver's calls on a thread of their own, so that a driver that hangs holds up nobody.

A call that does not come back within its limit is given up: its thread and its driver are left to themselves, and a new
driver on a new thread takes their place. So is a driver that raised. Each time soon after the last waits longer.
"""

from __future__ import annotations

import logging
import math
import threading
import traceback
from collections.abc import Callable
from typing import Generic, TypeVar

from devices.backoff import Backoff
from devices.ports import Clock, Nudged
from kiosk.device_life import Device, Life, Task

logger = logging.getLogger(__name__)
D = TypeVar("D", bound=Device)
T = TypeVar("T")

RETRY_SECONDS_MAX = 60.0
STEADY_SECONDS = 60.0  # a driver that did well for so long begins with short pauses again
CLOSE_SECONDS = 2.0
LEFT_MAX = 4  # threads that hang, of one device: with more of them only a restart helps, and none is added


class DeviceGone(Exception):
    """No answer. ``code`` is ``<role>.stuck`` or ``<role>.fault``; ``began``: whether the driver was asked at all."""

    def __init__(self, code: str, *, began: bool) -> None:
        super().__init__(code)
        self.code = code
        self.began = began


class DeviceThread(Generic[D]):
    """One device. ``make`` gives a new driver whenever one is needed. ``call`` is for one thread, the rest for any."""

    def __init__(self, *, role: str, make: Callable[[], D], clock: Clock) -> None:
        self._role = role
        self._make = make
        self._clock = clock
        self._backoff = Backoff(clock, RETRY_SECONDS_MAX)
        self._changed = threading.Condition()
        self._life: Life[D] | None = None
        self._left: list[threading.Thread] = []
        self._trouble = ""
        self._end = math.inf

    def call(self, limit_seconds: float, ask: Callable[[D], T]) -> T:
        """Have the driver asked, and wait for its answer. Raises ``DeviceGone``."""
        life = self._alive()
        task: Task[D, T] = life.put(ask)
        with self._changed:
            deadline = self._clock.monotonic() + limit_seconds
            while not task.ended() and (left := min(deadline, self._end) - self._clock.monotonic()) > 0:
                self._changed.wait(left)
        if not task.ended():
            self._give_up(life, limit_seconds)
            raise DeviceGone(self._trouble, began=True)
        if task.fault is not None:
            self._replace(life, task.fault)
            raise DeviceGone(self._trouble, began=True)
        self._went_well()
        return task.answer()

    def nudge(self) -> None:
        """Something was plugged in: try at once."""
        self._backoff.nudge()
        life = self._life
        driver: object = life.driver if life is not None else None
        if isinstance(driver, Nudged):
            driver.nudge()

    def close(self) -> None:
        """Let go of the device. A call under way raises ``DeviceGone``; a driver that hangs is left behind."""
        with self._changed:
            self._end = -math.inf
            self._changed.notify_all()
        life, self._life = self._life, None
        if life is not None:
            life.finish()
            life.thread.join(CLOSE_SECONDS)

    def _alive(self) -> Life[D]:
        """The driver's thread; a new one if there is none and it is time. Raises ``DeviceGone``."""
        if self._life is None:
            self._left = [thread for thread in self._left if thread.is_alive()]
            if self._end < math.inf or not self._backoff.due or len(self._left) >= LEFT_MAX:
                raise DeviceGone(self._trouble or f"{self._role}.fault", began=False)
            self._life = Life(self._role, self._make, self._clock.monotonic(), self._changed)
        return self._life

    def _give_up(self, life: Life[D], limit_seconds: float) -> None:
        """Leave the thread that hangs, and have somebody else take the line from its driver."""
        self._left.append(life.thread)
        self._ended(life, "stuck", f"no answer within {limit_seconds:.0f} s")
        life.abandon()

    def _replace(self, life: Life[D], fault: BaseException) -> None:
        # Where it happened, and nothing of what it held: a code or a card may stand in the words of the fault.
        places = "".join(traceback.format_tb(fault.__traceback__))
        self._ended(life, "fault", f"the driver raised {type(fault).__name__}\n{places}")
        life.finish()
        self._left.append(life.thread)  # its close may hang as well

    def _ended(self, life: Life[D], why: str, words: str) -> None:
        code = f"{self._role}.{why}"
        if code != self._trouble and self._end == math.inf:
            logger.warning("%s: %s", code, words)
        self._trouble = code
        if self._life is life:
            self._life = None
        if self._clock.monotonic() - life.began_at >= STEADY_SECONDS:
            self._backoff.worked()
        self._backoff.failed()

    def _went_well(self) -> None:
        if self._trouble:
            logger.info("%s answers again", self._role)
        self._trouble = ""
