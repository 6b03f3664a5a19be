"""The flow as sentences."""

from __future__ import annotations

from dataclasses import replace

from devices.ports import DeviceState, Health, PrintState
from domain.ids import CommandId, ItemId, ResidentId, VisitId
from domain.refusals import RefusalCode, Refused
from kiosk import actions as a
from kiosk.flow import events as e
from kiosk.flow import states as s
from kiosk.flow.step import step
from tests.kiosk.flow.world import HERE, ISSUED, OK, OUT, PAPERS, REFUSED, RICE, STAFF, VISIT

TIMES = s.Times()


def session(state: s.State, printer: DeviceState = OK, **more: float) -> s.Session:
    return s.Session(state, printer=printer, **more)  # type: ignore[arg-type]


def press(where: s.Session, action: a.Action, now: float = 1.0) -> tuple[s.Session, tuple[e.Effect, ...]]:
    return step(where, e.Pressed(action, CommandId("press")), now, TIMES)


def test_four_touches_from_home_to_redeeming() -> None:
    here = session(s.AtHome(VISIT))
    here, _ = press(here, a.ChooseClass("goods"))
    here, _ = press(here, a.ChooseItem(101))
    here, _ = press(here, a.Redeem())
    here, effects = press(here, a.Confirm())
    assert here.state == s.Redeeming(VISIT, RICE)
    (effect,) = effects
    assert isinstance(effect, e.CarryOut)
    assert (effect.command.command, effect.command.item, effect.name) == ("press", 101, "陈*芳")


def test_a_second_press_of_confirm_does_nothing() -> None:
    here, first = press(session(s.AtConfirm(VISIT, RICE)), a.Confirm())
    again, second = press(here, a.Confirm())
    assert first
    assert (again, second) == (here, ())


def test_without_a_ready_printer_the_resident_is_asked_first() -> None:
    for state in (OUT, DeviceState(Health.UNKNOWN, "printer.silent")):
        here, effects = press(session(s.AtConfirm(VISIT, RICE), state), a.Confirm())
        assert here.state == s.AtLaterQuestion(VISIT, RICE)
        assert effects == ()
        here, effects = press(here, a.AcceptLater())
        assert isinstance(here.state, s.Redeeming)
        assert len(effects) == 1


def test_what_cannot_be_had_cannot_be_pressed() -> None:
    poor = replace(VISIT, points=100)
    sold_out = replace(VISIT, stock={ItemId(101): 0})
    for visit in (poor, sold_out):
        here, effects = press(session(s.AtItem(visit, RICE)), a.Redeem())
        assert here.state == s.AtItem(visit, RICE)
        assert effects == ()


def test_a_voucher_prints_and_the_balance_is_new() -> None:
    here, effects = step(session(s.Redeeming(VISIT, RICE)), e.Redeemed(CommandId("press"), ISSUED), 1.0, TIMES)
    assert effects == ()  # the paper is under way already
    visit = s.visit_of(here.state)
    assert visit is not None
    assert (visit.points, visit.stock[ItemId(101)]) == (260, 1)
    here, effects = step(here, e.PrintReported(7, PrintState.PRINTED), 2.0, TIMES)
    assert isinstance(here.state, s.AtDone)
    assert here.state.code == ""
    assert effects == (e.ListPapers(),)


def test_a_paper_that_did_not_come_keeps_the_number_on_the_screen() -> None:
    here, _ = step(
        session(s.Printing(VISIT, RICE, ISSUED)),
        e.PrintReported(7, PrintState.UNCERTAIN, "printer.paper_out"),
        2.0,
        TIMES,
    )
    assert here.state == s.AtDone(VISIT, ISSUED, "printer.paper_out")


def test_a_refusal_says_so_and_spends_nothing() -> None:
    here, effects = step(session(s.Redeeming(VISIT, RICE)), e.Redeemed(CommandId("press"), REFUSED), 1.0, TIMES)
    assert here.state == s.AtRefusal(VISIT.holding(100, None), REFUSED)  # 20 of the rice's 120 are missing
    assert effects == ()


