"""What ``office rules`` and ``office document`` do."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.markup import escape

from domain.calendar import CHINA
from office.cli.output import say, say_json
from office.faults import BadValue, Unknown
from office.home import home
from office.services.parts import Parts
from office.setup import setup

if TYPE_CHECKING:
    from office.books.models import Document


def show_rules(*, json: bool) -> None:
    """Print the newest rules."""
    home().require()
    setup()
    from office.services.rules import newest_rules, plain

    rules = newest_rules()
    values = plain(rules)
    if json:
        say_json({"version": rules.version, **values})
        return
    say(f"version {rules.version}" if rules.version else "none published yet: the defaults of this software count")
    say(*(f"  {name} = {escape(str(value))}" for name, value in values.items() if name != "limits"))
    for limit in rules.limits:
        what = limit.kind.value if limit.kind else ", ".join(str(item) for item in limit.items)
        named = f" ({escape(limit.name)})" if limit.name else ""
        say(f"  limit {limit.id}{named}: {limit.pieces} a {limit.period.value} of {what}")


def set_rules(changes: list[str], at: datetime | None, by: str) -> None:
    """Publish the newest rules with some values changed."""
    parts = parts_of(by)
    from office.services.rules import newest_rules, plain, publish_rules

    values = plain(newest_rules())
    for change in changes:
        name, equals, text = change.partition("=")
        if not equals or name not in values or name == "limits":
            raise BadValue(f"{change}: expected NAME=VALUE with one of " + ", ".join(set(values) - {"limits"}))
        values[name] = _value(text)
    said(publish_rules(parts, values, when(at)))


def push_rules(file: Path, at: datetime | None, to: list[str], county: str, by: str) -> None:
    """Publish a file."""
    parts = parts_of(by)
    from office.services.rules import publish_rules, read_rules

    said(publish_rules(parts, read_rules(file), when(at), chosen(to, county)))


def list_documents(*, json: bool) -> None:
    """Print versions and who has which."""
    home().require()
    setup()
    from office.books.models import Document, Holding

    rows: list[dict[str, Any]] = []
    for one in Document.objects.order_by("name", "version"):
        there = Holding.objects.filter(name=one.name, version=one.version).order_by("station")
        held = {row.station_id: f"{row.state}{': ' + row.reason if row.reason else ''}" for row in there}
        since = one.effective_from.astimezone(CHINA).isoformat(timespec="minutes") if one.effective_from else ""
        rows.append({"name": one.name, "version": one.version, "staged": one.staged, "at": since, "stations": held})
    if json:
        say_json(rows)
        return
    for row in rows:
        marks = [f"from {row['at']}"] if row["at"] else []
        marks += ["to some only"] if row["staged"] else []
        say(f"{row['name']} {row['version']}{': ' + ', '.join(marks) if marks else ''}")
        say(*(f"  {station}: {escape(state)}" for station, state in row["stations"].items()))


def announce_to_rest(name: str, by: str) -> None:
    """Announce to the others."""
    parts = parts_of(by)
    from office.services.documents import announce_rest

    document, count = announce_rest(parts, name)
    say(f"[green]✓[/] {escape(str(document))}: announced to {count} more stations")


def back_to(name: str, version: int, to: list[str], county: str, by: str) -> None:
    """Publish an older content again."""
    parts = parts_of(by)
    from office.services.documents import bring_back

    document = bring_back(parts, name, version, chosen(to, county))
    say(f"[green]✓[/] {escape(str(document))} says what version {version} said")


def when(at: datetime | None) -> datetime | None:
    """Return an instant that people wrote by the clock of China."""
    return at if at is None or at.tzinfo is not None else at.replace(tzinfo=CHINA)


def chosen(to: list[str], county: str) -> tuple[str, ...]:
    """Return the stations that a roll-out begins with; empty: all. Raises ``Unknown``."""
    from office.books.models import Station

    known = set(Station.objects.values_list("pk", flat=True))
    if unknown := set(to) - known:
        raise Unknown(f"no station {', '.join(sorted(unknown))}; office stations lists them")
    there = {station for station in known if county and station.startswith(county)}
    if county and not there:
        raise Unknown(f"no station in county {county}")
    return tuple(sorted({*to, *there}))


def parts_of(by: str) -> Parts:
    """Return the parts of who acts."""
    home().require()
    setup()
    from office.services.machine import machine_parts

    return machine_parts(by)


def _value(text: str) -> Any:
    if text in ("true", "false"):
        return text == "true"
    return int(text) if text.isascii() and text.isdigit() else text


def said(document: Document | None) -> None:
    """Say what was published."""
    say(
        "published before: nothing changes" if document is None else f"[green]✓[/] {escape(str(document))} is published"
    )
