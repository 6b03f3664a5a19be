"""What keeps a trembling hand from pressing twice. Pure: the clock is given."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.actions import Action

SETTLE_SECONDS = 0.3
"""How long a screen that has just changed takes no touch, and the same action is not taken again."""


class Gate:
    """Closed for a moment after a change of screen; lets the same action through once in that time.

    ``clock`` gives seconds that never go back.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._changed_at = float("-inf")
        self._last: tuple[Action, float] | None = None

    def changed(self) -> None:
        """The screen has changed: what is pressed now was meant for the old one."""
        self._changed_at = self._clock()

    def is_open(self) -> bool:
        """Whether touches are taken."""
        return self._clock() - self._changed_at >= SETTLE_SECONDS

    def accepts(self, action: Action) -> bool:
        """Whether this press counts. The answer yes is given once per press."""
        now = self._clock()
        if not self.is_open():
            return False
        if self._last is not None and self._last[0] == action and now - self._last[1] < SETTLE_SECONDS:
            return False
        self._last = (action, now)
        return True
