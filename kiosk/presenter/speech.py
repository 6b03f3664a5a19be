"""The one short line that would be spoken on entering a screen. Never a number or a full name."""

from __future__ import annotations

import re

from kiosk.flow import states as s
from kiosk.presenter.scene import Scene


def speech_of(session: s.Session, scene: Scene) -> str:
    """Return the spoken line of a session."""
    if session.warned_at is not None:
        return scene.texts("speech.still")
    return scene.texts(f"speech.{state_name(session.state)}")


def state_name(state: s.State) -> str:
    """Return the name of a state as texts use it: ``AtLaterQuestion`` → ``later_question``."""
    name = type(state).__name__.removeprefix("At")
    if isinstance(state, s.AtDone) and state.code:
        return "done_without_paper"
    if isinstance(state, s.Idle) and state.refused:
        return "idle_refused"
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()
