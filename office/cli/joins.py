"""What the commands about requests to join do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.markup import escape

from office.cli.output import say, say_json
from office.cli.rules import parts_of
from office.home import home
from office.setup import setup

if TYPE_CHECKING:
    from office.books.models import JoinRequest


def list_joins(*, everything: bool, json: bool) -> None:
    """Print requests, those that wait first."""
    home().require()
    setup()
    from office.books.models import JoinRequest

    rows = (
        JoinRequest.objects.order_by("pk") if everything else JoinRequest.objects.filter(state="asked").order_by("pk")
    )
    if json:
        say_json([_plain(row) for row in rows])
        return
    for row in rows:
        said = _plain(row)
        extra = "  ".join(filter(None, (str(said["phone"]), "guardian" if row.minor else "", row.reason)))
        say(f"{row.number}  {row.station_id}  {row.state}  {row.received_at:%Y-%m-%d}  {escape(extra)}".rstrip())
    say(f"{len(rows)} requests")


def accept_join(request: str, name: str, station: str, by: str) -> None:
    """Make somebody a resident."""
    parts = parts_of(by)
    from office.services.joining import accept

    person = accept(parts, request, name, station)
    say(f"[green]✓[/] {escape(person.name)} ({person.pk}) is a resident of {station}; slip and ID card are their cards")


def refuse_join(request: str, reason: str, by: str) -> None:
    """Say no."""
    parts = parts_of(by)
    from office.services.joining import refuse

    row = refuse(parts, request, reason)
    say(f"[green]✓[/] {row.number} is refused; the station says so when the slip or the card is shown")


def _plain(row: JoinRequest) -> dict[str, object]:
    from office.services.joining import given_with

    given = given_with(row)
    return {
        "request": row.request, "number": row.number, "station": row.station_id, "state": row.state,
        "received_at": row.received_at.isoformat(), "minor": row.minor, "notice": row.notice, "reason": row.reason,
        "id_card": bool(given and given.id_card), "phone": given.phone if given else "",
        "guardian": bool(given and (given.guardian or given.guardian_card)),
    }  # fmt: skip
