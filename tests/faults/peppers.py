"""The next version of the pepper is made, fetched by a station, and used, with a card that was read before."""

from __future__ import annotations

from pathlib import Path

from domain.card import parse_code
from domain.identity_digest import identity_digest
from domain.recognise import SOURCE
from kiosk import renewing
from tests.faults.at_the_office import meet
from tests.faults.enrolments import STATIONS, enrol, folder_of
from tests.faults.oracle import check_together
from tests.faults.places import CHEN, STATION, Place, begin
from tests.faults.scenario import scenario


def digests(root: Path) -> list[str]:
    """Of the one card, under every version of the office's."""
    from office.home import home

    number = parse_code((root / "code").read_text())[0].number
    return [identity_digest(pepper, SOURCE, number) for pepper in home().peppers()]


def renew(place: Place) -> None:
    """As ``kiosk renew`` does it, from wherever it was left."""
    from office.services.enrolling import answer
    from office.services.peppers import lacking

    folder = folder_of(place, STATIONS[0])
    if lacking(2) or folder.enrolling.exists():
        given = answer(place.office(), renewing.request(folder, place.system.random_bytes))
        assert isinstance(given, bytes), given
        renewing.take(folder, given, place.system.random_bytes)


@scenario("pepper")
class NextPepper:
    def prepare(self, root: Path) -> None:
        from office.books.models import Resident
        from office.services.people import make_card, tell_stations

        begin(root)
        place = Place(root, 0)
        enrol(place, STATIONS[0])
        chen = Resident.objects.get(pk=CHEN)
        (root / "code").write_text(make_card(place.office(), STATION[:6], chen))
        tell_stations(place.office(), chen)

    def play(self, root: Path, life: int) -> None:
        from office.home import home
        from office.services.peppers import make_next, use_next
        from office.services.rekeying import rekey_card, waiting

        place = Place(root, life)
        if home().pepper_version() == 1:
            make_next(place.office())
            renew(place)
            rekey_card(place.office(), *digests(root))
        if home().pepper_version() == 1 or waiting():
            use_next(place.office())

    def check(self, root: Path) -> None:
        from office.books.models import Card
        from office.home import home
        from office.services.peppers import lacking

        place = Place(root, 3)
        old, new = home().peppers()
        held = [path.read_bytes() for _, path in folder_of(place, STATIONS[0]).peppers()]
        assert (home().pepper(), held, lacking(2)) == (new, [new.secret, old.secret], [])
        assert list(Card.objects.values_list("pk", "resident")) == [(digests(root)[-1], CHEN)]
        meet(place)
        check_together(place)
