"""The one short line that is spoken on entering a screen. Never a number or a full name: others may listen."""

from __future__ import annotations

import re

from devices.spoken import Fragment, SpokenLine
from kiosk.flow import states as s
from kiosk.flow.join_states import AtJoined
from kiosk.look import CHINESE
from kiosk.presenter.scene import Scene
from kiosk.texts import Texts


def speech_of(session: s.Session, scene: Scene) -> SpokenLine:
    """Return the spoken line of a session, in its language; nothing for whoever wants to hear nothing."""
    if session.look.muted:
        return ()
    name = "look" if session.choosing else state_name(session.state)
    if name == "idle" and session.stopped is not None:
        name = "stopped"
    if session.warned_at is not None:
        name = "still"
    return (fragment(f"speech.{name}", scene.texts, session.look.language),)


def fragment(key: str, texts: Texts, language: str) -> Fragment:
    """A text as it is spoken. A recording in another language than Chinese has that language before its name."""
    if language == CHINESE:
        return Fragment(key, texts(key))
    return Fragment(f"{language}.{key}", texts(key), language)


def state_name(state: s.State) -> str:
    """Return the name of a state as texts use it: ``AtLaterQuestion`` → ``later_question``."""
    name = type(state).__name__.removeprefix("At")
    if isinstance(state, s.AtDone) and state.code:
        return "done_without_paper"
    if isinstance(state, s.AtDone) and state.visit.id_card:
        return "done_with_card"
    if isinstance(state, AtJoined) and state.code:
        return "joined_without_slip"
    if isinstance(state, s.Idle) and state.refused:
        return "idle_refused"
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()
