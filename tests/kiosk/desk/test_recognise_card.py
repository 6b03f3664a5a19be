"""Whose ID card is it? The digest that the office listed, and nothing else, says so."""

from __future__ import annotations

from domain.facts import ResidentListed, StaffListed
from domain.ids import ResidentId, StaffId
from domain.recognise import id_card_digest
from domain.refusals import RefusalCode, Refused
from kiosk.desk.answers import ResidentHere, UnknownCard
from kiosk.desk.recognise import recognise_card
from tests.support.desk import TestDesk

NUMBER = "10990119480312026" + "4"


def test_a_listed_one_is_recognised_a_blocked_one_refused_and_staff_need_their_badge(desk: TestDesk) -> None:
    digest = id_card_digest(desk.parts.pepper, NUMBER)
    assert recognise_card(desk.parts, digest) == UnknownCard((digest,), id_card=True)
    assert recognise_card(desk.parts, digest, 2012) == UnknownCard((digest,), id_card=True, minor=True)
    assert recognise_card(desk.parts, digest, 2011) == UnknownCard((digest,), id_card=True, minor=False)
    desk.receive([ResidentListed(ResidentId("r9"), "王*", (digest,))])
    here = recognise_card(desk.parts, digest)
    assert isinstance(here, ResidentHere)
    assert (here.resident, here.minor) == ("r9", None)
    for year, minor in ((2012, True), (2011, False)):  # who needs a guardian is one to nobody
        known = recognise_card(desk.parts, digest, year)
        assert isinstance(known, ResidentHere)
        assert known.minor is minor
    desk.receive([ResidentListed(ResidentId("r9"), "王*", (), (digest,))])
    assert recognise_card(desk.parts, digest) == Refused(RefusalCode.CARD_BLOCKED)
    desk.receive([StaffListed(StaffId("s9"), "王静", "站长", (digest,))])
    assert recognise_card(desk.parts, digest) == Refused(RefusalCode.CARD_UNKNOWN)


def test_the_last_letter_may_be_written_small() -> None:
    from domain.identity_digest import Pepper

    pepper = Pepper(1, b"p" * 32)
    assert id_card_digest(pepper, "11010519491231002x") == id_card_digest(pepper, "11010519491231002X")
