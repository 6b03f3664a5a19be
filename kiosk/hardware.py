"""From settings to drivers. Only the composition roots use this."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from config.devices import DeviceSettings
from config.printer import Printer as PrinterSettings
from devices.drivers.printer.printer import EscPosPrinter
from devices.drivers.printer.profile import PROFILES, Charset, Profile, QrMethod, StatusMethod
from devices.drivers.printer.tcp import TcpTransport
from devices.drivers.printer.usb import UsbTransport
from devices.drivers.printer.usb_device import UsbName
from devices.drivers.printer.usblp import UsblpTransport
from devices.drivers.scanner import SerialScanner
from devices.drivers.transport import Transport
from devices.drivers.wire import Flow, SerialTransport
from devices.ports import Printer, Scanner
from kiosk.absent import NoPrinter, NoScanner
from kiosk.system import System


def make_printer(settings: DeviceSettings, system: System, face: Path) -> Printer:
    """Return the printer that the settings name. It is opened when it is first used."""
    named = settings.printer
    if named is None:
        return NoPrinter()
    profile = printer_profile(named)
    return EscPosPrinter(transport=_transport(named, profile, system), profile=profile, clock=system, face=face)


def printer_profile(named: PrinterSettings) -> Profile:
    """The profile that the settings name, with what they say otherwise."""
    profile = PROFILES[named.profile]
    return replace(
        profile,
        charset=Charset(named.charset or profile.charset),
        qr=QrMethod(named.qr or profile.qr),
        cutter=profile.cutter if named.cutter is None else named.cutter,
        status=StatusMethod(named.status or profile.status),
        flow=Flow(named.flow or profile.flow),
    )


def _transport(named: PrinterSettings, profile: Profile, system: System) -> Transport:
    match named.connection:
        case "usblp":
            return UsblpTransport(path=str(named.path))
        case "usb":
            return UsbTransport(usb=UsbName.parse(named.usb or ""), clock=system)
        case "tcp":
            return TcpTransport(host=named.host or "", port=named.port)
        case _:
            return SerialTransport(path=str(named.path), baud=named.baud, flow=profile.flow)


def make_scanner(settings: DeviceSettings, system: System) -> Scanner:
    """Return the scanner that the settings name. It is opened when it is first used."""
    named = settings.scanner
    if named is None:
        return NoScanner(system)
    return SerialScanner(path=str(named.path), baud=named.baud, clock=system)
