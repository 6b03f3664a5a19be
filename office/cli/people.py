"""``office grant``, ``office stock`` and ``office import``."""

from __future__ import annotations

import json
from pathlib import Path

from django.db import transaction
from django.db.models import Q
from rich.markup import escape

from config.reading import read
from config.residents import DemoData
from domain.ids import ItemId
from domain.recognise import id_card_digest
from domain.rights import stock_of
from office.cli.output import say
from office.cli.rights import one
from office.faults import BundleInUse, Unknown
from office.home import home
from office.services.parts import Parts
from office.setup import setup
from sync.fault_points import point
from sync.identity import write_secret

_IMPORT = "导入"


def grant_points(resident: str, points: int, reason: str, by: str) -> None:
    """Give points to whoever has that id or, if it is one person's alone, that name."""
    parts = _parts(by)
    from office.services.grants import free_points, give_points

    row = give_points(parts, one(resident).pk, points, reason)
    where = "no home station: they stay at the office" if row.home is None else f"handed to {escape(str(row.home))}"
    say(f"[green]✓[/] {escape(row.name)}: +{points}, {row.credits} in all, {free_points(row)} at the office; {where}")


def grant_pieces(station: str, item: int, pieces: int, reason: str, by: str) -> None:
    """Tell a station of pieces."""
    parts = _parts(by)
    from office.services.grants import grant_stock

    grant_stock(parts, station, item, pieces, reason)
    say(f"[green]✓[/] {station}: item {item}: +{pieces}")


def import_file(file: Path, station: str, cards: Path, by: str) -> None:
    """Take in a file of people."""
    data = read(file, DemoData)
    parts = _parts(by)
    from office.books.models import Station

    if not Station.objects.filter(pk=station).exists():
        raise Unknown(f"no station {station}: enrol it first")
    if cards.exists():
        raise BundleInUse(f"{cards}: there is a file already; codes of cards are never written over")
    try:
        with transaction.atomic():
            known = _known(data, station)
            made = [*_residents(parts, data, station, known), *_staff(parts, data, station, known)]
            _stock(parts, data, station)
            # On the disk before the books say that there are such cards: their codes stand nowhere else.
            write_secret(cards, json.dumps(made, ensure_ascii=False, indent=2).encode())
            point("import.cards_written")
        point("import.after_commit")
    except BaseException:
        cards.unlink(missing_ok=True)  # codes of cards that were not taken in
        raise
    people = f"{len(data.residents)} residents, {len(data.staff)} staff"
    say(f"[green]✓[/] {people}; {len(made)} cards in {escape(str(cards))}")
    if known:
        say(f"  {len(known)} of them are in the books already and were left as they are: {escape(', '.join(known))}")


def _stock(parts: Parts, data: DemoData, station: str) -> None:
    from office.books.models import Grant
    from office.services.grants import grant_stock

    for item, pieces in data.stock.items():
        if pieces and not Grant.objects.filter(station=station, thing=stock_of(ItemId(item)), reason=_IMPORT).exists():
            grant_stock(parts, station, item, pieces, _IMPORT)


def _known(data: DemoData, station: str) -> list[str]:
    """Who is in the books already: by the ID card's digest of any version, else by the name at this station."""
    from office.books.models import Card, Resident, Staff

    names = set(Resident.objects.filter(home=station, erased_at=None).values_list("name", flat=True))
    peppers = home().peppers()
    digests = {
        person.name: {id_card_digest(pepper, person.id_number) for pepper in peppers}
        for person in data.residents
        if person.id_number is not None
    }
    listed: set[str] = set()
    for asked in digests.values():
        found = Card.objects.filter(Q(pk__in=asked) | Q(newer__in=asked))
        listed |= asked if found.exists() else set()
    known = [one.name for one in data.residents if digests.get(one.name, set()) & listed or one.name in names]
    staff = set(Staff.objects.values_list("name", "role"))
    return known + [one.name for one in data.staff if (one.name, one.role) in staff]


def _residents(parts: Parts, data: DemoData, station: str, known: list[str]) -> list[dict[str, object]]:
    from office.books.models import Resident
    from office.services.grants import give_points
    from office.services.people import agree_on_paper, list_id_card, make_card, tell_stations

    made: list[dict[str, object]] = []
    for person in data.residents:
        if person.name in known:
            continue
        row = Resident.objects.create(id=parts.new_id(), name=person.name, home_id=station)
        codes = [make_card(parts, station[:6], row) for _ in range(person.cards)]
        if person.id_number is not None:
            list_id_card(parts, row, person.id_number)
        if person.notice:
            agree_on_paper(parts, station, row.pk, person.notice)
        tell_stations(parts, row)
        if person.points:
            give_points(parts, row.pk, person.points, _IMPORT)
        made += [_card(row.pk, row.name, code, staff=False, points=person.points) for code in codes]
    return made


def _staff(parts: Parts, data: DemoData, station: str, known: list[str]) -> list[dict[str, object]]:
    from office.books.models import Staff
    from office.services.people import make_card, tell_stations

    made: list[dict[str, object]] = []
    for person in data.staff:
        if person.name in known:
            continue
        row = Staff.objects.create(id=parts.new_id(), name=person.name, role=person.role)
        code = make_card(parts, station[:6], row)
        tell_stations(parts, row)
        made.append(_card(row.pk, row.name, code, staff=True, points=0))
    return made


def _card(person: str, name: str, code: str, *, staff: bool, points: int) -> dict[str, object]:
    return {"id": person, "name": name, "code": code, "staff": staff, "points": points}


def _parts(by: str) -> Parts:
    setup()
    from office.services.machine import machine_parts

    return machine_parts(by)
