"""Agreement, PIN and look-up by staff, as sentences."""

from __future__ import annotations

from dataclasses import replace

from domain.ids import CommandId, ResidentId, StaffId, VisitId
from domain.refusals import RefusalCode, Refused
from domain.rules import Rules
from kiosk import actions as a
from kiosk.desk.answers import StaffHere
from kiosk.flow import events as e
from kiosk.flow import states as s
from kiosk.flow import trust_events as te
from kiosk.flow import trust_states as t
from kiosk.flow.step import step
from tests.kiosk.flow.world import (
    AT_LOCKED,
    DUE,
    FINDING,
    FOR_ZHANG,
    FOUND,
    HERE,
    LOCKED,
    NEIGHBOUR,
    OK,
    PIN_VISIT,
    PIN_WRONG,
    RICE,
    STAFF,
    VISIT,
    ZHANG,
)  # fmt: skip

TIMES = s.Times()
Here = tuple[s.Session, tuple[e.Effect, ...]]


def at(state: s.State) -> s.Session:
    return s.Session(state, printer=OK)


def on(where: s.Session, event: e.Event, now: float = 1.0) -> Here:
    return step(where, event, now, TIMES)


def press(where: s.Session, *actions: a.Action) -> Here:
    effects: tuple[e.Effect, ...] = ()
    for action in actions:
        where, effects = on(where, e.Pressed(action, CommandId("press")))
    return where, effects


def typed(digits: str) -> tuple[a.Action, ...]:
    return (*(a.PressDigit(int(digit)) for digit in digits), a.EnterPin())


def badge(where: s.Session) -> Here:
    where, _ = on(where, e.Scanned("YZC1:B", VisitId("v2")))
    return on(where, e.Recognised(VisitId("v2"), StaffHere(StaffId("he"), "何静")))


def arrived(**more: object) -> s.Session:
    looking = at(s.Looking(VisitId("v1"), s.Idle()))
    return on(looking, e.Recognised(VisitId("v1"), replace(HERE, **more)))[0]  # type: ignore[arg-type]


def test_who_agreed_already_is_at_home_at_once() -> None:
    assert isinstance(arrived().state, s.AtHome)


def test_who_did_not_is_asked_first_and_then_at_home() -> None:
    here = arrived(notice=3)
    assert here.state == t.AtConsent(VISIT, 3)
    here, effects = press(here, a.AgreeNotice())
    assert here.state == s.AtHome(VISIT)
    assert effects == (te.GiveConsent(VisitId("v1"), ResidentId("chen"), 3),)


def test_the_holder_agrees_for_themself_and_then_chooses_for_whom() -> None:
    here, effects = press(arrived(notice=1, may_act_for=(ZHANG,)), a.AgreeNotice())
    assert isinstance(here.state, s.AtWhom)
    assert effects == (te.GiveConsent(VisitId("v1"), ResidentId("chen"), 1),)


def test_who_does_not_agree_goes_with_a_kind_word_and_nothing_written() -> None:
    here, effects = press(arrived(notice=1), a.DeclineNotice())
    assert here.state == t.AtFarewell(t.DECLINED)
    assert effects == ()
    here, _ = on(here, e.Ticked(), 22.0)
    assert here.state == s.Idle()


def test_the_same_card_again_does_not_answer_the_question() -> None:
    here, _ = on(arrived(notice=1), e.Scanned("YZC1:X", VisitId("v2")))
    here, _ = on(here, e.Recognised(VisitId("v2"), replace(HERE, notice=1)))
    assert isinstance(here.state, t.AtConsent)


def test_an_agreement_that_could_not_be_kept_ends_the_visit() -> None:
    refused = Refused(RefusalCode.STATION_HALTED)
    here, _ = on(at(s.AtHome(VISIT)), te.ConsentKept(VISIT.id, refused))
    assert here.state == s.Idle(refused)


def test_withdrawing_is_asked_once_more_and_ends_the_visit_when_it_stands() -> None:
    here, _ = press(at(s.AtHome(VISIT)), a.Withdraw())
    assert here.state == t.AtWithdraw(VISIT)
    assert press(here, a.Back())[0].state == s.AtHome(VISIT)
    here, effects = press(here, a.ConfirmWithdraw())
    assert effects == (te.WithdrawConsent(VISIT.id, ResidentId("chen")),)
    assert press(here, a.Home())[0].state == t.Withdrawing(VISIT)
    assert on(here, te.ConsentKept(VISIT.id, None))[0].state == t.AtFarewell(t.WITHDRAWN)
    refused = Refused(RefusalCode.STATION_HALTED)
    assert on(here, te.ConsentKept(VISIT.id, refused))[0].state == s.AtRefusal(VISIT, refused)


