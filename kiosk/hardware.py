"""From settings to drivers. Only the composition roots use this."""

from __future__ import annotations

from pathlib import Path

from config.devices import DeviceSettings
from devices.drivers.hotplug import HotPlug
from devices.drivers.keyboard.finding import at_path, at_usb
from devices.drivers.keyboard.scanner import KeyboardScanner
from devices.drivers.printer.printer import SerialPrinter
from devices.drivers.printer.profile import PROFILES
from devices.drivers.scanner import SerialScanner
from devices.drivers.speech.speaker import Speaker
from devices.drivers.sysfs import usb_name
from devices.drivers.udev import UdevMonitor
from devices.ports import Printer, Scanner, Speech
from kiosk.absent import NoPrinter, NoScanner, NoSpeech
from kiosk.system import System

# What the settings call an ending → the driver's names of its keys.
_ENDINGS = {"enter": ("enter", "keypad_enter"), "tab": ("tab",), "either": ("enter", "keypad_enter", "tab")}


def make_printer(settings: DeviceSettings, system: System, face: Path) -> Printer:
    """Return the printer that the settings name. It is opened when it is first used."""
    named = settings.printer
    if named is None:
        return NoPrinter()
    profile = PROFILES[named.profile]
    return SerialPrinter(path=str(named.path), baud=named.baud, profile=profile, clock=system, face=face)


def make_scanner(settings: DeviceSettings, system: System) -> Scanner:
    """Return the scanner that the settings name. It is opened when it is first used."""
    named = settings.scanner
    if named is None:
        return NoScanner(system)
    if named.connection == "serial":
        return SerialScanner(path=str(named.path), baud=named.baud, clock=system)
    locate = at_usb(usb_name(named.usb)) if named.usb is not None else at_path(Path(str(named.path)))
    return KeyboardScanner(locate=locate, endings=_ENDINGS[named.ending], clock=system)


def make_speech(settings: DeviceSettings, system: System) -> Speech:
    """Return the voice that the settings want; silence where they want none."""
    wanted = settings.speech
    if wanted is None or not wanted.enabled:
        return NoSpeech()
    return Speaker(folder=wanted.folder, voice=wanted.voice, volume=wanted.volume, output=wanted.output, clock=system)


def make_plugs(system: System) -> HotPlug:
    """Return what says that a device was plugged in."""
    return HotPlug(monitor=UdevMonitor(), clock=system)
