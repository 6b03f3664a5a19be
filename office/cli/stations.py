"""``office enrol``, ``enrol-answer``, ``revoke`` and ``stations``."""

from __future__ import annotations

from pathlib import Path

from rich.markup import escape
from rich.table import Table

from config.office import OfficeSettings
from config.reading import read
from office.cli.output import console, say, say_json
from office.faults import BundleInUse, NotEnrolled, Unknown
from office.home import home
from office.setup import setup
from sync.enrolment import REQUEST_BYTES_MAX
from sync.identity import write_secret


def enrol_station(station: str, name: str, out: Path, by: str, replace: str = "") -> None:
    """Open a station's books and write its bundle."""
    home().require()
    setup()
    from office.services.invitations import invite
    from office.services.machine import machine_parts

    settings = read(home().settings, OfficeSettings)
    _new(out)
    row, bundle = invite(machine_parts(by), station, name, settings, replace)
    write_secret(out, bundle)
    say(
        f"[green]✓[/] {escape(str(row))} epoch {row.epoch}: {row.down_last} entries wait for it",
        f"  carry {escape(str(out))} there; it is a secret until it was used, "
        f"and useless after {settings.enrolment.secret_hours} h",
        f"  there:  kiosk enrol {escape(out.name)}",
    )


def answer_request(request: Path, out: Path, by: str) -> None:
    """Answer a request on a stick."""
    home().require()
    setup()
    from office.services.enrolling import Turned, answer
    from office.services.machine import machine_parts

    _new(out)
    with request.open("rb") as file:
        data = file.read(REQUEST_BYTES_MAX + 1)
    found = answer(machine_parts(by), data)
    if isinstance(found, Turned):
        raise NotEnrolled(f"{found.code}: {found.detail}")
    write_secret(out, found)
    say(f"[green]✓[/] carry {out} back; there:  kiosk enrol BUNDLE --answer {out.name}")


def revoke_station(station: str, epoch: int, by: str) -> None:
    """Take certificates back."""
    home().require()
    setup()
    from office.services.certificates import revoke
    from office.services.machine import machine_parts

    count = revoke(machine_parts(by), station, epoch)
    if not count:
        raise Unknown(f"station {station} has no certificate of epoch {epoch} that is valid")
    say(f"[green]✓[/] {count} certificates of {station} epoch {epoch} were taken back")


def _new(out: Path) -> None:
    if out.exists() or not out.absolute().parent.is_dir():
        raise BundleInUse(f"{out}: there is something already, or no folder for it; name a new file")


def list_stations(*, json: bool) -> None:
    """Print every station."""
    home().require()
    setup()
    from office.services.irregularities import NOBODY, counted
    from office.services.overview import overview, recovery

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
    if (now := recovery()) is not None:
        begun = f"since {now.since}, {escape(now.by)}: {escape(now.why)}" if now.since else escape(now.why)
        say(f"[yellow]recovering[/] {begun}; nothing is granted until these are heard, or released:", *now.waits)
    odd = counted().get(NOBODY, {})
    if odd:
        say("of nobody known: " + ", ".join(f"{code} ×{number}" for code, number in sorted(odd.items())))
