"""When a side speaks: on connect, on a new entry, again while something is unacknowledged, else a heartbeat. Pure.

Everything has jitter, so that hundreds of stations that lost their broker at once do not all come back at once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds between frames."""

    retry: float = 15.0
    retry_max: float = 300.0
    heartbeat: float = 30.0
    jitter: float = 0.25  # part of the wait by which it may be shorter or longer


class Timing:
    """What is to be said, and when. ``random`` gives numbers from 0 to below 1."""

    def __init__(self, pace: Pace, random: Callable[[], float]) -> None:
        self._pace = pace
        self._random = random
        self._up = False
        self._next_at = 0.0
        self._retries = 0
        self._flight: tuple[int, int] | None = None  # first and last entry of the one frame that is under way
        self.answer = False
        self.greet = False
        self.grown = True

    @property
    def asks_reply(self) -> bool:
        """Whether what is said now wants an answer even without entries: everything but an answer."""
        return self.greet or not self.answer

    @property
    def hurries(self) -> bool:
        """Whether entries are under way for the first time, and their acknowledgement is to be expected soon."""
        return self._flight is not None and self._retries == 0

    def connected(self, now: float) -> None:
        """Begin with a greeting."""
        self._up, self.greet, self.grown, self._flight, self._retries = True, True, True, None, 0
        self._wait(now, self._pace.heartbeat)

    def disconnected(self) -> None:
        """Say nothing; what was under way is lost."""
        self._up, self.answer, self._flight = False, False, None

    def lost(self) -> None:
        """What is under way, if anything is, may never be answered: send it again."""
        if self._flight is not None:
            self._flight, self.grown = None, True

    def may_speak(self, now: float) -> bool:
        """Whether there may be something to say."""
        return self._up and (self.answer or self.greet or self._due(now) or (self.grown and self._flight is None))

    def may_send(self, now: float) -> bool:
        """Whether entries may be sent: none are under way, or they have been for too long."""
        return self._flight is None or self._due(now)

    def must_speak(self, now: float) -> bool:
        """Whether something is said even without new entries."""
        return self.answer or self.greet or self._due(now)

    def spoke(self, now: float, *, first: int, last: int, entries: bool, all_held: bool) -> None:
        """Remember what was said, and when it will be said again without an answer."""
        due = self._due(now)
        if entries:
            self._retries = self._retries + 1 if due or self._flight is not None else self._retries
            self._flight = (first, last)
            self._wait(now, min(self._pace.retry * 2 ** min(self._retries, 16), self._pace.retry_max))
        else:
            if all_held:  # another process of this side may have heard the acknowledgement
                self._flight = None
            if due or self._flight is None:
                self._wait(now, self._pace.heartbeat)
        self.grown = self.grown and not entries and not all_held
        self.answer = self.greet = False

    def acknowledged(self, ack: int, own_last: int, now: float) -> None:
        """The peer holds everything up to ``ack``; our log ends at ``own_last``."""
        if self._flight is not None:
            first, last = self._flight
            if first - 1 <= ack < last:
                return  # an older acknowledgement: the frame is still under way
            self._flight = None
        if ack < own_last:
            self.grown = True
        else:
            self._retries = 0
            self._wait(now, self._pace.heartbeat)

    def _due(self, now: float) -> bool:
        return now >= self._next_at

    def _wait(self, now: float, seconds: float) -> None:
        self._next_at = now + seconds * (1 + self._pace.jitter * (2 * self._random() - 1))
