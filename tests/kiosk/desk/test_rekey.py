"""A card that is listed under an older pepper is known by the newest one after it was read once."""

from __future__ import annotations

from dataclasses import replace

from domain.entries import decode_entry
from domain.facts import UP, CardRekeyed, ResidentListed, fact_of
from domain.identity_digest import Pepper, identity_digest
from domain.recognise import id_card_digest, id_card_digests
from kiosk.desk.answers import ResidentHere
from kiosk.desk.recognise import recognise, recognise_card
from kiosk.journal.verify import verify
from tests.support.desk import CHEN, CHEN_CARD, LI, PEPPER, TestDesk, digest

NEWER = Pepper(2, b"q" * 32)
NUMBER = "11010519491231002X"


def both(desk: TestDesk) -> None:
    desk.parts = replace(desk.parts, pepper=NEWER, older=(PEPPER,))


def test_a_card_is_found_under_the_old_key_and_rekeyed_once(desk: TestDesk) -> None:
    both(desk)
    for _ in range(2):
        here = recognise(desk.parts, CHEN_CARD)
        assert isinstance(here, ResidentHere)
        assert here.resident == CHEN
    facts = [fact_of(decode_entry(data), UP) for _, data, _ in desk.journal.chain.read()]
    assert facts[1:] == [CardRekeyed(digest(b"c" * 8), identity_digest(NEWER, "card", b"c" * 8))]
    assert verify(desk.journal).faults == ()


def test_an_id_card_is_too(desk: TestDesk) -> None:
    desk.receive([ResidentListed(LI, "李*", (id_card_digest(PEPPER, NUMBER),))])
    both(desk)
    here = recognise_card(desk.parts, id_card_digests((NEWER, PEPPER), NUMBER))
    assert isinstance(here, ResidentHere)
    assert here.resident == LI
    assert desk.journal.people.find(id_card_digest(NEWER, NUMBER)) is not None
    assert verify(desk.journal).faults == ()


def test_a_card_may_pass_over_several_versions_before_the_office_lists_it_again(desk: TestDesk) -> None:
    newest = Pepper(3, b"r" * 32)
    both(desk)
    assert isinstance(recognise(desk.parts, CHEN_CARD), ResidentHere)
    desk.parts = replace(desk.parts, pepper=newest, older=(NEWER, PEPPER))
    assert isinstance(recognise(desk.parts, CHEN_CARD), ResidentHere)
    assert desk.journal.people.find(identity_digest(newest, "card", b"c" * 8)) is not None
    assert verify(desk.journal).faults == ()


def test_a_card_is_known_under_the_old_key_while_nothing_may_be_written(desk: TestDesk) -> None:
    both(desk)
    with desk.journal.transaction("alarm"):
        desk.journal.office.raise_alarm("station.fenced", "")
    assert isinstance(recognise(desk.parts, CHEN_CARD), ResidentHere)
    assert desk.journal.chain.head().number == 1
