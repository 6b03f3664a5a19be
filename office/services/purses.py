"""A purse with its locks: the owner's row first, then the stations' rows in the order of their ids.

Whoever holds a purse knows all that is out, and nobody else grants from it: the rule of docs/sync.md is kept here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from domain.calendar import day_of
from domain.facts import Granted, RecallAsked
from domain.ids import ResidentId
from domain.rights import AMOUNT_MAX, Counters, RightKey, points_of
from office.books.models import Counter, Grant, Household, Neighbour, Recall, Resident, Station
from office.faults import NotGranted
from office.rules import purse as rule
from office.rules.allowances import ceiling_of
from office.services.down import append_to
from office.services.granted import note_grant
from office.services.parts import Parts
from office.services.rules import rules_now
from sync.fault_points import point


@dataclass
class Owner:
    """Whose purse it is: a resident's, or a household's allowance. ``home``: the station where it should lie."""

    row: Resident | Household
    home: str
    ceiling: int


@dataclass
class OpenPurse:
    """A purse whose owner and stations are locked until the transaction ends."""

    parts: Parts
    thing: RightKey
    owner: Owner
    stations: dict[str, Station]
    purse: rule.Purse

    def grant(self, station: str, amount: int, reason: str) -> None:
        """Grant to the present life of a station. Raises ``NotGranted`` for more than is free."""
        if not 0 < amount <= self.purse.free:
            raise NotGranted(f"{self.thing}: {amount} asked for, {self.purse.free} are free to be handed to a station")
        grant_right(self.parts, self.stations[station], self.thing, amount, reason)
        self.look()

    def may_grant(self, station: str) -> bool:
        """Whether the present life of a station is open."""
        row = self.stations.get(station)
        return row is not None and is_open(row, row.epoch)

    def recall(self, recalls: Iterable[rule.Recall], reason: str) -> None:
        """Ask back."""
        for one in recalls:
            ask_back(self.parts, self.stations[one.station], self.thing, one.amount, reason)
        self.look()

    def look(self) -> None:
        """Read what is out once more."""
        self.purse = _purse(self.thing, self.owner, self.stations)

    def on_its_way(self, station: str) -> bool:
        """Whether a grant was written that the station has not acknowledged: a wish may be older than it."""
        row = self.stations[station]
        mine = Grant.objects.filter(station=row, epoch=row.epoch, thing=self.thing, down_epoch=row.down_epoch)
        return mine.filter(number__gt=row.down_acked).exists()


def open_purse(parts: Parts, thing: RightKey, *also: str) -> OpenPurse | None:
    """Lock a purse, and beside its own stations those of ``also``; ``None`` if it is nobody's.

    The caller is in a transaction, and holds no station's row.
    """
    owner = _owner(parts, thing)
    if owner is None:
        return None
    names = set(Counter.objects.filter(thing=thing).values_list("station_id", flat=True)) | {*also, owner.home} - {""}
    rows = Station.objects.select_for_update(no_key=True).filter(pk__in=names).order_by("pk")
    stations = {row.pk: row for row in rows}
    return OpenPurse(parts, thing, owner, stations, _purse(thing, owner, stations))


def grant_right(parts: Parts, row: Station, thing: RightKey, amount: int, reason: str) -> None:
    """Write a grant to a station whose row is locked. Raises ``NotGranted`` unless its present life is open."""
    if not is_open(row, row.epoch):
        raise NotGranted(f"station {row.pk} epoch {row.epoch} is {row.life}: nothing is granted to it")
    counter, _ = Counter.objects.get_or_create(station=row, epoch=row.epoch, thing=thing)
    if counter.granted + amount > AMOUNT_MAX:
        raise NotGranted(f"{thing}: the total would pass {AMOUNT_MAX}")
    counter.granted += amount
    counter.save(update_fields=["granted"])
    point("grant.counted")
    note_grant(parts, row, thing, counter.granted)
    append_to(parts, row, [Granted(right=thing, total=counter.granted, epoch=row.epoch)])
    Grant.objects.create(
        station=row,
        epoch=row.epoch,
        thing=thing,
        amount=amount,
        total=counter.granted,
        reason=reason,
        by=parts.by,
        at=parts.now(),
        down_epoch=row.down_epoch,
        number=row.down_last,
    )


def ask_back(parts: Parts, row: Station, thing: RightKey, amount: int, reason: str) -> None:
    """Ask the present life of a station, whose row is locked, to return so much more than it was asked before."""
    recall, _ = Recall.objects.get_or_create(station=row, epoch=row.epoch, thing=thing, defaults={"at": parts.now()})
    recall.asked += amount
    recall.reason, recall.by, recall.at = reason, parts.by, parts.now()
    recall.save(update_fields=["asked", "reason", "by", "at"])
    point("recall.counted")
    append_to(parts, row, [RecallAsked(right=thing, asked=recall.asked, epoch=row.epoch)])


def is_open(row: Station, epoch: int) -> bool:
    """Whether this is the life of a station that may be granted to and asked."""
    return row.epoch == epoch and row.life == "open"


def household_key(household: int) -> str:
    """Return how limits name a household."""
    return f"h{household}"


def limit_owner(resident: Resident) -> str:
    """Return under whom a resident's limits are counted."""
    return resident.pk if resident.household_id is None else household_key(resident.household_id)


