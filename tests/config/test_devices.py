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
