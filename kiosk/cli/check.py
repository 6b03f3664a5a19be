"""``kiosk check``: one finding a thing, each with what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from devices.ports import DeviceState, Health
from kiosk.faults import YizhanError
from kiosk.journal.journal import Journal
from kiosk.journal.verify import check_start
from kiosk.lock import is_running
from kiosk.presenter.sentences import device_sentence
from kiosk.settings import Settings, load_settings
from kiosk.start import Start
from kiosk.system import Machine


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. ``state`` is ``ok``, ``not_ok`` or ``unknown``; ``code`` stands in docs/errors.md."""

    thing: str
    state: str
    detail: str
    code: str = ""

    @property
    def ok(self) -> bool:
        """Whether this needs nobody: ``unknown`` is shown, and does not fail the check."""
        return self.state != Health.NOT_OK

    def lines(self) -> list[str]:
        """For people."""
        mark = {"ok": "[green]✓[/]", "not_ok": "[bold red]✗[/]"}.get(self.state, "[yellow]?[/]")
        code = f" [dim]({self.code})[/]" if self.code else ""
        return [f"{mark} {self.thing:<10} {self.detail}{code}"]


def check_station(config: Path) -> list[Finding]:
    """Look at everything. Raises ``SettingsError`` if the settings have mistakes: nothing else can be judged then."""
    settings = load_settings(config)
    return [Finding("settings", "ok", str(config)), *_findings(settings)]


def _findings(settings: Settings) -> Iterator[Finding]:
    start = Start(settings, Machine())
    yield _try("panel", lambda: _panel(settings))
    yield _try("typeface", lambda: _typeface(settings))
    yield _try("journal", lambda: _journal(start))
    yield _try("station", lambda: _station(start))
    yield _clock(start)
    yield from _devices(start)


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


def _devices(start: Start) -> Iterator[Finding]:
    if is_running(start.folder.root):
        for thing in ("printer", "scanner"):
            yield Finding(thing, "unknown", "held by the running kiosk, whose screen shows it")
        return
    printer, scanner = start.printer(), start.scanner()
    try:
        yield _device("printer", printer.status(), start)
        yield _device("scanner", scanner.state(), start)
    finally:
        printer.close()
        scanner.close()


def _device(thing: str, state: DeviceState, start: Start) -> Finding:
    code = state.code or state.warning
    detail = device_sentence(code, start.scene()) if code else "ready"
    return Finding(thing, state.health.value, detail, code)
