"""The screens around what lies elsewhere: it is being fetched, or why it did not come and what can be had here."""

from __future__ import annotations

from kiosk import actions as a
from kiosk.desk.wish_states import NoLine, Short, Unreachable
from kiosk.flow import states as s
from kiosk.flow.reach import short_of
from kiosk.presenter.scene import Instant, Scene
from kiosk.views import Button, FetchingView, MessageView, Tone


def fetching(session: s.Session, state: s.Fetching, scene: Scene, instant: Instant) -> FetchingView:
    """A bar of seconds, and a way out."""
    t, seconds = scene.texts, max(1, state.visit.rules.wish_seconds)
    left = max(0, min(seconds, int(seconds - (instant.monotonic - session.entered_at) + 0.999)))
    if state.allowance:
        title, message = t("fetching.title.allowance"), t("fetching.message.allowance")
    else:
        title = t("fetching.title")
        message = t("fetching.message", missing=short_of(state.visit, state.item, state.pieces))
    if state.place:
        message = t("fetching.coming", place=state.place)
    return FetchingView(
        title=title,
        message=message,
        left=t("fetching.left", seconds=left),
        seconds_left=left,
        seconds=seconds,
        cancel=Button(t("button.cancel"), a.Back(), Tone.QUIET),
    )


def not_fetched(session: s.Session, state: s.AtNotFetched, scene: Scene) -> MessageView:
    """Why it did not come, that nothing was spent, and the way back to the shelf."""
    t = scene.texts
    again = session.line and not isinstance(state.why, Short)
    return MessageView(
        title=_title(state, scene),
        message=_allowance_message(state, scene) if state.allowance else _message(state, scene),
        tone=Tone.WARNING,
        buttons=(
            Button(t("button.again_later"), a.Redeem(), Tone.PLAIN)
            if again
            else Button(t("button.finish"), a.Finish(), Tone.PLAIN),
            Button(t("button.other"), a.Back(), Tone.PRIMARY),
        ),
    )


def _title(state: s.AtNotFetched, scene: Scene) -> str:
    t = scene.texts
    match state.why:
        case Short():
            return t("not_fetched.short.title.allowance" if state.allowance else "not_fetched.short.title")
        case NoLine():
            return t("not_fetched.no_line.title")
        case _:
            return t("not_fetched.title")


def _message(state: s.AtNotFetched, scene: Scene) -> str:
    t, here, missing = scene.texts, state.visit.points, short_of(state.visit, state.item, state.pieces)
    usable = t("not_fetched.here", here=here) if here else ""
    match state.why:
        case Short(elsewhere) if elsewhere >= missing:
            return t("not_fetched.held", elsewhere=elsewhere) + usable
        case Short(0):
            return t("not_fetched.short.all", here=here, missing=missing)
        case Short(elsewhere):
            return t("not_fetched.short", here=here, elsewhere=elsewhere, missing=missing - elsewhere)
        case Unreachable(place) if place:
            return t("not_fetched.unreachable", place=place) + usable
        case NoLine():
            return t("not_fetched.no_line", here=here, missing=missing)
        case _:
            return t("not_fetched.slow") + usable


def _allowance_message(state: s.AtNotFetched, scene: Scene) -> str:
    t = scene.texts
    match state.why:
        case Short():
            return t("not_fetched.short.allowance")
        case Unreachable(place) if place:
            return t("not_fetched.unreachable.allowance", place=place)
        case NoLine():
            return t("not_fetched.no_line.allowance")
        case _:
            return t("not_fetched.slow.allowance")
