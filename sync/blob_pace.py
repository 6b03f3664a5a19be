"""How many chunks a station asks for at a time, and how long it waits for one: by how long the last one took. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from sync.blob_messages import OUTSTANDING_MAX

HOLD_SECONDS = 2.0  # a chunk is waited for no longer, on a line that is not known to be slow
UNHEARD_SECONDS = 4.0  # nothing at all came lately: perhaps nobody has it, perhaps the line is slow
HOLD_MAX_SECONDS = 60.0
LONGER = 3.0  # times what the last one took
QUICK_SECONDS, SLOW_SECONDS = 0.5, 1.5  # for 8 KB; between them it stays as it was


class BlobPace:
    """``slow`` is known once a chunk took long; as long as nothing came, one is asked for at a time."""

    def __init__(self) -> None:
        self.slow = False
        self._quick = False
        self._hold = HOLD_SECONDS
        self._since: float | None = None  # the first question since anything came

    def room(self, now: float, asked: Iterable[float]) -> int:
        """Return how many more chunks may be asked for; ``asked``: when each was that did not come yet.

        What did not come for too long is given up, and holds the place of another no longer.
        """
        patience = self.patience(now)
        waiting = sum(now - at < patience for at in asked)
        return (OUTSTANDING_MAX if self._quick and not self._unheard(now) else 1) - waiting

    def patience(self, now: float) -> float:
        """Return how long a chunk is waited for, in seconds."""
        return max(self._hold, UNHEARD_SECONDS) if self._unheard(now) else self._hold

    def asked(self, now: float) -> None:
        """Something is asked for."""
        self._since = now if self._since is None else self._since

    def came(self, took: float) -> None:
        """A chunk came, ``took`` seconds after it was asked for first."""
        self._since = None
        self._hold = min(max(HOLD_SECONDS, LONGER * took), HOLD_MAX_SECONDS)
        if took < QUICK_SECONDS:
            self._quick, self.slow = True, False
        elif took > SLOW_SECONDS:
            self._quick, self.slow = False, True

    def restart(self) -> None:
        """The line was lost and what was under way with it: that nothing came says nothing."""
        self._since = None

    def _unheard(self, now: float) -> bool:
        return self._since is not None and now - self._since >= HOLD_SECONDS
