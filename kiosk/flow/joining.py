"""Asking to join, step by step: notice, ID card, age, guardian, telephone number, and what becomes of it."""

from __future__ import annotations

from dataclasses import replace

from devices.ports import Health
from domain.ids import NOBODY
from kiosk import actions as a
from kiosk.desk.answers import Joined, ResidentHere, UnknownCard
from kiosk.flow import join_states as j
from kiosk.flow.events import (
    JoinReported,
    Pressed,
    PrintSlip,
    SendJoin,
    SlipReported,
    WithdrawJoin,
    WithdrawReported,
)
from kiosk.flow.states import AtHelp, Idle, Session, State
from kiosk.flow.turn import Turn, go, stay


def on_join_press(session: Session, event: Pressed, now: float) -> Turn | None:
    """Carry a press out; ``None`` if it has nothing to do with joining."""
    match session.state, event.action:
        case ((Idle() | AtHelp(Idle()) | j.AtUnknown() | AtHelp(j.AtUnknown())), a.Join()):
            return go(session, j.AtJoinNotice(_draft_of(session.state)), now)
        case j.AtJoinNotice(draft), a.Agree():
            return go(session, next_step(session, draft), now)
        case j.AtJoinCard(draft), a.NoIdCard():
            return go(session, next_step(session, replace(draft, no_card=True)), now)
        case j.AtJoinAge(draft), a.OfAge(adult):
            return go(session, next_step(session, replace(draft, minor=not adult, asked_age=True)), now)
        case j.AtJoinPhone(draft), _:
            return _phone(session, draft, event, now)
        case _:
            return _with_request(session, event, now)


def next_step(session: Session, draft: j.Draft) -> State:
    """What is still to be given; without a reader that works nobody is asked for an ID card."""
    if not draft.id_cards and not draft.no_card and session.card_reader.health is Health.OK:
        return j.AtJoinCard(draft)
    if draft.minor is None:
        return j.AtJoinAge(draft)
    if draft.minor and not draft.guarded:
        return j.AtJoinGuardian(draft)
    return j.AtJoinPhone(draft)


def before_step(session: Session, state: j.JoinState) -> State:
    """One screen back: what was given there is asked again."""
    match state:
        case j.AtWithdrawQuestion(request):
            return j.AtRequest(request)
        case j.AtJoinPhone(draft) if draft.minor:
            return j.AtJoinGuardian(replace(draft, guardian=NOBODY, guardian_card="", phone=""))
        case j.AtJoinPhone(draft) | j.AtJoinGuardian(draft) if draft.asked_age:
            return j.AtJoinAge(replace(draft, minor=None, asked_age=False, phone=""))
        case j.AtJoinAge(draft) if draft.no_card and session.card_reader.health is Health.OK:
            return j.AtJoinCard(replace(draft, no_card=False))
        case j.AtJoinCard() | j.AtJoinAge() | j.AtJoinGuardian() | j.AtJoinPhone():
            return j.AtJoinNotice(_only_card(state.draft))
        case _:
            return Idle()


def with_card(session: Session, before: State, card: UnknownCard) -> State | None:
    """Where a card of nobody's leads that was asked for; ``None`` if none was."""
    match before:
        case j.AtJoinCard(draft) if card.id_card and card.request is None:
            return next_step(session, replace(draft, id_cards=card.digests, minor=card.minor))
        case j.AtJoinGuardian(draft):
            own = set(card.digests) & set(draft.id_cards)
            if not card.id_card or card.minor or own:
                return j.AtJoinGuardian(draft, wrong=True)
            return next_step(session, replace(draft, guardian_card=card.digests[0]))
        case _:
            return None


def with_guardian(session: Session, before: State, here: ResidentHere) -> State | None:
    """A resident who answers for a child: nothing of them is shown, and no visit of theirs begins."""
    if not isinstance(before, j.AtJoinGuardian):
        return None
    if here.minor:
        return j.AtJoinGuardian(before.draft, wrong=True)
    return next_step(session, replace(before.draft, guardian=here.resident))


def with_nothing(before: j.JoinState) -> State:
    """A code that is nobody's card, or a card that counts no more: what was given so far stays."""
    return j.AtJoinGuardian(before.draft, wrong=True) if isinstance(before, j.AtJoinGuardian) else before


def on_joined(session: Session, event: JoinReported, now: float) -> Turn:
    """The journal has the request, or had one before, or the rules said no."""
    state, answer = session.state, event.answer
    if not isinstance(state, j.Joining) or state.press != event.command:
        return stay(session)
    if not isinstance(answer, Joined):
        return go(session, j.AtNotJoined(answer), now)
    return go(session, j.AtRequest(answer.request) if answer.slip is None else j.JoinPrinting(answer), now)


def on_slip(session: Session, event: SlipReported, now: float) -> Turn:
    """The slip came out, or not."""
    state = session.state
    if not isinstance(state, j.JoinPrinting) or state.joined.request.request != event.request:
        return stay(session)
    return go(session, j.AtJoined(state.joined, event.code), now)


def on_withdrawn(session: Session, event: WithdrawReported, now: float) -> Turn:
    """Nothing of it is kept any more, or the rules said no."""
    if not isinstance(session.state, j.TakingBack):
        return stay(session)
    return go(session, j.AtWithdrawn() if event.refused is None else j.AtNotJoined(event.refused), now)


def _only_card(draft: j.Draft) -> j.Draft:
    """A card that was laid is not asked for again."""
    return j.Draft(id_cards=draft.id_cards, minor=None if draft.asked_age else draft.minor)


def _draft_of(state: State) -> j.Draft:
    state = state.before if isinstance(state, AtHelp) else state
    if isinstance(state, j.AtUnknown) and state.card.id_card:
        return j.Draft(id_cards=state.card.digests, minor=state.card.minor)
    return j.Draft()


def _phone(session: Session, draft: j.Draft, event: Pressed, now: float) -> Turn | None:
    match event.action:
        case a.PhoneDigit(digit) if 0 <= digit <= 9:
            phone = (draft.phone + str(digit))[: j.PHONE_DIGITS]
            return go(session, j.AtJoinPhone(replace(draft, phone=phone)), now)
        case a.PhoneErase():
            return go(session, j.AtJoinPhone(replace(draft, phone=draft.phone[:-1])), now)
        case a.SendRequest() if draft.phone_fits:
            return go(session, j.Joining(event.press), now, SendJoin(draft.command(event.press)))
        case _:
            return None


def _with_request(session: Session, event: Pressed, now: float) -> Turn | None:
    match session.state, event.action:
        case j.AtJoined(joined, code), a.PrintSlipAgain() if code and joined.slip is not None:
            return go(session, j.JoinPrinting(joined), now, PrintSlip(joined.slip))
        case j.AtRequest(request), a.TakeBack() if request.state != "accepted":
            return go(session, j.AtWithdrawQuestion(request), now)
        case j.AtWithdrawQuestion(request), a.ConfirmTakeBack():
            return go(session, j.TakingBack(request), now, WithdrawJoin(request.request))
        case _:
            return None
