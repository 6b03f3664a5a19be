"""``office enrol`` and ``office stations``."""

from __future__ import annotations

from pathlib import Path

from rich.markup import escape
from rich.table import Table

from config.office import OfficeSettings
from config.reading import read
from office.cli.output import console, say, say_json
from office.home import home
from office.setup import setup


def enrol_station(station: str, name: str, folder: Path, by: str) -> None:
    """Open a station's books and fill its folder."""
    home().require()
    setup()
    from office.services.enrol import enrol
    from office.services.machine import machine_parts

    row = enrol(machine_parts(by), station, name, read(home().settings, OfficeSettings).broker, folder)
    say(
        f"[green]✓[/] {escape(str(row))} epoch {row.epoch}: {row.down_last} entries wait for it",
        f"  carry {escape(str(folder))} to the station as its data folder; keep no copy",
        "  there:  kiosk migrate --create, then kiosk sync beside kiosk run",
    )


def list_stations(*, json: bool) -> None:
    """Print every station."""
    home().require()
    setup()
    from office.services.overview import overview

    rows = overview()
    if json:
        say_json([row.plain() for row in rows])
        return
    table = Table(box=None)
    for heading in ("station", "name", "epoch", "heard", "received", "on its way", "catalogue", "points left", "wrong"):
        table.add_column(heading, no_wrap=heading == "station")
    for row in rows:
        table.add_row(
            *(row.station, escape(row.name), str(row.epoch), row.heard, str(row.received), str(row.on_its_way)),
            *(escape(row.catalogue), str(row.exposure), escape(row.wrong)),
        )
    console.print(table if rows else "no stations yet; office enrol makes one")
