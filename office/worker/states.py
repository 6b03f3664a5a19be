"""What stations say of themselves: versions, backlog, clock. Kept in memory, written now and then; never trusted."""

from __future__ import annotations

import msgspec

from office.books.models import Station

STATE_BYTES_MAX = 2048


class State(msgspec.Struct, frozen=True):
    """The retained message on ``state``; the will is the same with ``online`` false. Unknown fields are read over."""

    boot: int
    online: bool
    software: str = ""
    waiting: int = 0
    clock_ok: bool = True


class States:
    """The newest state of each station. A will of an earlier start of it is stale and left out."""

    def __init__(self) -> None:
        self._states: dict[str, State] = {}
        self._changed: set[str] = set()

    def take(self, station: str, payload: bytes) -> bool:
        """Take a state; ``False`` for what is none."""
        if not payload or len(payload) > STATE_BYTES_MAX:
            return not payload  # an empty retained message only deletes the one before
        try:
            state = msgspec.json.decode(payload, type=State)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return False
        if not (0 <= state.boot < 2**53 and 0 <= state.waiting < 2**53) or not state.software.isprintable():
            return False
        known = self._states.get(station)
        if known is None or state.boot >= known.boot:
            self._states[station] = state
            self._changed.add(station)
        return True

    def forget(self, station: str) -> None:
        """A new life of a station counts its starts anew: what the former one said is no measure for it."""
        self._states.pop(station, None)
        self._changed.discard(station)

    def write(self) -> None:
        """Write what changed."""
        for station in self._changed:
            state = self._states[station]
            rows = Station.objects.filter(pk=station)
            rows.update(state=msgspec.to_builtins(state), **({} if state.online else {"connected": False}))
        self._changed.clear()
