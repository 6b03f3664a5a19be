"""An office restored from a backup takes back what it forgot, and gives nobody anything twice."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import transaction
from django.db.models import F, Sum

from config.office import OfficeSettings
from config.reading import read
from domain.facts import EpochClosed
from domain.rights import points_of
from office.books.models import Counter, DownEntry, Life, Resident, Station
from office.faults import NotGranted
from office.home import home
from office.services.enrol import open_life
from office.services.grants import give_points
from office.services.homes import move_home
from office.services.invitations import invite
from office.services.recovering import blocked, finish, merge, recover, take_in
from office.services.releasing import release
from office.worker.lives import look_after
from office.worker.rights import Rights
from sync.chain import Direction, first_hash
from sync.store import Position
from tests.office.stations import Fleet
from tests.office.world import FIRST, SECOND, OfficeWorld
from tests.simulation.memory import MemoryStore

THIRD = "50019900100103"


def chen(office: OfficeWorld) -> str:
    return str(office.residents["陈桂芳"].pk)


class Later(MemoryStore):
    """A station that has begun the office's new life of its log."""

    @classmethod
    def of(cls, store: MemoryStore, station: str, epoch: int) -> Later:
        later = cls.__new__(cls)
        later.__dict__ |= store.__dict__
        later.began, later.peer = epoch, [first_hash(Direction.DOWN, station, epoch)]
        return later

    began: int

    def peer_head(self) -> Position:
        return Position(self.began, len(self.peer) - 1, self.peer[-1])


class Restore:
    """The books as they were, and what the stations hold that was written since."""

    def __init__(self, fleet: Fleet, since: Callable[[], object]) -> None:
        backup = transaction.savepoint()
        since()
        self.held = {
            name: [bytes(row.data) for row in DownEntry.objects.filter(station=name, epoch=1).order_by("number")]
            for name in (FIRST, SECOND)
        }
        transaction.savepoint_rollback(backup)
        self.fleet = fleet
        recover(fleet.world.parts, "试验")

    def merge(self, *stations: str) -> None:
        for name in stations:
            take_in(self.fleet.world.parts, name, 1, self.held[name])
            merge(self.fleet.world.parts, name)

    def hear(self) -> None:
        """Let all entries flow that the office had forgotten; the stations' logs go on with the office's new life."""
        for row in Station.objects.order_by("pk"):
            name, end = row.pk, self.fleet.world.ends[row.pk]
            end.store = end.log._store = Later.of(end.store, row.pk, row.down_epoch)
            self.fleet.world.logs[name] = self.fleet.world._log(name)
        self.fleet.run()


@pytest.fixture
def fleet(office: OfficeWorld) -> Fleet:
    fleet = Fleet(office, FIRST, SECOND)
    give_points(office.parts, chen(office), 100, "测试")
    fleet.run()
    return fleet


def out(office: OfficeWorld) -> int:
    rows = Counter.objects.filter(thing=points_of(chen(office)))  # type: ignore[arg-type]
    return int(rows.aggregate(out=Sum(F("granted") - F("returned")))["out"] or 0)


@pytest.mark.parametrize("order", [(FIRST, SECOND), (SECOND, FIRST)])
def test_points_that_moved_since_the_backup_are_not_credited_twice(
    office: OfficeWorld, fleet: Fleet, order: tuple[str, str]
) -> None:
    def since() -> None:
        move_home(office.parts, chen(office), SECOND, "搬家")
        fleet.run()

    restore = Restore(fleet, since)
    restore.merge(*order)
    finish(office.parts)
    restore.hear()
    assert not blocked()
    row = Resident.objects.get(pk=chen(office))
    assert (row.credits, out(office)) == (100, 100)


@pytest.mark.parametrize("order", [(FIRST, SECOND), (SECOND, FIRST)])
def test_points_given_since_the_backup_are_credited_once_wherever_they_went(
    office: OfficeWorld, fleet: Fleet, order: tuple[str, str]
) -> None:
    def since() -> None:
        give_points(office.parts, chen(office), 50, "测试")
        fleet.run()
        move_home(office.parts, chen(office), SECOND, "搬家")
        fleet.run()

    restore = Restore(fleet, since)
    restore.merge(*order)
    finish(office.parts)
    restore.hear()
    row = Resident.objects.get(pk=chen(office))
    assert (row.credits, out(office)) == (150, 150)


