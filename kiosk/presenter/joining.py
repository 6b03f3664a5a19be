"""The screens of whoever is not known here: asked for, unknown, asking to join, and what became of it."""

from __future__ import annotations

from kiosk import actions as a
from kiosk.flow import join_states as j
from kiosk.flow import states as s
from kiosk.presenter.join_steps import age, card, guardian, notice, phone
from kiosk.presenter.scene import Instant, Scene, day
from kiosk.presenter.sentences import refusal_message, refusal_title
from kiosk.views import BusyView, Button, DoneView, FetchingView, MessageView, PhoneView, Tone

_TONES = {"accepted": Tone.GOOD, "refused": Tone.WARNING}
Body = BusyView | DoneView | FetchingView | MessageView | PhoneView


def joining(session: s.Session, state: j.JoinState, scene: Scene, instant: Instant) -> Body:
    """Return the body of any of these states."""
    match state:
        case j.Asking():
            return _asking(session, scene, instant)
        case j.AtUnknown():
            return _unknown(state, scene)
        case j.AtJoinNotice():
            return notice(scene)
        case j.AtJoinCard():
            return card(state, scene)
        case j.AtJoinAge():
            return age(scene)
        case j.AtJoinGuardian():
            return guardian(state, scene)
        case j.AtJoinPhone():
            return phone(state, scene)
        case _:
            return _outcome(state, scene)


def _outcome(state: j.JoinState, scene: Scene) -> Body:
    t = scene.texts
    match state:
        case j.Joining() | j.TakingBack():
            return BusyView(t("joining.title"), t("joining.message"), 0, ())
        case j.JoinPrinting():
            return BusyView(t("join_printing.title"), t("join_printing.message"), 0, ())
        case j.AtJoined():
            return _joined(state, scene)
        case j.AtRequest():
            return _request(state, scene)
        case j.AtWithdrawQuestion():
            buttons = (
                Button(t("button.keep_request"), a.Back(), Tone.PRIMARY),
                Button(t("button.take_back_now"), a.ConfirmTakeBack()),
            )
            return MessageView(t("take_back.title"), t("take_back.message"), Tone.WARNING, buttons)
        case j.AtWithdrawn():
            return MessageView(t("withdrawn.title"), t("withdrawn.message"), Tone.GOOD, (_finish(scene),))
        case j.AtNotJoined(refused):
            title, message = refusal_title(refused, scene), refusal_message(refused, scene)
            return MessageView(title, message, Tone.WARNING, (_finish(scene),), refused.code.value)
        case _:
            raise TypeError(f"no view for {type(state).__name__}")


def _asking(session: s.Session, scene: Scene, instant: Instant) -> FetchingView:
    """A bar of seconds, and a way out."""
    t, seconds = scene.texts, max(1, int(scene.times.ask_seconds))
    left = max(0, min(seconds, int(seconds - (instant.monotonic - session.entered_at) + 0.999)))
    return FetchingView(
        title=t("asking.title"),
        message=t("asking.message"),
        left=t("fetching.left", seconds=left),
        seconds_left=left,
        seconds=seconds,
        cancel=Button(t("button.stop_asking"), a.Back(), Tone.QUIET),
    )


def _unknown(state: j.AtUnknown, scene: Scene) -> MessageView:
    """Why, and what can be done all the same."""
    t = scene.texts
    return MessageView(
        title=t(f"unknown.{state.why.value}.title"),
        message=t(f"unknown.{state.why.value}"),
        tone=Tone.WARNING,
        buttons=(
            Button(t("button.not_joining"), a.Finish(), Tone.PLAIN),
            Button(t("button.join"), a.Join(), Tone.PRIMARY),
        ),
    )


def _request(state: j.AtRequest, scene: Scene) -> MessageView:
    """How a request stands; while it does, whoever made it can take it back."""
    t, request = scene.texts, state.request
    reason = request.reason or t("request.refused.reason")
    withdraw = Button(t("button.take_back"), a.TakeBack(), Tone.PLAIN)
    return MessageView(
        title=t(f"request.{request.state}.title"),
        message=t(f"request.{request.state}", number=request.number, reason=reason),
        tone=_TONES.get(request.state, Tone.PLAIN),
        buttons=(_finish(scene),) if request.state == "accepted" else (withdraw, _finish(scene)),
    )


def _joined(state: j.AtJoined, scene: Scene) -> DoneView:
    """The number, large: whatever became of the slip, it can be written down."""
    t, slip = scene.texts, state.joined.slip
    return DoneView(
        title=t("joined.title"),
        tone=Tone.WARNING if state.code else Tone.GOOD,
        name="",
        number=state.joined.request.number,
        number_label=t("joined.number"),
        rows=(
            (t("joined.next"), t("joined.next.value")),
            (t("joined.until"), day(slip.until, t) if slip and slip.until else t("paper.expires.none")),
        ),
        message=t("joined.without_slip") if state.code else t("joined.take_slip"),
        finish=Button(t("button.done"), a.Finish(), Tone.PRIMARY),
        again=Button(t("button.print_again"), a.PrintSlipAgain(), Tone.PLAIN) if state.code else None,
    )


def _finish(scene: Scene) -> Button:
    return Button(scene.texts("button.done"), a.Finish(), Tone.PRIMARY)
