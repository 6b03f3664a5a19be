"""``kiosk check``: one finding a thing, each with what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from kiosk.cli.check_devices import device_findings, plugged_in
from kiosk.cli.finding import Finding
from kiosk.faults import YizhanError
from kiosk.journal.journal import Journal
from kiosk.journal.verify import check_start
from kiosk.lock import is_running
from kiosk.settings import Settings, load_settings
from kiosk.start import Start
from kiosk.system import Machine


def check_station(config: Path, *, trying: bool = False) -> list[Finding]:
    """Look at everything. ``trying``: have a person do something with each device that is well.

    Raises ``SettingsError`` if the settings have mistakes: nothing else can be judged then.
    """
    settings = load_settings(config)
    start = Start(settings, Machine())
    findings = [Finding("settings", "ok", str(config)), *_findings(settings, start)]
    if trying:
        from kiosk.cli.trial import try_devices

        well = {finding.thing for finding in findings if finding.ok and not is_running(start.folder.root)}
        findings += try_devices(start, well.__contains__)
    return findings


def _findings(settings: Settings, start: Start) -> Iterator[Finding]:
    yield _try("panel", lambda: _panel(settings))
    yield _try("typeface", lambda: _typeface(settings))
    yield _try("journal", lambda: _journal(start))
    yield _try("station", lambda: _station(start))
    yield _clock(start)
    yield from device_findings(start)
    yield from plugged_in()


def _try(thing: str, look: Callable[[], str]) -> Finding:
    try:
        return Finding(thing, "ok", look())
    except YizhanError as fault:
        return Finding(thing, "not_ok", str(fault), fault.code)
    except (OSError, ValueError) as error:
        return Finding(thing, "not_ok", str(error))


def _panel(settings: Settings) -> str:
    written = settings.station.panel
    return f"{written.width_px}×{written.height_px}, {settings.panel().px_per_mm:.2f} px/mm"


def _typeface(settings: Settings) -> str:
    faces = settings.station.typeface
    for face in (faces.regular, faces.bold):
        if not face.is_file():
            raise FileNotFoundError(f"{face} is missing; split it out of Debian's fonts-noto-cjk")
    return str(faces.regular.parent)


def _journal(start: Start) -> str:
    journal = Journal(start.folder.journal, read_only=True)
    try:
        check_start(journal)
        head, identity = journal.chain.head(), journal.identity
        return f"epoch {identity.epoch}, {head.number} entries, {len(journal.jobs.unsettled())} papers wait for staff"
    finally:
        journal.close()


def _station(start: Start) -> str:
    parts = start.parts()
    try:
        catalogue = parts.catalogue()
        what = (
            "no catalogue yet" if catalogue is None else f"catalogue {catalogue.version}, {len(catalogue.items)} items"
        )
        return f"{parts.journal.identity.station} {parts.station_name}, {what}"
    finally:
        parts.journal.close()


def _clock(start: Start) -> Finding:
    if start.system.clock_ok():
        return Finding("clock", "ok", "synchronised")
    return Finding("clock", "unknown", "not synchronised: vouchers state no day until it is")