@pytest.mark.parametrize("station", [FIRST, THIRD])
def test_the_number_of_a_life_that_was_forgotten_is_not_given_again(
    office: OfficeWorld, fleet: Fleet, station: str
) -> None:
    given: set[int] = set()

    def since() -> None:
        for _ in range(3):
            given.add(open_life(office.parts, station, "驿站", "0a" * 32, "0b" * 32).epoch)

    Restore(fleet, since)
    again = open_life(office.parts, station, "驿站", "0c" * 32, "0d" * 32).epoch
    assert (len(given), again > max(given)) == (3, True)


@pytest.mark.parametrize("station", [FIRST, THIRD])
def test_a_life_that_began_after_the_backup_blocks_until_somebody_releases_it(
    office: OfficeWorld, fleet: Fleet, station: str
) -> None:
    def since() -> None:
        open_life(office.parts, station, "新站", "0a" * 32, "0b" * 32)
        Rights(office.parts).turn(0.0)

    restore = Restore(fleet, since)
    restore.merge(*(name for name in (FIRST, SECOND) if name != station))
    finish(office.parts)
    row = Station.objects.get(pk=station)
    assert (row.life, row.epoch, row.voucher_key) == ("fenced", 2 if station == FIRST else 1, "0a" * 32)
    with pytest.raises(NotGranted):
        give_points(office.parts, chen(office), 50, "测试")
    for life in Life.objects.filter(station=station, state="fenced"):
        assert blocked()
        release(office.parts, station, life.epoch, "看过了")
    finish(office.parts)
    assert not blocked()
    assert out(office) == (0 if station == FIRST else 100)  # without a life nothing is handed out at home


def test_after_a_forgotten_life_was_released_new_hardware_gets_a_life_of_its_own(
    office: OfficeWorld, fleet: Fleet
) -> None:
    def since() -> None:
        open_life(office.parts, FIRST, "新站", "0a" * 32, "0b" * 32)
        Rights(office.parts).turn(0.0)

    Restore(fleet, since).merge(SECOND)
    for life in Life.objects.filter(station=FIRST, state="fenced"):
        release(office.parts, FIRST, life.epoch, "看过了")
    settings = read(home().settings, OfficeSettings)
    row, _ = invite(office.parts, FIRST, "新站", settings, "新设备")
    assert (row.life, row.epoch > 2) == ("open", True)
    assert invite(office.parts, FIRST, "新站", settings)[0].epoch == row.epoch  # never used: the same life


def test_of_a_forgotten_life_that_had_ended_no_later_voucher_counts(office: OfficeWorld, fleet: Fleet) -> None:
    def since() -> None:
        for key in ("0a", "0b"):
            open_life(office.parts, FIRST, "驿站", key * 32, "0c" * 32)
            Rights(office.parts).turn(0.0)

    Restore(fleet, since).merge(SECOND)
    lives = Life.objects.filter(station=FIRST).order_by("epoch")
    assert list(lives.values_list("epoch", "state", "last_good")) == [
        (1, "fenced", 0),
        (2, "fenced", 0),
        (3, "fenced", None),
    ]


def test_a_life_that_a_station_began_by_itself_after_the_backup_is_asked_and_not_fenced(
    office: OfficeWorld, fleet: Fleet
) -> None:
    first = fleet.stations[FIRST]

    def since() -> None:
        first.write(EpochClosed("log.went_back"))
        office.talk(FIRST, 90.0)
        with office.stores[FIRST].transaction():
            office.stores[FIRST].begin(2)
        look_after(office.parts)
        Rights(office.parts).turn(0.0)

    restore = Restore(fleet, since)
    assert any(b"station_listed" in data for data in restore.held[SECOND])
    restore.merge(SECOND)
    row = Station.objects.get(pk=FIRST)
    assert (row.life, row.epoch, blocked()) == ("open", 1, True)


def test_new_hardware_while_recovering_waits_for_the_life_before_it_until_that_is_released(
    office: OfficeWorld, fleet: Fleet
) -> None:
    Restore(fleet, lambda: None).merge(SECOND)
    open_life(office.parts, FIRST, "驿站", "0a" * 32, "0b" * 32)
    merge(office.parts, FIRST)  # the new machine holds nothing, and says so
    assert blocked()
    release(office.parts, FIRST, 1, "卡坏了")
    finish(office.parts)
    assert not blocked()
    assert out(office) == 100
