"""``office push``: all mistakes at once, then a live line a station."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from django.db import transaction
from rich.live import Live
from rich.markup import escape
from rich.table import Table

from config.mistakes import Mistake, SettingsError
from office.cli.output import console, say, say_json
from office.cli.rules import chosen
from office.home import home
from office.setup import setup
from office.system import Machine

LOOK_SECONDS = 0.2
_MARKS = {"taken": "[green]✓ taken[/]", "refused": "[bold red]✗ refused[/]", "waiting": "[yellow]… waiting[/]"}


def push_files(
    files: list[Path],
    pictures: Path | None,
    wait: float,
    by: str,
    at: datetime | None = None,
    to: Sequence[str] = (),
    county: str = "",
    *,
    json: bool,
) -> int:
    """Check every file, then publish; return 0 unless a station refused."""
    home().require()
    setup()
    from office.services.catalogue import Checked, changes, check_catalogue, push_catalogue
    from office.services.machine import machine_parts

    checked: list[Checked] = []
    mistakes: list[Mistake] = []
    for file in files:
        try:
            checked.append(check_catalogue(file, pictures))
        except SettingsError as error:
            mistakes += error.mistakes
    if mistakes:
        raise SettingsError(mistakes)
    parts = machine_parts(by)
    first = chosen(list(to), county)
    said: list[str] = []
    with transaction.atomic():  # all the files or none
        for one in checked:
            added, changed, gone = changes(one)
            document = push_catalogue(parts, one, at, first)
            what = f"version {document.version}, {len(one.written.items)} items" if document else "published before"
            said.append(f"[green]✓[/] {escape(str(one.file))}: {what}: {added} new, {changed} changed, {len(gone)} out")
            said += [f"  taken out: {escape(item)}" for item in gone]
    if not json:
        say(*said)
    return _watch(wait, json=json)


def _watch(wait: float, *, json: bool) -> int:
    from office.services.overview import overview

    machine = Machine()
    end = machine.monotonic() + wait
    with Live(console=console, auto_refresh=False, transient=False) as live:
        while True:
            rows = overview()
            if not json:
                live.update(_table(rows), refresh=True)
            if machine.monotonic() >= end or all(" waiting" not in row.catalogue for row in rows):
                break
            machine.sleep(LOOK_SECONDS)
    if json:
        say_json([{"station": row.station, "catalogue": row.catalogue} for row in rows])
    return 1 if any(" refused" in row.catalogue for row in rows) else 0


def _table(rows: list) -> Table:  # type: ignore[type-arg]
    table = Table(box=None, show_header=False)
    for row in rows:
        _, _, state = row.catalogue.partition(" ")
        word, _, reason = state.partition(": ")
        mark = _MARKS.get(word, escape(row.catalogue))
        table.add_row(row.station, escape(row.name), mark, escape(reason), f"[dim]heard {row.heard}[/]")
    return table
