"""What the office asks of a station and the station answers: points handed back, people forgotten."""

from __future__ import annotations

from pathlib import Path

from domain.facts import ResidentForgotten, Returned
from domain.ids import ResidentId
from domain.rights import points_of
from kiosk.desk.answers import Issued
from kiosk.journal.journal import Journal, connection_of
from tests.faults.at_the_office import meet
from tests.faults.desk import AtDesk
from tests.faults.oracle import said
from tests.faults.places import CHEN, STATION, Ends, Place, begin
from tests.faults.scenario import scenario
from tests.faults.staff import settled

REASONS = ("记错一", "记错二", "记错三", "记错四")
BACK, GIVEN = 30, 500
NAME = "陈*芳"  # as it stands on the papers
GONE = tuple(ResidentId(f"gone-{number}") for number in range(1, 5))


def papers_of(journal: Journal) -> list[str]:
    rows = connection_of(journal).execute("SELECT CAST(content AS TEXT) FROM print_jobs")
    return [str(content) for (content,) in rows]


@scenario("recall", "recall", "return", "correction", "errand")
class Recall:
    """Points that lie at the station are asked back, handed back once, and burnt once."""

    def prepare(self, root: Path) -> None:
        begin(root)

    def play(self, root: Path, life: int) -> None:
        from office.books.models import Correction
        from office.services.corrections import take_back

        place = Place(root, life)
        ends = Ends(place)
        for reason in REASONS:
            if not Correction.objects.filter(reason=reason).exists():
                take_back(place.office(), CHEN, BACK, reason)
            ends.until(lambda _journal: all(row.owed == 0 for row in Correction.objects.all()))
        ends.close()

    def check(self, root: Path) -> None:
        from office.books.models import Correction, Resident

        journal = settled(root)
        chen, all_back = Resident.objects.get(pk=CHEN), BACK * len(REASONS)
        assert sorted(Correction.objects.values_list("reason", "burnt")) == sorted((one, BACK) for one in REASONS)
        assert (chen.credits, chen.burnt) == (GIVEN, all_back)
        points = journal.rights.get(points_of(CHEN))
        assert (points.returned, points.available) == (all_back, GIVEN - all_back), points
        assert said(journal, Returned) == len(REASONS)
        journal.close()


@scenario("forget", "erase", "forget")
class Forget:
    """Who is erased at the office is gone from the station, papers too, and the station says so once."""

    def prepare(self, root: Path) -> None:
        from office.books.models import Resident
        from office.services.grants import give_points
        from office.services.people import tell_stations

        begin(root)
        place = Place(root, 0)
        for resident in GONE:
            tell_stations(place.office(), Resident.objects.create(id=resident, name="李长根", home_id=STATION))
            give_points(place.office(), resident, BACK, "第一天")
        meet(place)
        desk = AtDesk(place)
        for resident in GONE:
            assert isinstance(desk.redeem(f"of {resident}", resident), Issued)
        assert all(NAME in content for content in papers_of(desk.journal))
        desk.close()
        meet(place)

    def play(self, root: Path, life: int) -> None:
        from office.books.models import Resident
        from office.services.erasing import ask_erasure, confirm_erasure

        place = Place(root, life)
        ends = Ends(place)
        for resident in GONE:
            if Resident.objects.get(pk=resident).erased_at is None:
                confirm_erasure(place.office(), ask_erasure(place.office(), resident, "本人要求").pk)
            ends.until_in_step()
        ends.close()

    def check(self, root: Path) -> None:
        from office.books.models import Erasure

        journal = settled(root)
        assert said(journal, ResidentForgotten) == len(GONE)
        assert all(journal.people.resident(resident) is None for resident in GONE)
        contents = papers_of(journal)
        assert len(contents) == len(GONE)
        assert not any(NAME in content for content in contents)
        assert Erasure.objects.filter(confirmed_at=None).count() == 0
        assert Erasure.objects.count() == len(GONE)
        journal.close()
