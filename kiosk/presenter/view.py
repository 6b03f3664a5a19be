"""The whole view: body by state, frame around it, warning over it."""

from __future__ import annotations

from dataclasses import replace

from kiosk import actions as a
from kiosk.flow import states as s
from kiosk.flow import trust_states as ts
from kiosk.flow.join_states import JoinState
from kiosk.flow.timing import seconds_left
from kiosk.flow.waking import dimness
from kiosk.presenter import choosing, ending, mine, shelf, waiting
from kiosk.presenter.fetching import fetching, not_fetched
from kiosk.presenter.frame import frame_of
from kiosk.presenter.joining import joining
from kiosk.presenter.looks import look
from kiosk.presenter.one_item import item
from kiosk.presenter.resting import minute_of, shift_at
from kiosk.presenter.scene import Instant, Scene
from kiosk.presenter.speech import speech_of
from kiosk.presenter.trusting import trusting
from kiosk.views import Body, Button, StillThere, Tone, View

SLOW_SECONDS = 1.0


def present(session: s.Session, scene: Scene, instant: Instant) -> View:
    """Return what the screen shows now."""
    scene = scene.speaking(session.look.language)
    session = _quick(session, instant)
    minute = minute_of(instant.wall_ms) if instant.sure else None
    state = session.state
    body = joining(session, state, scene, instant) if isinstance(state, JoinState) else _body(session, scene, instant)
    return View(
        frame=frame_of(session, scene, instant),
        body=look(session, scene) if session.choosing else body,
        speech=speech_of(session, scene),
        overlay=_overlay(session, scene, instant),
        dimness=dimness(session, instant.monotonic, minute, scene.times),
        shift=shift_at(instant.monotonic) if isinstance(session.state, s.Idle | s.OutOfOrder) else (0, 0),
        look=session.look,
        said=session.said,
    )


def _quick(session: s.Session, instant: Instant) -> s.Session:
    """A page that is read in no time needs no screen of its own."""
    state = session.state
    if not isinstance(state, s.Reading) or instant.monotonic - session.entered_at >= SLOW_SECONDS:
        return session
    return replace(session, state=replace(state.before, visit=state.visit))


def _body(session: s.Session, scene: Scene, instant: Instant) -> Body:
    match state := session.state:
        case s.Idle():
            return waiting.idle(session, state, scene, instant)
        case s.Looking():
            return waiting.looking(scene)
        case s.AtWhom():
            return choosing.whom(state, scene)
        case s.AtHome():
            return choosing.home(session, state, scene)
        case s.AtItems() | s.AtGroups() | s.AtItem():
            return _on_shelf(session, state, scene)
        case s.AtConfirm():
            return choosing.confirm(state, scene)
        case s.Fetching():
            return fetching(session, state, scene, instant)
        case s.AtNotFetched():
            return not_fetched(session, state, scene)
        case _:
            return _late_body(session, scene)


def _on_shelf(session: s.Session, state: s.AtItems | s.AtGroups | s.AtItem, scene: Scene) -> Body:
    match state:
        case s.AtItems():
            return shelf.items(session, state, scene)
        case s.AtGroups():
            return shelf.groups(state, scene)
        case s.AtItem():
            return item(session, state, scene)


def _late_body(session: s.Session, scene: Scene) -> Body:
    match state := session.state:
        case s.Redeeming() | s.Printing():
            return waiting.under_way(state, scene)
        case s.AtLaterQuestion():
            return ending.later_question(scene)
        case s.AtMine() | s.AtVouchers() | s.AtVoucher() | s.AtHistory() | s.Reading():
            return _own_body(state, scene)
        case s.AtDone():
            return ending.done(state, scene)
        case s.AtRefusal():
            return ending.refusal(state.refused, scene)
        case s.AtHelp():
            return ending.help_called(state, scene)
        case s.AtStaff():
            return ending.staff(session, state, scene)
        case s.OutOfOrder():
            return ending.out_of_order(state, scene)
        case (
            ts.AtConsent() | ts.AtFarewell() | ts.AtWithdraw() | ts.Withdrawing() | ts.AtFinding()
            | ts.AtPin() | ts.AtPinStaff() | ts.AtPinSet() | ts.AtPinLocked() | ts.PinUnderWay()
        ):  # fmt: skip
            return trusting(state, scene)
        case _:
            raise TypeError(f"no view for {type(state).__name__}")


def _own_body(state: s.AtMine | s.AtVouchers | s.AtVoucher | s.AtHistory | s.Reading, scene: Scene) -> Body:
    match state:
        case s.AtMine():
            return mine.mine(state, scene)
        case s.AtVouchers():
            return mine.vouchers(state, scene)
        case s.AtVoucher():
            return mine.voucher(state, scene)
        case s.AtHistory():
            return mine.history(state, scene)
        case s.Reading():
            return waiting.looking(scene)


def _overlay(session: s.Session, scene: Scene, instant: Instant) -> StillThere | None:
    left = seconds_left(session, instant.monotonic, scene.times)
    if left is None:
        return None
    t = scene.texts
    return StillThere(
        title=t("still.title"),
        message=t("still.message"),
        seconds_left=left,
        more=Button(t("button.more_time"), a.MoreTime(), Tone.PRIMARY),
        finish=Button(t("button.finish"), a.Finish(), Tone.QUIET),
    )
