"""One card laid is one event. Pure; times are monotonic seconds.

Some modules find a card again and again while it lies there, some find it once and then say "no card" until it was
lifted. So "no card" proves little: the same number is news only after several of them in a row and some seconds;
another number is news at once, because cards may be swapped quickly.
"""

from __future__ import annotations

from devices.drivers.idcard.trouble import Trouble

ABSENT_FINDS = 3  # in a row: the card is gone, if it ever was
TRIES = 2  # readings that fail before anybody is told


class Laying:
    """What lies on one reader. A method that gives a code or ``""`` says what to tell the person there."""

    def __init__(self, hold_off_seconds: float) -> None:
        self._hold_off_seconds = hold_off_seconds
        # A digest is told apart by its hash: the driver keeps none.
        self._told: dict[int, float] = {}  # when it was an event
        self._last: int | None = None  # the card that may still lie there
        self._known = False  # the card that is found was read
        self._absent = ABSENT_FINDS
        self._failures = 0
        self._failed = ""
        self._said = False

    def found(self) -> bool:
        """A card is found. Whether it has to be read."""
        return not self._known

    def unsure(self) -> None:
        """The reader was away: what lies there now may be another card."""
        self._known = False
        self._failed, self._failures = "", 0

    def absent(self, now: float) -> str:
        """No card is found."""
        self._known = False
        self._absent = min(self._absent + 1, ABSENT_FINDS)
        # It was there just now and could not be read: it was taken away too early, unless it has a trouble of its own.
        failed = Trouble.LIFTED if self._failed == Trouble.UNREADABLE else self._failed
        code = self._say(failed) if failed else ""
        self._failed, self._failures = "", 0
        if self._absent == ABSENT_FINDS:
            self._said, self._last = False, None
            self._forget(now)
        return code

    def failed(self, code: str) -> str:
        """The card that is found could not be read: said once, and not at the first try."""
        self._absent = 0
        self._failed = code
        self._failures += 1
        return self._say(code) if self._failures >= TRIES else ""

    def read(self, digest: str, now: float) -> bool:
        """The card that is found has this digest. Whether that is an event."""
        self._known, self._absent, self._said = True, 0, False
        self._failed, self._failures = "", 0
        self._forget(now)
        mark = hash(digest)
        again = mark == self._last or mark in self._told
        self._last = mark
        if not again:
            self._told[mark] = now
        return not again

    def _forget(self, now: float) -> None:
        """Keep nothing of a card beyond its hold-off."""
        if self._told:
            self._told = {mark: at for mark, at in self._told.items() if now - at < self._hold_off_seconds}

    def _say(self, code: str) -> str:
        said, self._said = self._said, True
        return "" if said else code
