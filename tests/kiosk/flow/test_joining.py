"""Somebody whom nobody knows: asked for at the office, asking to join step by step, and every way back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from devices.ports import DeviceState, Health
from domain.ids import CommandId, ResidentId, VisitId
from domain.refusals import RefusalCode, Refused
from kiosk import actions as a
from kiosk.desk.answers import AskToJoin, Joined, NotKnown, Request, UnknownCard
from kiosk.desk.wish_states import NoLine, Waiting
from kiosk.flow import events as e
from kiosk.flow import join_states as j
from kiosk.flow import states as s
from kiosk.flow.step import step
from tests.kiosk.flow.world import CHILD, CUT_OFF, HEARD, HERE, JOINED, OLD_CARD, REQUESTS, RICE, STRANGER, VISIT

TIMES = s.Times()
READER = DeviceState(Health.OK)
PRESS, CARD = CommandId("press"), VisitId("v2")
GROWN = UnknownCard(("1:" + "e" * 64,), id_card=True, minor=False)


class Screen:
    """A session, and what it asked for last."""

    def __init__(self, state: s.State | None = None, *, line: bool = True, reader: bool = True) -> None:
        office, health = (HEARD if line else CUT_OFF), (READER if reader else s.Session().card_reader)
        self.session = s.Session(state or s.Idle(), office=office, card_reader=health)
        self.asked: tuple[e.Effect, ...] = ()
        self.now = 0.0

    @property
    def state(self) -> s.State:
        return self.session.state

    def on(self, event: e.Event) -> s.State:
        self.session, self.asked = step(self.session, event, self.now, TIMES)
        return self.state

    def press(self, *actions: a.Action) -> s.State:
        for action in actions:
            self.on(e.Pressed(action, PRESS))
        return self.state

    def lay(self, answer: object) -> s.State:
        self.on(e.CardLaid("1:" + "d" * 64, CARD))
        return self.on(e.Recognised(CARD, answer))  # type: ignore[arg-type]


def phoned(screen: Screen, number: str = "13800138000") -> AskToJoin:
    screen.press(*(a.PhoneDigit(int(digit)) for digit in number), a.SendRequest())
    (sent,) = screen.asked
    assert isinstance(sent, e.SendJoin)
    return sent.asked


def test_with_the_line_up_the_office_is_asked_and_what_it_lists_begins_the_visit() -> None:
    screen = Screen()
    assert screen.lay(STRANGER) == j.Asking(CARD, STRANGER)
    assert list(screen.asked) == [e.AskOffice(CARD, STRANGER)]
    screen.on(e.OfficeAnswered(CARD, Waiting()))
    screen.on(e.Ticked())
    assert list(screen.asked) == [e.LookAtAsk(CARD, STRANGER)]
    screen.on(e.Ticked())
    assert list(screen.asked) == []  # one look at a time
    here = screen.on(e.OfficeAnswered(CARD, HERE))
    assert isinstance(here, s.AtHome)
    assert screen.asked == (e.Unask(CARD),)


@pytest.mark.parametrize(("answer", "why"), [(NotKnown(), j.WhyUnknown.NOT_KNOWN), (NoLine(), j.WhyUnknown.NO_LINE)])
def test_whoever_the_office_does_not_know_can_ask_to_join(answer: NotKnown | NoLine, why: j.WhyUnknown) -> None:
    screen = Screen()
    screen.lay(STRANGER)
    assert screen.on(e.OfficeAnswered(CARD, answer)) == j.AtUnknown(STRANGER, why)


def test_nobody_waits_longer_than_ten_seconds_or_for_an_office_that_is_not_heard() -> None:
    screen = Screen()
    screen.lay(STRANGER)
    screen.now = TIMES.ask_seconds
    assert screen.on(e.Ticked()) == j.AtUnknown(STRANGER, j.WhyUnknown.SLOW)
    assert screen.asked == (e.Unask(CARD),)
    assert Screen(line=False).lay(STRANGER) == j.AtUnknown(STRANGER, j.WhyUnknown.NO_LINE)


def test_a_blocked_card_that_the_office_lists_is_refused() -> None:
    screen = Screen()
    screen.lay(OLD_CARD)
    refused = Refused(RefusalCode.CARD_BLOCKED)
    assert screen.on(e.OfficeAnswered(CARD, refused)) == s.Idle(refused)


def test_an_ID_card_that_was_laid_is_not_asked_for_again() -> None:  # noqa: N802
    screen = Screen(line=False)
    screen.lay(STRANGER)
    assert screen.press(a.Join(), a.Agree()) == j.AtJoinPhone(j.Draft(STRANGER.digests, minor=False))
    asked = phoned(screen)
    assert (asked.command, asked.id_cards, asked.phone, asked.minor) == (PRESS, STRANGER.digests, "13800138000", False)
    screen.on(e.JoinReported(PRESS, JOINED))
    screen.on(e.SlipReported("r1"))
    assert screen.state == j.AtJoined(JOINED)
    screen.now = TIMES.result_seconds
    assert screen.on(e.Ticked()) == s.Idle()


def test_without_any_card_the_age_is_asked_and_a_slip_is_the_key() -> None:
    screen = Screen()
    screen.press(a.CallStaff(), a.Join(), a.Agree())
    assert isinstance(screen.state, j.AtJoinCard)
    assert isinstance(screen.press(a.NoIdCard()), j.AtJoinAge)
    assert isinstance(screen.press(a.OfAge(adult=True)), j.AtJoinPhone)
    asked = phoned(screen, "")
    assert (asked.id_cards, asked.minor, asked.phone) == ((), False, "")


def test_where_no_reader_works_nobody_is_asked_for_an_ID_card() -> None:  # noqa: N802
    assert isinstance(Screen(reader=False).press(a.CallStaff(), a.Join(), a.Agree()), j.AtJoinAge)


def test_a_child_needs_a_grown_up_with_another_card() -> None:
    screen = Screen(line=False)
    screen.lay(CHILD)
    screen.press(a.Join(), a.Agree())
    assert isinstance(screen.state, j.AtJoinGuardian)
    for wrong in (CHILD, replace(CHILD, digests=("1:" + "f" * 64,)), replace(OLD_CARD, digests=("1:" + "f" * 64,))):
        assert screen.lay(wrong) == j.AtJoinGuardian(j.Draft(CHILD.digests, minor=True), wrong=True)
    screen.lay(GROWN)
    asked = phoned(screen, "")
    assert (asked.minor, asked.guardian, asked.guardian_card) == (True, "", GROWN.digests[0])


def test_a_guardian_who_is_a_resident_begins_no_visit() -> None:
    screen = Screen(line=False)
    screen.lay(CHILD)
    screen.press(a.Join(), a.Agree())
    screen.lay(HERE)
    assert screen.state == j.AtJoinPhone(j.Draft(CHILD.digests, minor=True, guardian=ResidentId("chen")))


def test_back_asks_again_what_was_asked_there_and_no_card_twice() -> None:
    screen = Screen(reader=False)
    screen.press(a.CallStaff(), a.Join(), a.Agree(), a.OfAge(adult=False))
    screen.lay(HERE)
    assert isinstance(screen.state, j.AtJoinPhone)
    assert screen.press(a.Back()) == j.AtJoinGuardian(j.Draft(minor=True, asked_age=True))
    assert screen.press(a.Back()) == j.AtJoinAge(j.Draft())
    assert screen.press(a.Back()) == j.AtJoinNotice(j.Draft())
    assert screen.press(a.Back()) == s.Idle()
    laid = Screen(j.AtJoinPhone(j.Draft(STRANGER.digests, minor=False, phone="138")))
    assert laid.press(a.Back()) == j.AtJoinNotice(j.Draft(STRANGER.digests, minor=False))


def test_half_a_number_is_not_sent_and_one_can_be_corrected() -> None:
    screen = Screen(j.AtJoinPhone(j.Draft(minor=False)))
    screen.press(a.PhoneDigit(1), a.PhoneDigit(3), a.SendRequest())
    assert screen.asked == ()
    screen.press(a.PhoneErase(), *(a.PhoneDigit(8) for _ in range(20)))
    assert screen.state == j.AtJoinPhone(j.Draft(minor=False, phone="18888888888"))


def test_who_asked_before_sees_that_request_and_can_take_it_back() -> None:
    screen = Screen()
    assert screen.lay(replace(STRANGER, request=REQUESTS[0])) == j.AtRequest(REQUESTS[0])
    assert isinstance(screen.press(a.TakeBack()), j.AtWithdrawQuestion)
    assert screen.press(a.Back()) == j.AtRequest(REQUESTS[0])
    screen.press(a.TakeBack(), a.ConfirmTakeBack())
    assert screen.asked == (e.WithdrawJoin("r1"),)
    assert screen.press(a.Back(), a.Finish()) == j.TakingBack(REQUESTS[0])  # it ends by itself
    assert screen.on(e.WithdrawReported(None)) == j.AtWithdrawn()
    accepted = Screen(j.AtRequest(REQUESTS[1]))
    assert accepted.press(a.TakeBack()) == j.AtRequest(REQUESTS[1])


def test_asking_twice_shows_the_first_request() -> None:
    screen = Screen(j.Joining(PRESS))
    assert screen.on(e.JoinReported(PRESS, Joined(REQUESTS[0]))) == j.AtRequest(REQUESTS[0])
    full = Refused(RefusalCode.JOIN_FULL)
    assert Screen(j.Joining(PRESS)).on(e.JoinReported(PRESS, full)) == j.AtNotJoined(full)
    assert Screen(j.Joining(PRESS)).on(e.JoinReported(CommandId("other"), JOINED)) == j.Joining(PRESS)


def test_a_slip_that_did_not_come_out_is_printed_again_while_its_screen_stands() -> None:
    screen = Screen(j.JoinPrinting(JOINED))
    screen.on(e.SlipReported("r1", "printer.paper_out"))
    assert screen.press(a.PrintSlipAgain()) == j.JoinPrinting(JOINED)
    assert screen.asked == (e.PrintSlip(JOINED.slip),)  # type: ignore[arg-type]
    screen.now = TIMES.printing_seconds
    assert screen.on(e.Ticked()) == j.AtJoined(JOINED, "print.failed")
    screen.press(a.Finish())
    assert "YZR1" not in repr(screen.session)


def test_a_card_of_nobodys_in_the_middle_of_a_visit_keeps_the_visit() -> None:
    screen = Screen(s.AtItem(VISIT, RICE))
    assert screen.lay(STRANGER) == s.AtRefusal(VISIT, Refused(RefusalCode.CARD_UNKNOWN))
    assert screen.asked == ()


def test_a_neighbours_card_in_the_middle_of_a_request_begins_their_visit_and_ends_the_request() -> None:
    screen = Screen(j.AtJoinPhone(j.Draft(STRANGER.digests, minor=False, phone="13800138000")))
    assert isinstance(screen.lay(HERE), s.AtHome)
    assert "13800138000" not in repr(screen.session)


def test_a_card_that_cannot_be_read_is_said_where_one_was_asked_for() -> None:
    screen = Screen(j.AtJoinCard(j.Draft()))
    assert screen.on(e.CardUnread("idcard.lifted")) == j.AtJoinCard(j.Draft(), "idcard.lifted")


def test_of_what_was_given_nothing_is_in_a_log() -> None:
    draft = j.Draft(STRANGER.digests, minor=False, guardian_card=GROWN.digests[0], phone="13800138000")
    for value in (draft, draft.command(PRESS), STRANGER, JOINED, e.SendJoin(draft.command(PRESS))):
        assert not any(secret in repr(value) for secret in ("dddd", "eeee", "13800138000", "YZR1"))
    assert Request("r1", "A-0001", "asked").number in repr(JOINED)
