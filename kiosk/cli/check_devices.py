"""The devices of ``kiosk check``: how each is, who else holds it, and what is plugged in that settings might name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from devices.drivers.candidates import Candidate, candidates
from devices.drivers.holders import holders
from devices.drivers.keyboard.finding import at_usb
from devices.drivers.sysfs import usb_name
from devices.ports import DeviceState
from kiosk.cli.finding import Finding
from kiosk.lock import is_running
from kiosk.presenter.sentences import device_sentence
from kiosk.start import Start

# Programs that take serial ports which are not theirs, and what to do about each.
THIEVES = {
    "brltty": "for Braille displays: remove the package brltty",
    "ModemManager": 'for modems: remove it, or write a udev rule with ENV{ID_MM_DEVICE_IGNORE}="1"',
}


ASK_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Role:
    """What a device does here: how it is asked, and where the settings say it is (empty: nowhere in particular)."""

    thing: str
    ask: Callable[[Start], DeviceState]
    place: Callable[[Start], str]


def _printer(start: Start) -> DeviceState:
    printer = start.printer()
    try:
        return printer.status()
    finally:
        printer.close()


def _scanner(start: Start) -> DeviceState:
    scanner = start.scanner()
    try:
        return scanner.state()
    finally:
        scanner.close()


def _card_reader(start: Start) -> DeviceState:
    reader = start.card_reader(lambda _number: "")
    try:
        reader.read(ASK_SECONDS)  # only one that was asked something has a state
        return reader.state()
    finally:
        reader.close()


def _speech(start: Start) -> DeviceState:
    speech = start.speech()
    try:
        return speech.state()
    finally:
        speech.close()


def _printer_place(start: Start) -> str:
    return str(getattr(start.settings.devices.printer, "path", None) or "")


def _scanner_place(start: Start) -> str:
    named = start.settings.devices.scanner
    if named is None:
        return ""
    try:
        return str(named.path or at_usb(usb_name(named.usb or ""))())
    except (OSError, ValueError):
        return ""


ROLES = (
    Role("printer", _printer, _printer_place),
    Role("scanner", _scanner, _scanner_place),
    Role("idcard", _card_reader, lambda start: str(getattr(start.settings.devices.idcard, "path", None) or "")),
    Role("speech", _speech, lambda _start: ""),
)


def device_findings(start: Start) -> Iterator[Finding]:
    """One finding for each role."""
    running = is_running(start.folder.root)
    for role in ROLES:
        if running:
            yield Finding(role.thing, "unknown", "held by the running kiosk, whose screen shows it")
        else:
            yield _finding(role, start)


def plugged_in() -> Iterator[Finding]:
    """What the settings could name; it is never chosen by itself."""
    found = candidates()
    for candidate in found:
        yield Finding("plugged in", "ok", _described(candidate))
    if not found:
        yield Finding("plugged in", "unknown", "no serial adapter, keyboard or USB printer")


def _finding(role: Role, start: Start) -> Finding:
    state, place = role.ask(start), role.place(start)
    code = state.code or state.warning
    detail = device_sentence(code, start.scene()) if code else _well(role, start)
    if place and code and not Path(place).exists():
        detail += f"; {place} is not there"
    # Asked only now, when our own driver has let go.
    if place and (code.endswith(".busy_elsewhere") or not code) and (others := held_by(place)):
        detail += f"; {others}"
    return Finding(role.thing, state.health.value, detail, code)


def _well(role: Role, start: Start) -> str:
    if role.thing == "idcard" and start.settings.devices.idcard is None:
        return "not wanted"
    if role.thing == "speech":
        wanted = start.settings.devices.speech
        return "not heard yet: kiosk check --try" if wanted is not None and wanted.enabled else "not wanted"
    return "ready"


def held_by(path: str) -> str:
    """Who else has a device open, for people; empty when nobody has."""
    words = []
    for holder in holders(path):
        known = THIEVES.get(holder.name)
        words.append(f"{holder}, {known}" if known else str(holder))
    return "held by " + "; ".join(words) if words else ""


def _described(candidate: Candidate) -> str:
    usb = f'usb = "{candidate.usb}"' if candidate.usb else ""
    return "  ".join(filter(None, (candidate.kind, candidate.path, usb, candidate.says, held_by(candidate.path))))
