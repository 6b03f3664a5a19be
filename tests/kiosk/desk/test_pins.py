"""PINs at the desk: what is refused without one, what counts wrong tries, and what a restart leaves of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from domain.commands import RedeemItem
from domain.facts import PinLocked, PinSet, PinUnlocked, ResidentListed
from domain.identity_digest import Pepper
from domain.ids import CommandId, ItemId, ResidentId, StaffId, VisitId
from domain.pin import make_verifier
from domain.refusals import RefusalCode, Refused
from domain.rules import Rules
from kiosk.desk.answers import Issued, ResidentHere
from kiosk.desk.pins import check_pin, look_at_pin, set_pin, unlock_pin
from kiosk.desk.recognise import recognise
from kiosk.desk.redeem import redeem
from kiosk.desk.situation import situation_of
from kiosk.journal.verify import verify
from tests.faults.oracle import said
from tests.support.desk import CATALOGUE, CHEN, CHEN_CARD, HE, LI, PEPPER, TestDesk, digest

RULES = Rules(pin_above=100, pin_tries=3, pin_lock_minutes=30)
PIN, WRONG = "482913", "482914"


@pytest.fixture
def desk(tmp_path: Path) -> TestDesk:
    made = TestDesk(tmp_path, rules=RULES)
    assert set_pin(made.parts, CommandId("c0"), CHEN, PIN, HE) is None
    return made


def check(desk: TestDesk, pin: str, command: str = "c1", holder: ResidentId = CHEN) -> Refused | None:
    return check_pin(desk.parts, CommandId(command), holder, pin, RULES)


def code(refused: object) -> str:
    assert isinstance(refused, Refused)
    return refused.code.value


def here(desk: TestDesk) -> ResidentHere:
    found = recognise(desk.parts, CHEN_CARD)
    assert isinstance(found, ResidentHere)
    return found


def test_the_rules_refuse_without_it_whatever_a_screen_did(desk: TestDesk) -> None:
    assert code(desk.redeem("c1")) == "pin.needed"
    assert check(desk, PIN, "c1") is None
    assert isinstance(desk.redeem("c1"), Issued)
    assert code(desk.redeem("c2")) == "pin.needed"  # it was right for one redemption, not for the next


def test_up_to_the_limit_nothing_is_asked(desk: TestDesk) -> None:
    assert isinstance(desk.redeem("c1", item=201), Issued)
    desk.rules = Rules(pin_above=0)
    assert isinstance(desk.redeem("c2"), Issued)


def test_what_cannot_be_had_is_refused_for_that_and_not_for_the_pin(desk: TestDesk) -> None:
    assert code(desk.redeem("c1", resident=LI)) == "points.short"


def test_a_pin_for_another_is_no_pin(desk: TestDesk) -> None:
    assert check(desk, PIN, "c1") is None
    desk.receive([ResidentListed(LI, "李*", (digest(b"l" * 8),), notice=1)])
    assert code(check(desk, PIN, "c2", LI)) == "pin.none"
    assert not desk.journal.pins.passed(CommandId("c1"), LI)


def test_the_neighbour_enters_their_own(desk: TestDesk) -> None:
    asked = RedeemItem(CommandId("c1"), VisitId("v"), CHEN, ItemId(101), proxy=LI)

    def passed() -> bool:
        return situation_of(desk.parts, asked, CATALOGUE, RULES, desk.parts.desk(desk.parts.stamp())).pin_passed

    assert check(desk, PIN, "c1", CHEN) is None
    assert not passed()
    assert set_pin(desk.parts, CommandId("c1"), LI, "739154", HE) is None
    assert passed()


def test_wrong_ones_are_counted_and_then_none_is_taken(desk: TestDesk) -> None:
    assert check(desk, WRONG) == Refused(RefusalCode.PIN_WRONG, {"left": 2})
    assert check(desk, PIN) is None
    assert check(desk, WRONG) == Refused(RefusalCode.PIN_WRONG, {"left": 2})  # counted anew after a right one
    check(desk, WRONG)
    locked = check(desk, WRONG)
    assert code(locked) == "pin.locked"
    assert locked == look_at_pin(desk.parts, CHEN) == here(desk).pin_locked
    assert locked is not None
    assert locked.details["minutes"] == 30
    assert code(check(desk, PIN)) == "pin.locked"
    assert said(desk.journal, PinLocked) == 1
    desk.system.advance(30 * 60 + 1)
    assert look_at_pin(desk.parts, CHEN) is None
    assert check(desk, PIN) is None
    assert verify(desk.journal).faults == ()


def test_tries_and_locks_outlive_a_restart_and_a_lock_begins_again(desk: TestDesk) -> None:
    check(desk, WRONG)
    desk.reopen()
    check(desk, WRONG)
    desk.reopen()
    assert code(check(desk, WRONG)) == "pin.locked"
    desk.system.advance(29 * 60)
    desk.reopen()
    locked = look_at_pin(desk.parts, CHEN)
    assert locked is not None
    assert locked.details["minutes"] == 30


def test_a_clock_that_leaps_opens_nothing(desk: TestDesk) -> None:
    for _ in range(3):
        check(desk, WRONG)
    desk.system.wall_ms += 365 * 86_400_000
    assert code(check(desk, PIN)) == "pin.locked"
    desk.system.wall_ms = 0
    assert code(check(desk, PIN)) == "pin.locked"


def test_a_badge_unlocks_at_once(desk: TestDesk) -> None:
    for _ in range(3):
        check(desk, WRONG)
    assert code(unlock_pin(desk.parts, CHEN, StaffId("nobody"))) == "staff.only"
    assert unlock_pin(desk.parts, CHEN, HE) is None
    assert unlock_pin(desk.parts, CHEN, HE) is None
    assert said(desk.journal, PinUnlocked) == 1
    assert check(desk, PIN) is None


def test_a_right_pin_is_good_until_the_next_start(desk: TestDesk) -> None:
    assert check(desk, PIN, "c1") is None
    desk.reopen()
    assert code(desk.redeem("c1")) == "pin.needed"


def test_setting_one_needs_staff_and_more_than_123456(desk: TestDesk) -> None:
    key = CommandId("c1")
    assert code(set_pin(desk.parts, key, CHEN, PIN, StaffId("chen"))) == "staff.only"
    assert code(set_pin(desk.parts, key, CHEN, "123456", HE)) == "pin.trivial"
    assert code(set_pin(desk.parts, key, CHEN, "12", HE)) == "pin.trivial"
    assert code(set_pin(desk.parts, key, ResidentId("gone"), PIN, HE)) == "card.unknown"
    assert said(desk.journal, PinSet) == 1


def test_one_that_was_just_set_counts_for_the_redemption_that_waits(desk: TestDesk) -> None:
    for _ in range(3):
        check(desk, WRONG)
    assert set_pin(desk.parts, CommandId("c1"), CHEN, "739154", HE) is None
    assert isinstance(desk.redeem("c1"), Issued)
    assert code(check(desk, PIN, "c2")) == "pin.wrong"
    assert check(desk, "739154", "c2") is None


def test_no_pin_stands_in_the_file_or_in_a_repr(desk: TestDesk) -> None:
    check(desk, PIN)
    assert all(PIN.encode() not in file.read_bytes() for file in desk.path.parent.iterdir())
    assert "p1:" not in repr(desk.journal.pins.get(CHEN))


def listed(pin: str) -> ResidentListed:
    return ResidentListed(CHEN, "陈*芳", (digest(b"c" * 8),), notice=1, pin=pin)


def test_what_the_office_lists_counts_and_what_it_only_repeats_does_not(desk: TestDesk) -> None:
    desk.receive([listed("")])  # written before the office heard of the PIN
    assert here(desk).pin
    mine = desk.journal.pins.get(CHEN).verifier
    check(desk, WRONG)
    desk.receive([listed(mine)])  # an echo: tries are not forgotten for it
    assert desk.journal.pins.get(CHEN).tries == 1
    other = make_verifier(PEPPER, CHEN, "739154", b"s" * 16, cost=10)
    desk.receive([listed(other)])  # set at another station since
    assert check(desk, "739154") is None
    desk.receive([listed("")])  # taken away at the office
    assert not here(desk).pin
    assert code(check(desk, PIN)) == "pin.none"
    assert verify(desk.journal).faults == ()


def test_one_of_a_pepper_that_is_not_here_is_none(desk: TestDesk) -> None:
    desk.receive([listed(make_verifier(Pepper(7, b"7" * 32), CHEN, PIN, b"s" * 16, cost=10))])
    assert not here(desk).pin
    assert code(check(desk, PIN)) == "pin.none"


def test_the_redemption_by_a_member_of_staff_says_who(desk: TestDesk) -> None:
    asked = RedeemItem(CommandId("c1"), VisitId("v"), CHEN, ItemId(201), by_staff=StaffId("nobody"))
    assert code(redeem(desk.parts, asked, CATALOGUE, "陈*芳")) == "staff.only"