def test_nobody_withdraws_for_another() -> None:
    here = at(s.AtHome(FOR_ZHANG))
    assert press(here, a.Withdraw())[0] == here


def carried_out(effects: tuple[e.Effect, ...]) -> CommandId:
    (effect,) = effects
    assert isinstance(effect, e.CarryOut)
    return effect.command.command


def test_up_to_the_limit_four_touches_are_four() -> None:
    enough = replace(PIN_VISIT, rules=Rules(pin_above=RICE.points))
    here, effects = press(at(s.AtConfirm(enough, RICE)), a.Confirm())
    assert isinstance(here.state, s.Redeeming)
    assert carried_out(effects) == "press"


def test_above_it_the_pin_is_asked_and_the_redemption_goes_on() -> None:
    here, effects = press(at(s.AtConfirm(PIN_VISIT, RICE)), a.Confirm())
    assert here.state == t.AtPin(PIN_VISIT, DUE)
    assert effects == ()
    here, effects = press(here, *typed("482913"))
    assert effects == (te.CheckPin(CommandId("press"), ResidentId("chen"), "482913", PIN_VISIT.rules),)
    assert isinstance(here.state, t.PinUnderWay)
    here, effects = on(here, te.PinAnswered(CommandId("press"), None))
    assert isinstance(here.state, s.Redeeming)
    assert carried_out(effects) == "press"


def test_the_holder_of_the_card_enters_theirs_also_for_another() -> None:
    visit = replace(NEIGHBOUR.acting_for(ZHANG), pin=True, rules=Rules(pin_above=100))
    here, _ = press(at(s.AtConfirm(visit, RICE)), a.Confirm())
    _, effects = press(here, *typed("482913"))
    (effect,) = effects
    assert isinstance(effect, te.CheckPin)
    assert effect.holder == "chen"


def test_keys_erase_clear_and_stop_at_six() -> None:
    here, effects = press(at(t.AtPin(PIN_VISIT, DUE)), *typed("48291"))
    assert isinstance(here.state, t.AtPin)
    assert (here.state.digits, effects) == ("48291", ())
    here, _ = press(here, a.PressDigit(3), a.PressDigit(9))
    assert here.state == t.AtPin(PIN_VISIT, DUE, "482913")
    here, _ = press(here, a.EraseDigit())
    assert here.state == t.AtPin(PIN_VISIT, DUE, "48291")
    here, _ = press(here, a.ClearDigits(), a.EraseDigit())
    assert here.state == t.AtPin(PIN_VISIT, DUE)


def test_a_wrong_one_is_said_and_can_be_tried_again() -> None:
    here, _ = press(at(t.AtPin(PIN_VISIT, DUE)), *typed("482914"))
    here, _ = on(here, te.PinAnswered(CommandId("press"), PIN_WRONG))
    assert here.state == t.AtPin(PIN_VISIT, DUE, refused=PIN_WRONG)
    here, _ = press(here, a.PressDigit(4))
    assert here.state == t.AtPin(PIN_VISIT, DUE, "4")


def test_back_leads_to_what_was_confirmed_and_help_forgets_the_digits() -> None:
    here = at(t.AtPin(PIN_VISIT, DUE, "482"))
    assert press(here, a.Back())[0].state == s.AtConfirm(PIN_VISIT, RICE)
    assert press(here, a.CallStaff(), a.Back())[0].state == t.AtPin(PIN_VISIT, DUE)


def test_a_lock_says_until_when_and_is_looked_at_before_anybody_types() -> None:
    here, _ = press(at(t.AtPin(PIN_VISIT, DUE)), *typed("482914"))
    here, _ = on(here, te.PinAnswered(CommandId("press"), LOCKED))
    locked = replace(PIN_VISIT, pin_locked=LOCKED)
    assert here.state == t.AtPinLocked(locked, DUE, LOCKED)
    confirmed, effects = press(at(s.AtConfirm(locked, RICE)), a.Confirm())
    assert effects == (te.LookAtPin(CommandId("press"), ResidentId("chen")),)
    assert isinstance(on(confirmed, te.PinAnswered(CommandId("press"), LOCKED))[0].state, t.AtPinLocked)
    open_again, _ = on(confirmed, te.PinAnswered(CommandId("press"), None))
    assert isinstance(open_again.state, t.AtPin)
    assert open_again.state.visit.pin_locked is None


def test_a_badge_opens_a_lock_also_from_behind_a_call_for_help() -> None:
    for state in (AT_LOCKED, s.AtHelp(AT_LOCKED)):
        here, effects = badge(at(state))
        assert effects == (te.UnlockPin(CommandId("press"), ResidentId("chen"), StaffId("he")),)
        here, _ = on(here, te.PinAnswered(CommandId("press"), None))
        assert here.state == t.AtPin(PIN_VISIT, DUE)


