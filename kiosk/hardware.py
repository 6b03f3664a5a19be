"""From settings to drivers. Only the composition roots use this."""

from __future__ import annotations

from pathlib import Path

from config.devices import DeviceSettings
from devices.drivers.printer.printer import EscPosPrinter
from devices.drivers.printer.profile import PROFILES
from devices.drivers.scanner import SerialScanner
from devices.drivers.wire import SerialTransport
from devices.ports import Printer, Scanner
from kiosk.absent import NoPrinter, NoScanner
from kiosk.system import System


def make_printer(settings: DeviceSettings, system: System, face: Path) -> Printer:
    """Return the printer that the settings name. It is opened when it is first used."""
    named = settings.printer
    if named is None:
        return NoPrinter()
    profile = PROFILES[named.profile]
    line = SerialTransport(path=str(named.path), baud=named.baud, flow=profile.flow)
    return EscPosPrinter(transport=line, profile=profile, clock=system, face=face)


def make_scanner(settings: DeviceSettings, system: System) -> Scanner:
    """Return the scanner that the settings name. It is opened when it is first used."""
    named = settings.scanner
    if named is None:
        return NoScanner(system)
    return SerialScanner(path=str(named.path), baud=named.baud, clock=system)
