from __future__ import annotations

from pathlib import Path

import pytest

from config.devices import DeviceSettings
from tests.config.samples import load, mistakes


def test_a_station_may_have_no_devices() -> None:
    settings = load("", DeviceSettings)
    assert settings.printer is None
    assert settings.scanner is None


def test_a_path_is_enough() -> None:
    settings = load('[printer]\npath = "/dev/a"\n[scanner]\npath = "/dev/b"\n', DeviceSettings)
    assert settings.printer is not None
    assert settings.scanner is not None
    assert (settings.printer.path, settings.printer.baud, settings.printer.profile) == (Path("/dev/a"), 115200, "80mm")
    assert (settings.scanner.path, settings.scanner.baud) == (Path("/dev/b"), 9600)


@pytest.mark.parametrize("baud", [9600, 19200, 38400, 57600, 115200])
def test_speeds(baud: int) -> None:
    settings = load(f'[scanner]\npath = "/dev/b"\nbaud = {baud}\n', DeviceSettings)
    assert settings.scanner is not None
    assert settings.scanner.baud == baud


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("baud = 1200", "one of 9600, 19200, 38400, 57600, 115200 (Bd)"),
        ('profile = "76mm"', 'one of "80mm", "58mm", "80mm-mute", "58mm-mute"'),
        ('connection = "usb2"', 'one of "serial", "usblp", "usb", "tcp"'),
        ('charset = "big5"', 'one of "ascii", "gb2312", "gbk", "gb18030", "gb18030-4"'),
        ('status = "port"', "a status that this connection has"),
        ('usb = "0fe6:811e"', "`path` alone, as the connection is serial"),
    ],
)
def test_refused(row: str, expected: str) -> None:
    (only,) = mistakes(f'[printer]\npath = "/dev/a"\n{row}\n', DeviceSettings)
    assert (only.line, only.expected) == (3, expected)


def test_a_device_without_a_path_is_a_mistake() -> None:
    (only,) = mistakes("[scanner]\nbaud = 9600\n", DeviceSettings)
    assert (only.line, only.key) == (1, "scanner.path")


def test_a_scanner_in_keyboard_mode_is_named_by_path_or_by_usb() -> None:
    by_path = load('[scanner]\nconnection = "keyboard"\npath = "/dev/input/by-id/a-event-kbd"\n', DeviceSettings)
    by_usb = load('[scanner]\nconnection = "keyboard"\nusb = "0C2E:0b61:17 B04"\nending = "tab"\n', DeviceSettings)
    assert by_path.scanner is not None
    assert by_usb.scanner is not None
    assert (by_path.scanner.path, by_path.scanner.ending) == (Path("/dev/input/by-id/a-event-kbd"), "enter")
    assert (by_usb.scanner.usb, by_usb.scanner.ending) == ("0C2E:0b61:17 B04", "tab")


@pytest.mark.parametrize(
    ("rows", "key", "expected"),
    [
        ('connection = "keyboard"', "scanner.path", "a path in quotes"),
        ('usb = "0c2e:0b61"', "scanner.path", "a path in quotes"),
        ('path = "/dev/a"\nusb = "0c2e:0b61"', "scanner.usb", 'only with connection = "keyboard"'),
        ('connection = "keyboard"\npath = "/dev/a"\nusb = "0c2e:0b61"', "scanner.usb", "either `path` or `usb`"),
        (
            'connection = "keyboard"\nusb = "scanner"',
            "scanner.usb",
            "vendor:product or vendor:product:serial, in quotes",
        ),
        ('connection = "keyboard"\npath = "/dev/serial/by-id/a"', "scanner.path", "a name under /dev/input/"),
        ('path = "/dev/input/by-id/a-event-kbd"', "scanner.path", "a serial line"),
        ('path = "/dev/usb/lp0"', "scanner.path", "a serial line"),
        ('connection = "keyboard"\npath = "/dev/usb/lp0"', "scanner.path", "a name under /dev/input/"),
        ('path = "/dev/a"\nending = "lf"', "scanner.ending", 'one of "enter", "tab", "either"'),
    ],
)
def test_a_scanner_named_wrongly_is_a_mistake_with_its_key(rows: str, key: str, expected: str) -> None:
    found = mistakes(f"[scanner]\n{rows}\n", DeviceSettings)
    assert (key, expected) in [(mistake.key, mistake.expected) for mistake in found]


def test_speech_has_a_default_for_everything() -> None:
    settings = load("[speech]\n", DeviceSettings)
    assert settings.speech is not None
    assert (settings.speech.enabled, settings.speech.voice, settings.speech.volume) == (True, "cmn", 80)
    assert settings.speech.folder is None


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("volume = 101", "a whole number of %, 0 to 100"),
        ('voice = "cmn; reboot"', "text in quotes, 1 to 40 characters"),
        ('output = "-D"', "text in quotes, 1 to 80 characters"),
        ('folder = "speech"', "a path that begins with /"),
    ],
)
def test_speech_refused(row: str, expected: str) -> None:
    (only,) = mistakes(f"[speech]\n{row}\n", DeviceSettings)
    assert (only.line, only.expected) == (2, expected)


@pytest.mark.parametrize("path", ["/dev/usb/lp0", "/dev/input/by-id/a-event-kbd"])
def test_a_card_reader_is_at_a_serial_line(path: str) -> None:
    (only,) = mistakes(f'[idcard]\npath = "{path}"\n', DeviceSettings)
    assert (only.key, only.expected) == ("idcard.path", "a serial line")


@pytest.mark.parametrize("path", ["/dev/../dev/ttyUSB0", "//dev//ttyUSB0", "/dev/./ttyUSB0/"])
def test_one_port_spelt_in_two_ways_is_still_one(path: str) -> None:
    (only,) = mistakes(f'[printer]\npath = "/dev/ttyUSB0"\n[idcard]\npath = "{path}"\n', DeviceSettings)
    assert (only.key, only.expected) == ("idcard.path", "a path of its own")