def _owner(parts: Parts, thing: RightKey) -> Owner | None:
    kind, _, rest = thing.partition("/")
    name = rest.partition("/")[0]
    if kind == "limit" and name.startswith("h") and name[1:].isdecimal() and len(name) < 11:
        household = Household.objects.select_for_update(no_key=True).filter(pk=int(name[1:])).first()
        if household is None:
            return None
        return Owner(household, _home_of(household), _allowance(parts, thing, None))
    if kind not in ("points", "limit"):
        return None
    row = Resident.objects.select_for_update(no_key=True).filter(pk=name).first()
    if row is None:
        return None
    closed = row.erased_at is not None or row.merged_into_id is not None
    home = "" if row.home_id is None or closed else row.home_id
    if kind == "limit":
        return Owner(row, home, _allowance(parts, thing, row))
    return Owner(row, home, row.ceiling) if thing == points_of(ResidentId(row.pk)) else None


def _home_of(household: Household) -> str:
    """Where a household's allowances lie: at the home of the first of its people who has one."""
    people = Resident.objects.filter(household=household, erased_at=None).exclude(home=None)
    return people.order_by("pk").values_list("home_id", flat=True).first() or ""


def _allowance(parts: Parts, thing: RightKey, resident: Resident | None) -> int:
    today = day_of(parts.system.now_ms())
    limit = thing.split("/")[2] if thing.count("/") == 3 else ""
    proxied = False
    if resident is not None and limit.startswith("by-"):
        live = Q(until=None) | Q(until__gte=parts.now().date())
        proxied = Neighbour.objects.filter(live, resident=resident, neighbour_id=limit[3:], spend=True).exists()
    elif resident is not None and resident.household_id is not None:
        return 0  # counted under the household
    return ceiling_of(rules_now(parts), thing, today, proxied=proxied)


def _purse(thing: RightKey, owner: Owner, stations: dict[str, Station]) -> rule.Purse:
    """``blocked`` after a restore: a station that was not heard yet may hold the very thing."""
    return rule.Purse(owner.ceiling, _held(thing, stations), Station.objects.exclude(unmerged=0).exists())


def _held(thing: RightKey, stations: dict[str, Station]) -> tuple[rule.Held, ...]:
    recalls = {(row.station_id, row.epoch): row for row in Recall.objects.filter(thing=thing)}
    held = []
    # A station that is not locked holds nothing that was granted: an award made its counters just now.
    for row in Counter.objects.filter(thing=thing, station__in=stations).order_by("station_id", "epoch"):
        recall, station = recalls.get((row.station_id, row.epoch)), stations[row.station_id]
        counters = Counters(row.granted, row.earned, row.spent, row.refunded, row.returned)
        asked, answered = (0, 0) if recall is None else (recall.asked, recall.answered)
        alive = is_open(station, row.epoch)
        held.append(rule.Held(row.station_id, row.epoch, counters, asked, answered, alive, station.connected))
    return tuple(held)
