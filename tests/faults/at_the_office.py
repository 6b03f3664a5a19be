"""What people do at the office: give points, publish, announce and use the next key, take a certificate back, begin."""

from __future__ import annotations

import json
from pathlib import Path

from tests.faults.oracle import check_together
from tests.faults.places import CHEN, STATION, Ends, Place, begin
from tests.faults.scenario import scenario

GIVEN = (1, 2, 3, 4, 5)
VERSIONS = (2, 3, 4, 5)
NEW = ("张三", "李四", "王五")


def give_once(place: Place, reason: str, points: int = 1) -> None:
    """As somebody who looks first whether it was done."""
    from office.books.models import Credit
    from office.services.grants import give_points

    if not Credit.objects.filter(reason=reason).exists():
        give_points(place.office(), CHEN, points, reason)


def push_once(place: Place, version: int) -> None:
    """Publish a version unless it, or a newer one, is there."""
    from office.services.documents import newest

    if newest("catalogue") < version:
        place.push(version)


def meet(place: Place) -> None:
    """Let office and station come into step."""
    ends = Ends(place)
    ends.until_in_step()
    ends.close()


@scenario("grant")
class Give:
    def prepare(self, root: Path) -> None:
        begin(root)

    def play(self, root: Path, life: int) -> None:
        place = Place(root, life)
        for points in GIVEN:
            give_once(place, f"打扫 {points}", points)

    def check(self, root: Path) -> None:
        from office.books.models import Credit, Grant, Resident

        place = Place(root, 3)
        meet(place)
        check_together(place)
        for rows in (Credit.objects.filter(reason__startswith="打扫"), Grant.objects.filter(reason__startswith="打扫")):
            assert sorted(getattr(row, "points", getattr(row, "amount", 0)) for row in rows) == list(GIVEN)
        assert Resident.objects.get(pk=CHEN).credits == 500 + sum(GIVEN)


@scenario("push")
class Push:
    def prepare(self, root: Path) -> None:
        begin(root)

    def play(self, root: Path, life: int) -> None:
        place = Place(root, life)
        for version in VERSIONS:
            push_once(place, version)

    def check(self, root: Path) -> None:
        from office.books.models import DownEntry, Holding, Item

        place = Place(root, 3)
        meet(place)
        check_together(place)
        said = [bytes(data) for data in DownEntry.objects.values_list("data", flat=True)]
        assert sum(b'"document_announced"' in data for data in said) == 1 + len(VERSIONS)
        assert Item.objects.get(pk=101).points == Holding.objects.get().version == max(VERSIONS)


@scenario("import")
class Import:
    """People are taken in once, and the file with the codes of their cards has every one of them."""

    def prepare(self, root: Path) -> None:
        begin(root)

    def play(self, root: Path, life: int) -> None:
        from office.books.models import Resident
        from office.cli.people import import_file

        Place(root, life)
        for name in NEW:
            file = root / f"{name}.toml"
            file.write_text(f'[[resident]]\nname = "{name}"\npoints = 10\ncards = 2\n', encoding="utf-8")
            if not Resident.objects.filter(name=name).exists():
                import_file(file, STATION, root / f"{name}-{life}.cards", "tester")

    def check(self, root: Path) -> None:
        from domain.card import parse_code
        from domain.identity_digest import identity_digest
        from domain.recognise import SOURCE
        from office.books.models import Card, Resident

        place = Place(root, 3)
        meet(place)
        check_together(place)
        assert sorted(Resident.objects.filter(name__in=NEW).values_list("name", flat=True)) == sorted(NEW)
        codes = [row["code"] for file in root.glob("*.cards") for row in json.loads(file.read_bytes())]
        known = {identity_digest(place.office().pepper, SOURCE, parse_code(code)[0].number) for code in codes}
        assert set(Card.objects.values_list("digest", flat=True)) <= known
        assert Card.objects.count() == 2 * len(NEW)


@scenario("succession")
class Succession:
    def prepare(self, root: Path) -> None:
        begin(root)

    def play(self, root: Path, life: int) -> None:
        from office.home import home
        from office.services.succession import announce_successor, use_successor

        place = Place(root, life)
        if home().key_id() == 1:
            announce_successor(place.office())
            meet(place)
            use_successor()

    def check(self, root: Path) -> None:
        from office.home import home
        from office.services.grants import give_points

        place = Place(root, 3)
        assert (home().key_id(), home().key_ids()) == (2, [1, 2])
        give_points(place.office(), CHEN, 1, "新钥匙")
        meet(place)
        check_together(place)


@scenario("init")
class Init:
    """An office is made; half of one is completed, and no key is made twice."""

    def prepare(self, root: Path) -> None: ...

    def play(self, root: Path, life: int) -> None:
        from office.cli.initialise import initialise

        Place(root, life)
        initialise("admin", 1883, 8000)

    def check(self, root: Path) -> None:
        from django.contrib.auth.models import User

        from office.home import home
        from office.services.authority import authority
        from sync.certificate_reading import hosts_of

        place = Place(root, 3)
        assert User.objects.count() == 1
        assert place.office().signer.key_id == 1
        assert authority().key
        assert hosts_of(home().server_certificate.read_bytes())
        assert not home().reload_owed.exists()
