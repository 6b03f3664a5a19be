"""From settings to drivers. Only the composition roots use this."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from config.devices import DeviceSettings
from config.printer import Printer as PrinterSettings
from devices.drivers.backlight import SysfsBacklight
from devices.drivers.hotplug import HotPlug
from devices.drivers.idcard.reader import SerialCardReader
from devices.drivers.keyboard.finding import at_path, at_usb
from devices.drivers.keyboard.scanner import KeyboardScanner
from devices.drivers.printer.printer import EscPosPrinter
from devices.drivers.printer.profile import PROFILES, Charset, Profile, QrMethod, StatusMethod
from devices.drivers.printer.tcp import TcpTransport
from devices.drivers.printer.usb import UsbTransport
from devices.drivers.printer.usb_device import UsbName
from devices.drivers.printer.usblp import UsblpTransport
from devices.drivers.scanner import SerialScanner
from devices.drivers.speech.speaker import Speaker
from devices.drivers.sysfs import usb_name
from devices.drivers.transport import Transport
from devices.drivers.udev import UdevMonitor
from devices.drivers.wire import Flow, SerialTransport
from devices.ports import Backlight, CardReader, Printer, Scanner, Speech
from kiosk.absent import NoBacklight, NoCardReader, NoPrinter, NoScanner, NoSpeech
from kiosk.system import System

# What the settings call an ending → the driver's names of its keys.
_ENDINGS = {"enter": ("enter", "keypad_enter"), "tab": ("tab",), "either": ("enter", "keypad_enter", "tab")}


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
    if named.connection == "serial":
        return SerialScanner(path=str(named.path), baud=named.baud, clock=system)
    locate = at_usb(usb_name(named.usb)) if named.usb is not None else at_path(Path(str(named.path)))
    return KeyboardScanner(locate=locate, endings=_ENDINGS[named.ending], clock=system)


def make_card_reader(settings: DeviceSettings, system: System, digest: Callable[[str], str]) -> CardReader:
    """Return the reader for ID cards that the settings name; ``digest`` makes of a number what may be kept of it."""
    named = settings.idcard
    if named is None:
        return NoCardReader(system)
    return SerialCardReader(path=str(named.path), baud=named.baud, clock=system, digest=digest)


def make_speech(settings: DeviceSettings, system: System) -> Speech:
    """Return the voice that the settings want; silence where they want none."""
    wanted = settings.speech
    if wanted is None or not wanted.enabled:
        return NoSpeech()
    return Speaker(
        folder=wanted.folder,
        voice=wanted.voice,
        voices={"en": wanted.voice_en},
        volume=wanted.volume,
        output=wanted.output,
        clock=system,
    )


def make_plugs(system: System) -> HotPlug:
    """Return what says that a device was plugged in."""
    return HotPlug(monitor=UdevMonitor(), clock=system)


def make_backlight(folder: str) -> Backlight:
    """Return the panel's light, by its folder; empty: nothing of it is to be set."""
    return SysfsBacklight(folder) if folder else NoBacklight()
