"""What the station really shows in every state of the flow, by name: no sample, every text from the catalogues."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from kiosk.flow.states import Idle, Session
from kiosk.look import CHINESE, Look
from kiosk.presenter.scene import Instant, Scene
from kiosk.presenter.speech import state_name
from kiosk.presenter.view import present
from kiosk.texts import load_languages
from kiosk.views import View
from tests.kiosk.flow.world import ALONE, CUT_OFF, OUT, STATES

LANGUAGES = load_languages()
SCENE = Scene(LANGUAGES[CHINESE], "学田湾社区党群驿站", Path("/nowhere"), demo=True, id_cards=True, languages=LANGUAGES)
NOW = Instant(1_795_388_316_000, 100.0)


def state_views(language: str) -> dict[str, View]:
    """Return every state as it is shown, and what a warning, a stop and the page of looks make of some."""
    look = Look(language=language)
    sessions = {f"{at:02}-{state_name(state)}": Session(state, look=look) for at, state in enumerate(STATES)}
    sessions["cut-off"] = Session(Idle(), look=look, office=CUT_OFF)
    sessions["alone"] = Session(Idle(), look=look, office=ALONE)
    sessions["paper"] = Session(Idle(), look=look, printer=OUT)
    sessions["warned"] = Session(STATES[4], look=look, warned_at=90.0)
    sessions["looks"] = Session(Idle(), look=replace(look, muted=True), choosing=True)
    sessions["looks-visit"] = Session(STATES[4], look=look, choosing=True)
    views: dict[str, View] = {}
    for name, session in sessions.items():
        view = present(session, SCENE, NOW)
        if all(view != other for other in views.values()):  # some states differ in what is not seen
            views[name] = view
    return views