def test_the_same_card_again_changes_nothing_and_another_begins_anew() -> None:
    confirm = s.AtConfirm(VISIT, RICE)
    here, effects = step(session(confirm), e.Scanned("code", VisitId("v9")), 1.0, TIMES)
    assert effects == (e.LookUp(VisitId("v9"), "code"),)
    same, _ = step(here, e.Recognised(VisitId("v9"), HERE), 2.0, TIMES)
    assert same.state == confirm
    other, _ = step(
        here, e.Recognised(VisitId("v9"), replace(HERE, resident=ResidentId("li"), name="李*", points=5)), 2.0, TIMES
    )
    assert isinstance(other.state, s.AtHome)
    assert (other.state.visit.id, other.state.visit.name) == ("v9", "李*")
    assert "陈" not in repr(other)


def test_a_wrong_card_in_the_middle_keeps_the_visit() -> None:
    here, _ = step(session(s.AtItem(VISIT, RICE)), e.Scanned("code", VisitId("v9")), 1.0, TIMES)
    unknown = Refused(RefusalCode.CARD_UNKNOWN)
    here, _ = step(here, e.Recognised(VisitId("v9"), unknown), 2.0, TIMES)
    assert here.state == s.AtRefusal(VISIT, unknown)


def test_while_points_are_spent_or_a_paper_printed_no_scan_is_taken() -> None:
    for state in (s.Redeeming(VISIT, RICE), s.Printing(VISIT, RICE, ISSUED)):
        here, effects = step(session(state), e.Scanned("code", VisitId("v9")), 1.0, TIMES)
        assert (here.state, effects) == (state, ())


def test_sixty_seconds_then_a_warning_then_thirty_more() -> None:
    here = session(s.AtHome(VISIT))
    for now in range(1, 60):
        here, _ = step(here, e.Ticked(), float(now), TIMES)
    assert here.warned_at is None
    here, _ = step(here, e.Ticked(), 60.0, TIMES)
    assert here.warned_at == 60.0
    stayed, _ = press(here, a.MoreTime(), 70.0)
    assert (stayed.state, stayed.warned_at) == (s.AtHome(VISIT), None)
    gone, _ = step(here, e.Ticked(), 90.0, TIMES)
    assert gone.state == s.Idle()


def test_redeeming_is_never_cut_short_and_a_paper_that_hangs_is_given_up() -> None:
    redeeming, printing = s.Redeeming(VISIT, RICE), s.Printing(VISIT, RICE, ISSUED)
    assert step(session(redeeming), e.Ticked(), 10_000.0, TIMES)[0].state == redeeming
    assert step(session(printing), e.Ticked(), 59.0, TIMES)[0].state == printing
    assert step(session(printing), e.Ticked(), 60.0, TIMES)[0].state == s.AtDone(VISIT, ISSUED, "print.failed")


def test_what_is_under_way_takes_no_press() -> None:
    looking = s.Looking(VisitId("v9"), s.AtHome(VISIT))
    for state in (looking, s.Redeeming(VISIT, RICE), s.Printing(VISIT, RICE, ISSUED)):
        for action in (a.Finish(), a.Home(), a.Back(), a.CallStaff(), a.MoreTime(), a.Confirm()):
            assert press(session(state), action) == (session(state), ())


def test_an_answer_to_an_earlier_card_opens_nothing() -> None:
    here, _ = step(session(s.Idle()), e.Scanned("code", VisitId("v9")), 1.0, TIMES)
    late, _ = step(here, e.Recognised(VisitId("v8"), HERE), 2.0, TIMES)
    assert late.state == here.state


def test_staff_behind_a_call_for_help_are_told_too() -> None:
    here, _ = press(session(STAFF), a.Reprint(1))
    here, _ = press(here, a.CallStaff())
    here, _ = step(here, e.PrintReported(9, PrintState.PRINTED), 3.0, TIMES)
    here, _ = step(here, e.PapersListed(PAPERS[1:]), 3.0, TIMES)
    here, _ = press(here, a.Back())
    assert isinstance(here.state, s.AtStaff)
    assert (here.state.busy, len(here.state.papers)) == (None, 4)


def test_scans_of_rubbish_keep_no_visit_open() -> None:
    here = session(s.AtHome(VISIT))
    for now in (20.0, 40.0, 59.0):
        here, _ = step(here, e.Scanned("rubbish", VisitId("v9")), now, TIMES)
        here, _ = step(here, e.Recognised(VisitId("v9"), Refused(RefusalCode.CARD_MALFORMED)), now, TIMES)
    here, _ = step(here, e.Ticked(), 60.0, TIMES)
    assert here.warned_at == 60.0
    here, _ = step(here, e.Ticked(), 90.0, TIMES)
    assert here.state == s.Idle()


