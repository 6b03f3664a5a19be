"""The screens of agreement, PIN, and look-up by staff."""

from __future__ import annotations

from domain.initials import OTHER
from domain.pin import DIGITS
from domain.refusals import Refused
from kiosk import actions as a
from kiosk.flow import finding as f
from kiosk.flow import trust_states as s
from kiosk.presenter.scene import Scene
from kiosk.presenter.sentences import refusal_message, refusal_title
from kiosk.views import Body, BusyView, Button, GridView, KeypadView, MessageView, NoticeView, Tone, WhomView


def trusting(state: s.TrustState, scene: Scene) -> Body:
    """Return the body of one of these states."""
    match state:
        case s.AtConsent() | s.AtWithdraw():
            return _notice(state, scene)
        case s.AtFarewell(why):
            return _farewell(why, scene)
        case s.AtPin() | s.AtPinSet():
            return _keypad(state, scene)
        case s.AtPinStaff() | s.AtPinLocked():
            return _pin_message(state, scene)
        case s.AtFinding():
            return _finding(state, scene)
        case s.PinUnderWay():
            return BusyView(scene.texts("pin_under_way.title"), scene.texts("looking.message"), 0, ())
        case s.Withdrawing():
            return BusyView(scene.texts("withdrawing.title"), scene.texts("looking.message"), 0, ())


def _notice(state: s.AtConsent | s.AtWithdraw, scene: Scene) -> NoticeView:
    t = scene.texts
    kept = ((t("notice.keep"), t("notice.keep.what")), (t("notice.card"), t("notice.card.what")))
    if isinstance(state, s.AtWithdraw):
        return NoticeView(
            title=t("withdraw.title"),
            rows=(*kept, (t("withdraw.after"), t("withdraw.after.what"))),
            yes=Button(t("button.stay"), a.Back(), Tone.PRIMARY),
            no=Button(t("button.withdraw"), a.ConfirmWithdraw(), Tone.PLAIN),
        )
    return NoticeView(
        title=t("consent.title"),
        rows=(*kept, (t("notice.use"), t("notice.use.what")), (t("notice.undo"), t("notice.undo.what"))),
        yes=Button(t("button.agree"), a.AgreeNotice(), Tone.PRIMARY),
        no=Button(t("button.decline"), a.DeclineNotice(), Tone.QUIET),
    )


def _farewell(why: str, scene: Scene) -> MessageView:
    t = scene.texts
    done = Button(t("button.done"), a.Finish(), Tone.PRIMARY)
    return MessageView(t(f"farewell.{why}.title"), t(f"farewell.{why}"), Tone.GOOD, (done,))


def _keypad(state: s.AtPin | s.AtPinSet, scene: Scene) -> KeypadView:
    t = scene.texts
    title, message, tone = _asked(state, scene)
    digits = tuple(Button(str(digit), a.PressDigit(digit)) for digit in range(1, 10))
    erase = Button(t("button.erase"), a.EraseDigit(), Tone.QUIET)
    clear = Button(t("button.clear"), a.ClearDigits(), Tone.QUIET)
    return KeypadView(
        title=title,
        message=message,
        tone=tone,
        entered=len(state.digits),
        wanted=DIGITS,
        keys=(*digits, clear, Button("0", a.PressDigit(0)), erase),
        enter=Button(t("button.enter"), a.EnterPin(), Tone.PRIMARY, enabled=len(state.digits) == DIGITS),
        forgot=Button(t("button.forgot"), a.ForgotPin(), Tone.QUIET) if isinstance(state, s.AtPin) else None,
    )


def _asked(state: s.AtPin | s.AtPinSet, scene: Scene) -> tuple[str, str, Tone]:
    """What is asked for, or what was wrong with what was entered."""
    t = scene.texts
    if isinstance(state, s.AtPin):
        return (t("pin.title"), *_wrong(state.refused, t("pin.message", points=_points(state.due)), scene))
    if state.first:
        return t("pin_set.again.title"), t("pin_set.again"), Tone.PLAIN
    if state.differs:
        return t("pin_set.title"), t("pin_set.differs"), Tone.WARNING
    return (t("pin_set.title"), *_wrong(state.refused, t("pin_set.message"), scene))


def _points(due: s.Due) -> int:
    return due.item.points * due.command.pieces


def _wrong(refused: Refused | None, otherwise: str, scene: Scene) -> tuple[str, Tone]:
    return (otherwise, Tone.PLAIN) if refused is None else (refusal_message(refused, scene), Tone.WARNING)


def _pin_message(state: s.AtPinStaff | s.AtPinLocked, scene: Scene) -> MessageView:
    t = scene.texts
    if isinstance(state, s.AtPinLocked):
        forgot = Button(t("button.forgot"), a.ForgotPin(), Tone.PLAIN)
        again = Button(t("button.try_pin"), a.TryPin(), Tone.PLAIN)
        title, message = refusal_title(state.refused, scene), refusal_message(state.refused, scene)
        return MessageView(title, message, Tone.WARNING, (forgot, again), state.refused.code.value)
    message = t("pin_staff.forgotten" if state.forgotten else "pin_staff.message", points=state.visit.rules.pin_above)
    return MessageView(t("pin_staff.title"), message, Tone.WARNING, (Button(t("button.cancel"), a.Back(), Tone.PLAIN),))


def _finding(state: s.AtFinding, scene: Scene) -> GridView | WhomView | BusyView:
    t, pages = scene.texts, f.pages_of(state)
    if state.surnames is None or (state.surname and state.found is None):
        return BusyView(t("finding.looking"), t("looking.message"), 0, ())
    page = t("page", page=state.page + 1, pages=pages) if pages > 1 else ""
    previous = Button(t("button.previous"), a.TurnPage(state.page - 1), enabled=state.page > 0) if pages > 1 else None
    last = state.page + 1 >= pages
    following = Button(t("button.next"), a.TurnPage(state.page + 1), enabled=not last) if pages > 1 else None
    if state.surname:
        title = t("finding.names", surname=state.surname)
        return WhomView(title, _found(state, scene), page, previous, following)
    if state.letter:
        choices = tuple(Button(surname, a.ChooseSurname(surname)) for surname in f.surnames(state))
    else:
        choices = tuple(
            Button(t("finding.other") if letter == OTHER else letter, a.ChooseLetter(letter))
            for letter in f.letters(state)
        )
    title = t("finding.surnames") if state.letter else t("finding.letters") if choices else t("finding.nobody")
    first = state.page * f.GRID_SIZE
    return GridView(title, choices[first : first + f.GRID_SIZE], page, previous, following)


def _found(state: s.AtFinding, scene: Scene) -> tuple[Button, ...]:
    t, first = scene.texts, state.page * f.FOUND_PAGE_SIZE
    shown = (state.found or ())[first : first + f.FOUND_PAGE_SIZE]
    return tuple(
        Button(
            t("finding.home" if who.home else "finding.elsewhere", name=who.name, points=who.points),
            a.ChooseFound(first + at),
        )
        for at, who in enumerate(shown)
    )
