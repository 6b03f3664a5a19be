"""What somebody who wants the screen to fail would try: each sentence says what must not happen."""

from __future__ import annotations

from dataclasses import replace

import pytest

from devices.ports import PrintState
from domain.ids import CommandId, ResidentId, StaffId, VisitId
from domain.refusals import RefusalCode, Refused
from kiosk import actions as a
from kiosk.desk.answers import TornOff
from kiosk.flow import events as e
from kiosk.flow import join_states as j
from kiosk.flow import states as s
from kiosk.flow import trust_events as te
from kiosk.flow import trust_states as t
from kiosk.flow.step import step
from kiosk.look import ENGLISH, Look
from kiosk.presenter.speech import state_name
from tests.kiosk.flow.world import (
    ASK,
    CHILDS,
    DRAFT,
    HERE,
    ISSUED,
    OWN_WORD,
    REFUSED,
    RICE,
    STAFF,
    STRANGER,
    VISIT,
)

TIMES = s.Times()
MALFORMED = Refused(RefusalCode.CARD_MALFORMED)
V2 = VisitId("v2")


def on(session: s.Session, *events: e.Event, now: float = 1.0) -> s.Session:
    for event in events:
        session, _ = step(session, event, now, TIMES)
    return session


def press(session: s.Session, *actions: a.Action, now: float = 1.0) -> s.Session:
    return on(session, *(e.Pressed(action, CommandId("press")) for action in actions), now=now)


def scanned(session: s.Session, answer: object, now: float = 1.0) -> s.Session:
    return on(session, e.Scanned("YZC1:X", V2), e.Recognised(V2, answer), now=now)  # type: ignore[arg-type]


@pytest.mark.parametrize("refused", [MALFORMED, STRANGER])
@pytest.mark.parametrize("behind", [t.AtConsent(VISIT, 1), s.AtHelp(t.AtConsent(VISIT, 1))], ids=["notice", "help"])
def test_a_code_that_means_nothing_is_no_way_around_the_notice(behind: s.State, refused: object) -> None:
    """Scan a soap's barcode while the notice is asked, then press 换一个: nobody agreed to anything."""
    session = scanned(s.Session(behind), refused)
    assert isinstance(session.state, s.AtRefusal)
    for action in (a.Home(), a.Back()):
        assert press(session, action).state == t.AtConsent(VISIT, 1)
        assert press(session, a.CallStaff(), action, a.Home()).state == t.AtConsent(VISIT, 1)
    again = scanned(session, replace(HERE, notice=1))
    assert press(again, a.Home()).state == t.AtConsent(VISIT, 1)
    assert press(session, a.Home(), a.AgreeNotice()).state == s.AtHome(VISIT)


def test_what_a_power_cut_tore_off_is_not_told_to_the_next_person() -> None:
    """Once anybody has begun a visit, whoever reads the first screen afterwards would take it for their own."""
    for torn in (TornOff(), TornOff("A-000042-7")):
        session = on(s.Session(), e.FoundTornOff(torn))
        assert session.torn == torn
        session = on(session, e.CardUnread("idcard.unreadable"))
        assert session.torn == torn
        session = press(scanned(session, HERE), a.Finish(), now=2.0)
        assert session.state == s.Idle()
        assert session.torn is None


def test_a_soaps_barcode_does_not_undo_what_somebody_has_given_to_join() -> None:
    for state in (j.AtJoinPhone(OWN_WORD), j.AtJoinNotice(DRAFT), j.AtJoinAge(j.Draft(no_card=True))):
        assert scanned(s.Session(state), MALFORMED).state == state
    card, guardian = j.AtJoinCard(j.Draft()), j.AtJoinGuardian(CHILDS)
    assert scanned(s.Session(card), MALFORMED).state == card
    assert scanned(s.Session(guardian), MALFORMED).state == replace(guardian, wrong=True)
    assert scanned(s.Session(guardian), Refused(RefusalCode.CARD_BLOCKED)).state == replace(guardian, wrong=True)


def test_a_child_who_is_listed_answers_for_no_child() -> None:
    guardian = j.AtJoinGuardian(CHILDS)
    assert scanned(s.Session(guardian), replace(HERE, minor=True)).state == replace(guardian, wrong=True)
    for adult in (None, False):  # a QR card says nothing of its holder's age
        grown = scanned(s.Session(guardian), replace(HERE, minor=adult))
        assert grown.state == j.AtJoinPhone(replace(CHILDS, guardian=ResidentId("chen")))


def test_what_staff_withdrew_for_a_resident_says_so() -> None:
    by_staff = replace(VISIT, by_staff=StaffId("he"))
    _, effects = step(s.Session(t.AtWithdraw(by_staff)), e.Pressed(a.ConfirmWithdraw(), CommandId("press")), 1.0, TIMES)
    assert effects == (te.WithdrawConsent(VISIT.id, ResidentId("chen"), StaffId("he")),)
    _, effects = step(s.Session(t.AtConsent(by_staff, 1)), e.Pressed(a.AgreeNotice(), CommandId("press")), 1.0, TIMES)
    assert effects == (te.GiveConsent(VISIT.id, ResidentId("chen"), 1, StaffId("he")),)


