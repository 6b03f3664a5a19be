"""A screen that nobody uses rests: how dark it is, and what wakes it."""

from __future__ import annotations

from dataclasses import replace

from kiosk.dimness import Dimness
from kiosk.flow.states import Idle, OutOfOrder, Session, Times
from kiosk.flow.turn import Turn, stay


def dimness(session: Session, now: float, minute: int | None, times: Times) -> Dimness:
    """Return how dark the screen is at ``now`` (monotonic seconds).

    ``minute`` is that of the day; ``None`` if the clock may be wrong, and then no hour of the board counts: a station
    that is black at noon looks broken.
    """
    if not _rests(session):
        return Dimness.BRIGHT
    unused, board = now - session.touched_at, session.board
    if minute is not None and unused >= min(times.night_seconds, times.dim_seconds):
        if any(span.holds(minute) for span in board.off):
            return Dimness.OFF
        if any(span.holds(minute) for span in board.dim):
            return Dimness.DARK
    return Dimness.DIM if unused >= times.dim_seconds else Dimness.BRIGHT


def woken(session: Session, now: float) -> Turn:
    """Somebody touched a screen that rests. Within a visit nothing is asleep: there only a button counts."""
    return Turn(replace(session, touched_at=now)) if _rests(session) else stay(session)


def _rests(session: Session) -> bool:
    waits = (
        session.state == Idle() and session.torn is None
    )  # of a visit torn off by a power cut somebody wants to read
    return waits or isinstance(session.state, OutOfOrder)
