"""Agreement at the desk: asked once, wherever it was given, and asked again when the notice is another one."""

from __future__ import annotations

from pathlib import Path

import pytest

from domain.entries import decode_entry
from domain.facts import UP, ConsentGiven, ConsentWithdrawn, ResidentErased, ResidentListed, fact_of
from domain.ids import ResidentId, StaffId
from domain.refusals import RefusalCode, Refused
from domain.rules import Rules
from kiosk.desk.answers import ResidentHere
from kiosk.desk.consent import consent, withdraw
from kiosk.desk.recognise import recognise
from kiosk.journal.verify import verify
from tests.faults.oracle import said
from tests.support.desk import CHEN_CARD, HE, TestDesk, card_code, digest

WU = ResidentId("wu")
WU_CARD = card_code(b"w" * 8)


def wu(notice: int = 0) -> ResidentListed:
    return ResidentListed(WU, "吴*贵", (digest(b"w" * 8),), notice=notice)


@pytest.fixture
def desk(tmp_path: Path) -> TestDesk:
    made = TestDesk(tmp_path)
    made.receive([wu()])
    return made


def asked(desk: TestDesk, card: str = WU_CARD) -> int:
    found = recognise(desk.parts, card)
    assert isinstance(found, ResidentHere)
    return found.notice


def test_asked_once_and_never_again(desk: TestDesk) -> None:
    assert asked(desk) == 1
    assert consent(desk.parts, WU, 1) is None
    assert consent(desk.parts, WU, 1) is None
    assert asked(desk) == 0
    assert said(desk.journal, ConsentGiven) == 1
    desk.reopen()
    assert asked(desk) == 0


def test_another_notice_is_shown_again(desk: TestDesk) -> None:
    consent(desk.parts, WU, 1)
    desk.rules = Rules(notice=2)
    assert asked(desk) == 2
    desk.rules = Rules(notice=0)
    assert asked(desk) == 0


def test_who_agreed_elsewhere_or_on_paper_is_not_asked(desk: TestDesk) -> None:
    assert asked(desk, CHEN_CARD) == 0
    desk.receive([wu(notice=1)])
    assert asked(desk) == 0
    assert verify(desk.journal).faults == ()


def test_a_listing_from_before_the_office_heard_of_it_asks_nobody_again(desk: TestDesk) -> None:
    consent(desk.parts, WU, 1)
    desk.receive([wu()])
    assert asked(desk) == 0
    desk.receive([wu(notice=1), wu(notice=1)])
    assert asked(desk) == 0
    assert verify(desk.journal).faults == ()


def test_who_withdrew_is_asked_before_the_next_visit(desk: TestDesk) -> None:
    desk.receive([wu(notice=1)])
    assert withdraw(desk.parts, WU) is None
    assert asked(desk) == 1
    desk.receive([wu(notice=1)])  # the office has not heard of it yet
    assert asked(desk) == 1
    desk.receive([wu()])
    assert asked(desk) == 1
    assert said(desk.journal, ConsentWithdrawn) == 1
    assert verify(desk.journal).faults == ()


def test_what_was_said_beside_staff_without_a_card_names_them(desk: TestDesk) -> None:
    assert consent(desk.parts, WU, 1, StaffId("nobody")) == Refused(RefusalCode.STAFF_ONLY)
    assert withdraw(desk.parts, WU, StaffId("nobody")) == Refused(RefusalCode.STAFF_ONLY)
    assert said(desk.journal, ConsentGiven) == said(desk.journal, ConsentWithdrawn) == 0
    assert consent(desk.parts, WU, 1, HE) is None
    assert withdraw(desk.parts, WU, HE) is None
    written = [fact_of(decode_entry(data), UP) for _, data, _ in desk.journal.chain.read()]
    assert ConsentGiven(WU, 1, HE) in written
    assert ConsentWithdrawn(WU, HE) in written
    assert verify(desk.journal).faults == ()


def test_a_withdrawal_elsewhere_counts_here(desk: TestDesk) -> None:
    consent(desk.parts, WU, 1)
    desk.receive([wu(notice=1), wu()])
    assert asked(desk) == 1
    assert verify(desk.journal).faults == ()


def test_of_somebody_who_was_erased_nothing_stays(desk: TestDesk) -> None:
    consent(desk.parts, WU, 1)
    desk.receive([ResidentErased(WU)])
    assert desk.journal.awards.notice(WU) == 0
    assert verify(desk.journal).faults == ()