IN_ENGLISH = Look(large=True, language=ENGLISH)


@pytest.mark.parametrize(
    "state",
    [
        j.AtUnknown(STRANGER, j.WhyUnknown.SLOW),
        j.AtJoinPhone(DRAFT),
        j.AtNotJoined(REFUSED),
        s.AtHelp(j.AtJoinNotice(DRAFT)),
    ],
    ids=state_name,
)
def test_the_look_of_whoever_asked_to_join_goes_with_them(state: s.State) -> None:
    session = press(s.Session(state, look=IN_ENGLISH), a.Finish())
    assert session.state == s.Idle()
    assert session.look == Look()


def test_the_look_stays_from_step_to_step_of_joining() -> None:
    session = s.Session(j.Asking(ASK, STRANGER), look=IN_ENGLISH)
    session = on(session, e.OfficeAnswered(ASK, HERE))
    assert isinstance(session.state, s.AtHome)
    assert session.look == IN_ENGLISH
    session = press(s.Session(j.AtJoinNotice(DRAFT), look=IN_ENGLISH), a.Agree(), a.CallStaff(), a.Back())
    assert session.look == IN_ENGLISH


def test_a_kind_word_at_the_end_is_in_the_language_of_whoever_goes() -> None:
    for state, action in ((t.AtConsent(VISIT, 1), a.DeclineNotice()),):
        session = press(s.Session(state, look=IN_ENGLISH), action)
        assert isinstance(session.state, t.AtFarewell)
        assert session.look == IN_ENGLISH
        assert press(session, a.Finish()).look == Look()
    session = on(s.Session(t.Withdrawing(VISIT), look=IN_ENGLISH), te.ConsentKept(VISIT.id, None))
    assert session.look == IN_ENGLISH
    assert scanned(session, replace(HERE, resident=ResidentId("li"), name="李*")).look == Look()


def test_a_redemption_that_was_in_doubt_is_told_once_the_journal_answers() -> None:
    """The alarm came while the journal was writing: its answer is known a moment later, and says what was spent."""
    session = on(s.Session(s.Redeeming(VISIT, RICE)), e.JournalFailed("station.fenced"))
    assert session.state == s.OutOfOrder("station.fenced", unsure=True)
    done = on(session, e.Redeemed(CommandId("press"), ISSUED))
    assert done.state == s.OutOfOrder("station.fenced", number=ISSUED.number)
    not_done = on(session, e.Redeemed(CommandId("press"), REFUSED))
    assert not_done.state == s.OutOfOrder("station.fenced")


def test_more_time_is_given_also_while_somebody_elses_card_is_looked_up() -> None:
    """The warning stands over that screen: what it offers does something."""
    warned = replace(s.Session(s.Looking(V2, s.AtItem(VISIT, RICE))), warned_at=50.0)
    more = press(warned, a.MoreTime(), now=60.0)
    assert (more.warned_at, more.touched_at, more.state) == (None, 60.0, warned.state)
    assert press(warned, a.Finish(), now=60.0).state == s.Idle()
    assert press(replace(warned, warned_at=None), a.Finish(), now=60.0).state == warned.state


def test_another_card_that_takes_long_keeps_nobody_s_visit_open() -> None:
    session = s.Session(s.AtItem(VISIT, RICE), touched_at=0.0, warned_at=60.0)
    session = on(session, e.Scanned("YZC1:X", V2), now=70.0)
    session = on(session, e.Ticked(), now=76.0)
    assert isinstance(session.state, s.AtItem)
    assert (session.touched_at, session.warned_at) == (0.0, 60.0)


def test_a_number_without_its_paper_stands_until_somebody_says_they_have_it() -> None:
    """Twenty seconds are not enough to write a number down: there is a warning first, as everywhere."""
    session = s.Session(s.Printing(VISIT, RICE, ISSUED))
    session = on(session, e.PrintReported(ISSUED.job, PrintState.FAILED, "printer.paper_out"), now=1.0)
    session = on(session, e.Ticked(), now=40.0)
    assert isinstance(session.state, s.AtDone)
    session = on(session, e.Ticked(), now=62.0)
    assert session.warned_at == 62.0
    assert on(session, e.Ticked(), now=93.0).state == s.Idle()
    out = on(s.Session(s.Printing(VISIT, RICE, ISSUED)), e.PrintReported(ISSUED.job, PrintState.PRINTED), now=1.0)
    assert on(out, e.Ticked(), now=22.0).state == s.Idle()


def test_a_paper_that_comes_late_after_all_is_told_to_whoever_still_waits() -> None:
    session = s.Session(s.AtDone(VISIT, ISSUED, "print.failed"))
    assert on(session, e.PrintReported(ISSUED.job, PrintState.PRINTED)).state == s.AtDone(VISIT, ISSUED)
    other = on(session, e.PrintReported(ISSUED.job + 1, PrintState.PRINTED))
    assert other.state == session.state


def test_staff_who_left_while_a_printer_hung_leave_no_open_list() -> None:
    session = s.Session(replace(STAFF, busy=1))
    session = on(session, e.Ticked(), now=61.0)
    session = on(session, e.Ticked(), now=62.0)
    session = on(session, e.Ticked(), now=95.0)
    assert session.state == s.Idle()