def test_a_badge_anywhere_else_ends_the_visit_as_ever() -> None:
    assert isinstance(badge(at(s.AtHome(VISIT)))[0].state, s.AtStaff)
    assert isinstance(badge(at(t.AtPin(PIN_VISIT, DUE)))[0].state, s.AtStaff)


def test_who_has_none_chooses_one_beside_staff_and_is_not_asked_again() -> None:
    none = replace(PIN_VISIT, pin=False)
    here, _ = press(at(s.AtConfirm(none, RICE)), a.Confirm())
    assert isinstance(here.state, t.AtPinStaff)
    here, _ = badge(here)
    assert isinstance(here.state, t.AtPinSet)
    here, _ = press(here, *typed("123456"))
    assert isinstance(here.state, t.AtPinSet)
    assert here.state.refused == Refused(RefusalCode.PIN_TRIVIAL)
    here, _ = press(here, *typed("482913"), *typed("482914"))
    assert isinstance(here.state, t.AtPinSet)
    assert (here.state.first, here.state.differs) == ("", True)
    here, effects = press(here, *typed("482913"), *typed("482913"))
    assert effects == (te.SetPin(CommandId("press"), ResidentId("chen"), "482913", StaffId("he")),)
    here, effects = on(here, te.PinAnswered(CommandId("press"), None))
    assert isinstance(here.state, s.Redeeming)
    assert here.state.visit.pin
    assert carried_out(effects) == "press"


def test_who_forgot_it_chooses_another_the_same_way() -> None:
    for state in (t.AtPin(PIN_VISIT, DUE), AT_LOCKED):
        here, _ = press(at(state), a.ForgotPin())
        assert here.state == t.AtPinStaff(PIN_VISIT, DUE, forgotten=True)
        assert isinstance(badge(here)[0].state, t.AtPinSet)


def test_another_neighbours_card_takes_the_digits_with_it() -> None:
    here, _ = on(at(t.AtPin(PIN_VISIT, DUE, "482")), e.Scanned("YZC1:X", VisitId("v2")))
    assert here.state == s.Looking(VisitId("v2"), t.AtPin(PIN_VISIT, DUE))
    here, _ = on(here, e.Recognised(VisitId("v2"), replace(HERE, resident=ResidentId("li"), name="李*")))
    assert isinstance(here.state, s.AtHome)
    assert here.state.visit.resident == "li"


def test_while_a_pin_is_checked_no_card_is_looked_up() -> None:
    here = at(t.PinUnderWay(PIN_VISIT, DUE, t.AtPin(PIN_VISIT, DUE)))
    assert on(here, e.Scanned("YZC1:X", VisitId("v2"))) == (here, ())


def test_staff_find_a_resident_in_three_touches() -> None:
    here, effects = press(at(STAFF), a.FindResident())
    assert effects == (te.ListSurnames(),)
    here, _ = on(here, te.SurnamesListed(("王", "魏", "李")))
    here, effects = press(here, a.ChooseLetter("W"), a.ChooseSurname("王"))
    assert effects == (te.ListResidents("王"),)
    here, _ = on(here, te.ResidentsListed("王", FOUND))
    here, effects = press(here, a.TurnPage(1), a.ChooseFound(7))
    assert effects == (te.LookUpResident(VisitId("press"), ResidentId("wang7"), StaffId("he")),)
    found = replace(HERE, resident=ResidentId("wang7"), name="王*7", by_staff=StaffId("he"))
    here, _ = on(here, e.Recognised(VisitId("press"), found))
    assert isinstance(here.state, s.AtHome)
    command = here.state.visit.command(CommandId("c"), RICE)
    assert (command.resident, command.by_staff) == ("wang7", "he")


def test_back_goes_one_step_and_at_last_to_the_papers() -> None:
    here = at(replace(FINDING, letter="W", surname="王", found=FOUND, page=1))
    here, _ = press(here, a.Back())
    assert here.state == replace(FINDING, letter="W")
    here, _ = press(here, a.Back())
    assert here.state == FINDING
    here, effects = press(here, a.Back())
    assert here.state == s.AtStaff(StaffId("he"), "何静")
    assert effects == (e.ListPapers(),)


def test_a_list_that_is_left_open_goes_away_by_itself() -> None:
    here = s.Session(FINDING, touched_at=0.0)
    here, _ = on(here, e.Ticked(), 60.0)
    here, _ = on(here, e.Ticked(), 90.0)
    assert here.state == s.Idle()
