"""What the commands about people's and stations' rights do."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from rich.markup import escape

from office.cli.output import say, say_json
from office.cli.rules import parts_of
from office.faults import Unknown
from office.home import home
from office.setup import setup

if TYPE_CHECKING:
    from office.books.models import Resident


def give_budget(station: str, points: int, reason: str, by: str) -> None:
    """Grant a budget."""
    parts = parts_of(by)
    from office.services.grants import grant_budget

    grant_budget(parts, station, points, reason)
    say(f"[green]✓[/] {station} may award {points} points more")


def change_home(resident: str, station: str, reason: str, by: str) -> None:
    """Move somebody."""
    parts = parts_of(by)
    from office.services.homes import move_home

    row = one(resident)
    gone = move_home(parts, row.pk, station, reason)
    say(f"[green]✓[/] {escape(row.name)}: home is {station}; {gone} points went there, the rest follows by itself")


def take_points_back(resident: str, points: int, reason: str, by: str) -> None:
    """Take back."""
    parts = parts_of(by)
    from office.services.corrections import take_back

    row = take_back(parts, one(resident).pk, points, reason)
    say(f"[green]✓[/] {row.burnt} taken back, {row.owed} owed: what stations have of it is asked back (office owed)")


def list_owed(*, json: bool) -> None:
    """Print receivables."""
    home().require()
    setup()
    from office.services.corrections import receivables

    rows = receivables()
    if json:
        names = ("pk", "resident_id", "points", "burnt", "owed", "reason", "by")
        say_json([{name: getattr(row, name) for name in names} for row in rows])
        return
    say(*(f"{row.pk}  {escape(row.resident.name)}  {row.owed} of {row.points}  {escape(row.reason)}" for row in rows))
    say(f"{len(rows)} open")


def give_up(correction: int, reason: str, by: str) -> None:
    """Write off."""
    parts = parts_of(by)
    from office.services.corrections import absorb

    say(f"[green]✓[/] {absorb(parts, correction, reason).absorbed} points are given up")


def merge_accounts(resident: str, into: str, reason: str, by: str) -> None:
    """Merge two."""
    parts = parts_of(by)
    from office.services.corrections import merge

    burnt = merge(parts, one(resident).pk, one(into).pk, reason)
    say(f"[green]✓[/] {burnt} points went over; what lies at stations follows as they return it")


def let_come(resident: str, neighbour: str, until: datetime | None, by: str, *, spend: bool, collect: bool) -> None:
    """Set a neighbour."""
    parts = parts_of(by)
    from office.services.people import set_neighbour

    day = None if until is None else until.date()
    row = set_neighbour(parts, one(resident).pk, one(neighbour).pk, spend=spend, collect=collect, until=day)
    say("[green]✓[/] " + ("no more" if row is None else f"spend: {row.spend}, collect: {row.collect}"))


def take_pin(resident: str, reason: str, by: str) -> None:
    """Reset a PIN."""
    parts = parts_of(by)
    from office.services.pins import reset_pin

    row = one(resident)
    reset_pin(parts, row.pk, reason)
    say(f"[green]✓[/] {escape(row.name)}: no PIN any more, as soon as the stations have heard of it")


def honour_voucher(voucher: str, station: str, fate: str, by: str) -> None:
    """Write a fate."""
    parts = parts_of(by)
    from office.services.partners import find_partner_voucher, write_fate

    row = write_fate(parts, find_partner_voucher(voucher, station), fate)
    say(f"[green]✓[/] {escape(str(row))}: {row.fate}")


def erase_resident(resident: str, reason: str, confirm: int, decline: int, by: str) -> None:
    """List, ask, decline or do."""
    parts = parts_of(by)
    from office.services.erasing import ask_erasure, confirm_erasure, decline_erasure, open_erasures

    if confirm:
        row = confirm_erasure(parts, confirm)
        say(f"[green]✓[/] {row.resident} is erased here; the pages show which stations have done it")
    elif decline:
        decline_erasure(parts, decline, reason)
        say(f"[green]✓[/] {decline} is declined")
    elif resident:
        asked = ask_erasure(parts, one(resident).pk, reason)
        say(f"{asked.pk}: nothing is gone yet. To do it, for good:  office erase --confirm {asked.pk}")
    else:
        say(*(f"{row.pk}  {row.resident}  {escape(row.reason)}  {row.by}" for row in open_erasures()))
        say(f"{open_erasures().count()} wait")


def one(resident: str) -> Resident:
    """Return who has that id or, if it is one person's alone, that name. Raises ``Unknown``."""
    from office.books.models import Resident

    found = list(Resident.objects.filter(pk=resident)) or list(Resident.objects.filter(name=resident)[:20])
    if len(found) != 1:
        which = ", ".join(f"{row.name} {row.pk}" for row in found)
        raise Unknown(f"{resident}: {'several residents: ' + which if found else 'no resident of that name or id'}")
    return found[0]
