"""A peer that was restored from a backup may have forgotten how an earlier epoch of the own log ended: it is told.

What it acknowledges says how far it is. One frame goes for each acknowledgement that is heard, and the same one not
again at once: nothing here repeats itself for a peer that does not listen. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass

from sync.store import Position, Rest


@dataclass
class LookingBack:
    """``again``: seconds after which the same place is answered once more."""

    again: float
    _rest: Rest | None = None
    _place: Position | None = None
    _until: float = 0.0

    def heard(self, rest: Rest | None, now: float) -> None:
        """The peer is in an earlier epoch; ``rest``: what it lacks of that, if anything."""
        if rest is not None and (rest[0] != self._place or now >= self._until):
            self._rest, self._place, self._until = rest, rest[0], now + self.again

    def due(self) -> Rest | None:
        """Return, once, what is to be sent."""
        rest, self._rest = self._rest, None
        return rest
