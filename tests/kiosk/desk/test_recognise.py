from __future__ import annotations

from domain.card import CardKind
from domain.refusals import RefusalCode, Refused
from kiosk.desk.answers import ResidentHere, StaffHere, UnknownCard
from kiosk.desk.recognise import recognise
from sync.identity import SigningKey
from tests.support.desk import CHEN_CARD, HE, HE_BADGE, LOST_CARD, TestDesk, card_code, digest


def test_a_resident_with_points_and_what_is_here(desk: TestDesk) -> None:
    here = recognise(desk.parts, CHEN_CARD)
    assert isinstance(here, ResidentHere)
    assert (here.name, here.points, here.stock) == ("陈*芳", 380, {101: 2})
    assert here.catalogue.version == 1


def test_staff_by_badge(desk: TestDesk) -> None:
    assert recognise(desk.parts, HE_BADGE) == StaffHere(HE, "何静")


def test_a_residents_card_with_the_number_of_a_badge_opens_nothing(desk: TestDesk) -> None:
    assert recognise(desk.parts, card_code(b"h" * 8, CardKind.RESIDENT)) == Refused(RefusalCode.CARD_UNKNOWN)


def test_cards_that_are_not_taken(desk: TestDesk) -> None:
    forger = SigningKey(1, b"f" * 32)
    unknown_key = SigningKey(2, b"o" * 32)
    assert recognise(desk.parts, "YZC1:RUBBISH") == Refused(RefusalCode.CARD_MALFORMED)
    assert recognise(desk.parts, card_code(b"c" * 8, key=forger)) == Refused(RefusalCode.CARD_FORGED)
    assert recognise(desk.parts, card_code(b"c" * 8, key=unknown_key)) == Refused(RefusalCode.CARD_FORGED)
    assert recognise(desk.parts, card_code(b"c" * 8, county="340124")) == Refused(RefusalCode.CARD_ELSEWHERE)
    assert recognise(desk.parts, card_code(b"n" * 8)) == UnknownCard((digest(b"n" * 8),), id_card=False)
    assert recognise(desk.parts, LOST_CARD) == Refused(RefusalCode.CARD_BLOCKED)


def test_without_a_catalogue_nobody_is_sent_on(desk: TestDesk) -> None:
    desk.catalogue = None
    assert recognise(desk.parts, CHEN_CARD) == Refused(RefusalCode.CATALOGUE_MISSING)
