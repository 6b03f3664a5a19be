"""What a step results in."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kiosk.flow.events import Effect
from kiosk.flow.states import Session, State


@dataclass(frozen=True, slots=True)
class Turn:
    """The session after a step, and what to do."""

    session: Session
    effects: tuple[Effect, ...] = ()


def go(session: Session, state: State, now: float, *effects: Effect) -> Turn:
    """To another state, because a person did something."""
    return Turn(replace(session, state=state, entered_at=now, touched_at=now, warned_at=None), effects)


def stay(session: Session) -> Turn:
    """Nothing changes."""
    return Turn(session)
