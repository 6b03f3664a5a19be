"""``office lives``, ``fence``, ``release``, ``import-journal`` and ``claim``: how the lives of stations end."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from office.cli.options import By, Json, user
from office.cli.output import console, say, say_json
from office.home import home
from office.setup import setup

claim = typer.Typer(help="Late claims: what turned up after its rights were released.", no_args_is_help=True)

Station = Annotated[str, typer.Argument(help="The station's 14 digits.")]
Reason = Annotated[str, typer.Option(help="Why; it stands in the books.")]
Number = Annotated[int, typer.Argument(min=1, help="Number of the claim, as `office claim list` shows it.")]


def fence(
    station: Station,
    reason: Reason,
    by: By = "",
    *,
    stolen: Annotated[bool, typer.Option("--stolen", help="Take its certificates back at once, untold.")] = False,
) -> None:
    """End a station's present life: it sells nothing more once it hears that, and nothing more is taken from it.

    What it holds is frozen until its journal is imported or its rights are released.
    """
    _begin()
    from office.services.lives import fence as carry_out
    from office.services.machine import machine_parts
    from office.services.releasing import points_left

    life = carry_out(machine_parts(by or user()), station, reason, stolen=stolen)
    points = points_left(station, life.epoch)
    say(
        f"[green]✓[/] {station} epoch {life.epoch} is fenced; vouchers up to {life.last_good} count",
        f"  it can still spend {points} points until it hears of that",
        "  then: office import-journal PATH, or office release",
    )


def release(
    station: Station,
    epoch: Annotated[int, typer.Argument(min=1, max=65535, help="Which of its lives.")],
    reason: Reason,
    by: By = "",
) -> None:
    """Release what a fenced life holds. It is never taken back: whatever it spent unheard is a late claim then."""
    _begin()
    from office.services.machine import machine_parts
    from office.services.releasing import release as carry_out

    points = carry_out(machine_parts(by or user()), station, epoch, reason)
    say(f"[green]✓[/] {points} points of {station} epoch {epoch} are free again")


def import_journal(
    path: Annotated[Path, typer.Argument(exists=True, help="Stick, folder of a copy, or folder of the card.")],
    reason: Reason,
    by: By = "",
    station: Annotated[str, typer.Option(help="Where several lie on a stick: whose.")] = "",
    epoch: Annotated[int, typer.Option(min=0, max=65535, help="Where several lie on a stick: which life.")] = 0,
) -> None:
    """Take in the journal of a fenced life: what follows is applied, what is left returns, what differs is a claim."""
    _begin()
    from office.services.machine import machine_parts
    from office.worker.importing import import_journal as carry_out

    done = carry_out(machine_parts(by or user()), path, reason, station, epoch)
    say(
        f"[green]✓[/] {done.station} epoch {done.epoch}: {done.held} entries were held, {done.applied} applied"
        f" ({done.parked} of them parked), {done.claims} new late claims; it is {done.state}"
    )


def lives(station: Annotated[str, typer.Argument(help="Only this station's.")] = "", *, json: Json = False) -> None:
    """List every life of every station: how it stands, and what it could still spend."""
    _begin()
    from office.services.releasing import exposures

    rows = [row for row in exposures() if station in ("", row.station)]
    if json:
        say_json([{name: getattr(row, name) for name in row.__slots__} for row in rows])
        return
    table = Table("station", "epoch", "state", "points", "pieces", "budget", box=None)
    for row in rows:
        table.add_row(row.station, str(row.epoch), row.state, str(row.points), str(row.pieces), str(row.budget))
    console.print(table)


@claim.command(name="list")
def list_claims(*, json: Json = False) -> None:
    """List the late claims, open ones first."""
    _begin()
    from office.books.models import LateClaim

    rows = sorted(LateClaim.objects.all(), key=lambda row: (row.state != "open", row.pk))
    if json:
        names = ("pk", "station_id", "epoch", "number", "kind", "resident", "points", "why", "state", "by", "reason")
        say_json([{name: getattr(row, name) for name in names} for row in rows])
        return
    table = Table("claim", "station", "entry", "kind", "resident", "points", "why", "state", box=None)
    for row in rows:
        place = f"{row.epoch}-{row.number}"
        table.add_row(
            str(row.pk), row.station_id, place, escape(row.kind), escape(row.resident), str(row.points), row.why,
            row.state,
        )  # fmt: skip
    console.print(table)


@claim.command(name="accept")
def accept_claim(number: Number, reason: Reason, by: By = "") -> None:
    """Take what a claim spent back from its resident; what is not there is owed, in plain sight."""
    _begin()
    from office.services.claims import accept
    from office.services.machine import machine_parts

    row = accept(machine_parts(by or user()), number, reason)
    say(f"[green]✓[/] claim {row.pk}: {row.points} points are taken back from {escape(row.resident)}")


@claim.command(name="absorb")
def absorb_claim(number: Number, reason: Reason, by: By = "") -> None:
    """Bear what a claim spent: nobody's balance changes."""
    _begin()
    from office.services.claims import absorb
    from office.services.machine import machine_parts

    row = absorb(machine_parts(by or user()), number, reason)
    say(f"[green]✓[/] claim {row.pk}: {row.points} points borne")


def _begin() -> None:
    home().require()
    setup()


def recover(reason: Reason, by: By = "") -> None:
    """After the books were restored from a backup: take back from the stations what was forgotten, before all else.

    The worker begins by itself when a station shows that it knows more than the office.
    """
    _begin()
    from office.services.machine import machine_parts
    from office.services.recovering import recover as carry_out

    begun = carry_out(machine_parts(by or user()), reason)
    say(f"[green]✓[/] {len(begun)} stations are asked for what they hold ({escape(reason)})")
    say("  nothing is granted until each of them is heard, or its rights are released")
