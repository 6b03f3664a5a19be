"""What ``office parked`` does."""

from __future__ import annotations

from rich.markup import escape

from office.cli.output import say, say_json
from office.cli.rules import parts_of
from office.home import home
from office.setup import setup


def show_parked(*, json: bool) -> None:
    """Print what waits."""
    home().require()
    setup()
    from office.services.parked import parked_entries

    rows = [
        {
            "station": row.station_id,
            "epoch": row.epoch,
            "number": row.number,
            "kind": row.kind,
            "reason": row.parked,
            "text": bytes(row.data).decode("utf-8", "backslashreplace"),
        }
        for row in parked_entries()
    ]
    if json:
        say_json(rows)
        return
    for row in rows:
        say(
            f"{row['station']} {row['epoch']} {row['number']}  {escape(str(row['kind']))}  {escape(str(row['reason']))}"
        )
        say(f"  [dim]{escape(str(row['text'])[:300])}[/]")
    say(f"{len(rows)} parked")


def apply_parked(station: str, epoch: int, number: int, by: str) -> int:
    """Try one again; return 1 if it stays."""
    parts = parts_of(by)
    from office.worker.parked import retry

    reason = retry(parts, station, epoch, number)
    say(f"[bold red]✗[/] parked still: {escape(reason)}" if reason else "[green]✓[/] applied")
    return 1 if reason else 0


def retry_all(by: str) -> None:
    """Try those of unknown kinds."""
    parts = parts_of(by)
    from office.worker.parked import retry_unknown

    say(f"[green]✓[/] {retry_unknown(parts)} applied")


def set_parked_aside(station: str, epoch: int, number: int, reason: str, by: str) -> None:
    """Set one aside."""
    parts = parts_of(by)
    from office.services.parked import set_aside

    set_aside(parts, station, epoch, number, reason)
    say(f"[green]✓[/] {station} {epoch}-{number} is set aside")


def settle_parked(station: str, epoch: int, number: int, reason: str, by: str, *, accept: bool) -> None:
    """Settle a claim."""
    parts = parts_of(by)
    from office.worker.parked import settle_claim

    resident = settle_claim(parts, station, epoch, number, reason, accept=accept)
    what = f"its points are taken back from {resident}" if accept else "nothing is taken back"
    say(f"[green]✓[/] the voucher stands; {what}")
