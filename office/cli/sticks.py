"""``office stick``: entries carried by hand, both ways, for a station without a line."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from office.cli.options import By, user
from office.cli.output import say
from office.home import home
from office.setup import setup

stick = typer.Typer(help="Carry entries on a stick to and from a station without a line.", no_args_is_help=True)

Folder = Annotated[Path, typer.Argument(exists=True, file_okay=False, help="Folder on the stick.")]


@stick.command(name="write")
def write(
    folder: Folder, station: Annotated[str, typer.Argument(help="The station's 14 digits.")], by: By = ""
) -> None:
    """Write what a station has not acknowledged onto a stick. There: kiosk stick read."""
    home().require()
    setup()
    from office.services.machine import machine_parts
    from office.worker.carrying import write_stick

    count = write_stick(machine_parts(by or user()), folder, station)
    say(f"[green]✓[/] {count} entries for {station}; there:  kiosk stick read FOLDER")


@stick.command(name="read")
def read(folder: Folder, by: By = "") -> None:
    """Take in what open lives of stations wrote onto a stick. Of one that is fenced: office import-journal."""
    home().require()
    setup()
    from office.services.machine import machine_parts
    from office.worker.carrying import read_sticks

    for station, epoch, taken, code in read_sticks(machine_parts(by or user()), folder):
        say(f"[{'red' if code else 'green'}]{'✗' if code else '✓'}[/] {station} epoch {epoch}: {taken} new {code}")
