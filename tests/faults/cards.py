"""A card that is listed under an older pepper is known by the newest from the first reading on."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from domain.facts import CardRekeyed
from domain.identity_digest import Pepper
from domain.recognise import id_card_digest, id_card_digests
from domain.refusals import Refused
from kiosk.desk.recognise import recognise_card
from tests.faults.at_the_office import meet
from tests.faults.desk import AtDesk
from tests.faults.oracle import said
from tests.faults.places import CHEN, Place, begin
from tests.faults.scenario import scenario
from tests.faults.staff import settled

NUMBERS = ("11010519491231002X", "110105194912310038", "110105194912310046", "110105194912310054")


def pepper_of(place: Place, version: int) -> Pepper:
    return place.office().pepper if version == 1 else Pepper(version, bytes([version]) * 32)


@scenario("rekey", "rekey")
class Rekey:
    def prepare(self, root: Path) -> None:
        from office.books.models import Card, Resident
        from office.services.people import tell_stations

        begin(root)
        place = Place(root, 0)
        person = Resident.objects.get(pk=CHEN)
        for number in NUMBERS:
            digest = id_card_digest(place.office().pepper, number)
            Card.objects.create(digest=digest, resident=person, issued_at=place.office().now())
        tell_stations(place.office(), person)
        meet(place)

    def play(self, root: Path, life: int) -> None:
        place = Place(root, life)
        desk, old = AtDesk(place), pepper_of(place, 1)
        desk.parts = replace(desk.parts, pepper=pepper_of(place, 2), older=(old,))
        for number in NUMBERS:
            digests = id_card_digests((pepper_of(place, 2), old), number)
            assert not isinstance(desk.do(recognise_card, digests), Refused)
        desk.close()

    def check(self, root: Path) -> None:
        journal = settled(root)
        assert said(journal, CardRekeyed) == len(NUMBERS)
        for number in NUMBERS:
            assert journal.people.find(id_card_digest(pepper_of(Place(root, 3), 2), number)) is not None
        journal.close()