def test_help_asked_for_on_the_result_keeps_nobody_longer() -> None:
    here, _ = press(session(s.AtDone(VISIT, ISSUED)), a.CallStaff(), 5.0)
    here, _ = step(here, e.Ticked(), 25.0, TIMES)
    assert here.state == s.Idle()


def test_a_journal_that_fails_while_a_voucher_stands_keeps_its_number() -> None:
    failed = e.JournalFailed("journal.unwritable")
    printing, _ = step(session(s.Printing(VISIT, RICE, ISSUED)), failed, 1.0, TIMES)
    redeeming, _ = step(session(s.Redeeming(VISIT, RICE)), failed, 1.0, TIMES)
    assert printing.state == s.OutOfOrder("journal.unwritable", number="A-000001-0")
    assert redeeming.state == s.OutOfOrder("journal.unwritable", unsure=True)
    recovered = e.JournalRecovered("journal.unwritable")
    back, effects = step(redeeming, recovered, 9.0, TIMES)
    assert (back.state, effects) == (s.Idle(), (e.ListPapers(),))
    unsure = session(s.OutOfOrder("journal.fault", unsure=True))
    assert step(unsure, recovered, 9.0, TIMES)[0].state == unsure.state  # another trouble than the one that is over
    assert step(session(s.AtHome(VISIT)), recovered, 9.0, TIMES)[0].state == s.AtHome(VISIT)


def test_the_result_stays_for_twenty_seconds() -> None:
    here, _ = step(session(s.Printing(VISIT, RICE, ISSUED)), e.PrintReported(7, PrintState.PRINTED), 100.0, TIMES)
    here, _ = step(here, e.Ticked(), 119.0, TIMES)
    assert isinstance(here.state, s.AtDone)
    here, _ = step(here, e.Ticked(), 120.0, TIMES)
    assert here.state == s.Idle()


def test_a_look_up_that_hangs_is_given_up() -> None:
    here, _ = step(session(s.Idle()), e.Scanned("code", VisitId("v9")), 10.0, TIMES)
    here, _ = step(here, e.Ticked(), 14.0, TIMES)
    assert isinstance(here.state, s.Looking)
    here, _ = step(here, e.Ticked(), 15.0, TIMES)
    assert here.state == s.Idle(Refused(RefusalCode.LOOKUP_SLOW))
    late, _ = step(here, e.Recognised(VisitId("v9"), HERE), 16.0, TIMES)
    assert late.state == here.state


def test_staff_print_one_paper_at_a_time() -> None:
    here, effects = press(session(STAFF), a.Reprint(1))
    assert effects == (e.ReprintPaper(1, STAFF.staff),)
    again, effects = press(here, a.Reprint(2))
    assert (again, effects) == (here, ())
    here, effects = step(here, e.PrintReported(9, PrintState.PRINTED), 3.0, TIMES)
    assert effects == (e.ListPapers(),)
    here, _ = step(here, e.PapersListed(PAPERS[1:]), 3.0, TIMES)
    assert isinstance(here.state, s.AtStaff)
    assert (here.state.busy, len(here.state.papers), here.papers_waiting) == (None, 4, 4)


def test_a_resident_never_reaches_what_is_for_staff() -> None:
    for state in (s.AtHome(VISIT), s.Idle(), s.AtDone(VISIT, ISSUED)):
        for action in (a.Reprint(1), a.SetAside(1)):
            here, effects = press(session(state), action)
            assert (here.state, effects) == (state, ())


def test_when_the_journal_fails_nothing_more_is_sold() -> None:
    here, _ = step(session(s.AtConfirm(VISIT, RICE)), e.JournalFailed("journal.unwritable"), 1.0, TIMES)
    assert here.state == s.OutOfOrder("journal.unwritable")
    for action in (a.Confirm(), a.Home(), a.Finish()):
        after, effects = press(here, action)
        assert (after.state, effects) == (here.state, ())
    assert "陈" not in repr(here)
