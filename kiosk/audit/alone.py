"""How long a screen that nobody touches takes to come back to the first one. Pure."""

from __future__ import annotations

from kiosk.flow.events import Ticked
from kiosk.flow.states import Idle, Session, Times
from kiosk.flow.step import step

PATIENCE_SECONDS = 900


def seconds_alone(session: Session, now: float, times: Times) -> float | None:
    """Seconds until the first screen stands there with nothing of a visit; ``None`` if not within a quarter hour."""
    for passed in range(PATIENCE_SECONDS + 1):
        if session.state == Idle() and session.warned_at is None:
            return float(passed)
        session, _ = step(session, Ticked(), now + passed + 1, times)
    return None
