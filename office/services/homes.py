"""Where a resident's points lie: another home station, and what lies idle elsewhere, by the office's clock."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import F, Sum

from domain.ids import ResidentId
from domain.rights import RightKey, points_of
from office.books.models import Correction, Counter, Grant, Resident, Station, Voucher
from office.faults import Unknown
from office.rules import purse as rule
from office.services.bounds import REASON_MAX, check_text
from office.services.down import lock_all
from office.services.errands import leave
from office.services.parts import Parts
from office.services.people import tell_stations
from office.services.purses import limit_owner, open_purse
from office.services.rules import rules_now
from office.services.settling import lock_people, locked_purse, settle_open

AVAILABLE = F("granted") + F("earned") - F("spent") + F("refunded") - F("returned")


def move_home(parts: Parts, resident: str, station: str, reason: str) -> int:
    """Give a resident another home: what lies elsewhere is asked back, what is free goes there; return how much did.

    The rest follows by itself as it comes back. Raises ``OfficeError``.
    """
    check_text("reason", reason, REASON_MAX)
    with transaction.atomic():
        lock_all()
        if not Station.objects.filter(pk=station).exists():
            raise Unknown(f"no station {station}; office stations lists them")
        thing = points_of(ResidentId(resident))
        lock_people(thing)
        row = Resident.objects.filter(pk=resident, erased_at=None).first()
        if row is None:
            raise Unknown(f"no resident {resident!r}; the pages list them")
        row.home_id = station
        row.save(update_fields=["home"])
        tell_stations(parts, row)
        purse = locked_purse(parts, thing)
        assert purse is not None
        gone = settle_open(purse, reason)
        purse.recall(rule.bring_home(purse.purse, station, frozenset(purse.stations)), reason)
        _move_allowances(parts, row)
    return gone


def _move_allowances(parts: Parts, row: Resident) -> None:
    prefixes = {f"limit/{row.pk}/", f"limit/{limit_owner(row)}/"}
    for prefix in sorted(prefixes):
        things = Counter.objects.filter(thing__startswith=prefix).values_list("thing", flat=True)
        for thing in sorted(set(things)):
            leave(parts, "home", thing)
    leave(parts, "limits", limit_owner(row))


def bring_home(parts: Parts, thing: RightKey, reason: str, *, idle: frozenset[str] | None = None) -> None:
    """Ask back what lies at stations other than home: at those that are idle, or at all."""
    with transaction.atomic():
        purse = open_purse(parts, thing)
        if purse is not None:
            stations = frozenset(purse.stations) if idle is None else idle
            purse.recall(rule.bring_home(purse.purse, purse.owner.home, stations), reason)


def idle_places(parts: Parts) -> dict[str, frozenset[str]]:
    """Return where points and allowances lie that nobody fetched or spent for so long: stations by right."""
    since = parts.now() - timedelta(days=rules_now(parts).idle_days)
    rows = Counter.objects.alias(left=AVAILABLE).filter(left__gt=0, epoch=F("station__epoch"), granted__gt=0)
    homes = dict(Resident.objects.exclude(home=None).values_list("pk", "home_id"))
    lately = set(Grant.objects.filter(at__gt=since).values_list("station_id", "thing"))
    bought = set(Voucher.objects.filter(received_at__gt=since).values_list("station_id", "resident").distinct())
    found: dict[str, set[str]] = {}
    for prefix in ("points/", "limit/"):
        for station, thing in rows.filter(thing__startswith=prefix).values_list("station_id", "thing").iterator():
            person = thing.split("/")[1]
            if homes.get(person) != station and not {(station, thing)} & lately and (station, person) not in bought:
                found.setdefault(thing, set()).add(station)
    return {thing: frozenset(stations) for thing, stations in found.items()}


def with_something_free(things: set[str] | None = None) -> list[RightKey]:
    """Return the points of which the office holds some, or is owed some: of these residents, or of all.

    Of those who have no home nothing is filled up, but what is owed is owed, and what an account has that was merged
    is another's.
    """
    out = Counter.objects.filter(thing__startswith="points/")
    people = Resident.objects.exclude(home=None).filter(erased_at=None)
    if things is not None:
        out = out.filter(thing__in=things)
        people = people.filter(pk__in=[thing.partition("/")[2] for thing in things])
    held = dict(out.values_list("thing").annotate(held=Sum(F("granted") - F("returned"))))
    rights = [(points_of(ResidentId(pk)), given - burnt) for pk, given, burnt in people.values_list(
        "pk", "credits", "burnt"
    )]  # fmt: skip
    owing = Correction.objects.filter(points__gt=F("burnt") + F("absorbed")).values_list("resident_id", flat=True)
    owed = [right for right in map(points_of, map(ResidentId, owing)) if things is None or right in things]
    merged = [
        points_of(ResidentId(pk)) for pk in Resident.objects.exclude(merged_into=None).values_list("pk", flat=True)
    ]
    lies = out.alias(left=AVAILABLE).filter(left__gt=0, epoch=F("station__epoch"), thing__in=merged)
    owed += map(RightKey, lies.values_list("thing", flat=True))
    return list(dict.fromkeys([right for right, ceiling in rights if ceiling > held.get(right, 0)] + owed))
