from __future__ import annotations

import pytest

from config.devices import DeviceSettings
from tests.config.samples import load, mistakes


@pytest.mark.parametrize(
    "rows",
    [
        'path = "/dev/a"\nflow = "xonxoff"',
        'connection = "usblp"\npath = "/dev/usb/lp0"\nstatus = "port"',
        'connection = "usblp"\npath = "/dev/lp0"',
        'connection = "usblp"\npath = "/dev/yizhan/printer"',
        'connection = "usb"\nusb = "0fe6:811e"',
        'connection = "usb"\nusb = "0FE6:811E:A-1"\nstatus = "port"\ncutter = false',
        'connection = "tcp"\nhost = "192.168.1.60"\nstatus = "asb"',
        'connection = "tcp"\nhost = "fe80::1"\nport = 9101\nqr = "raster"\ncharset = "gb2312"',
    ],
)
def test_every_connection(rows: str) -> None:
    settings = load(f"[printer]\n{rows}\n", DeviceSettings)
    assert settings.printer is not None
    assert (settings.printer.path, settings.printer.usb, settings.printer.host).count(None) == 2


@pytest.mark.parametrize(
    ("rows", "key", "expected"),
    [
        ("", "path", "`path`, as the connection is serial"),
        ('connection = "usblp"', "path", "`path`, as the connection is usblp"),
        ('connection = "usb"', "usb", "`usb`, as the connection is usb"),
        ('connection = "tcp"', "host", "`host`, as the connection is tcp"),
        ('connection = "tcp"\nhost = "printer.local"', "host", "an IP address in quotes"),
        ('connection = "tcp"\nhost = "192.168.1.260"', "host", "an IP address in quotes"),
        ('connection = "tcp"\nhost = "::1"\nport = 0', "port", "a whole number, 1 to 65535"),
        ('connection = "usb"\nusb = "811e"', "usb", "vid:pid or vid:pid:serial in quotes, at most 136 characters"),
        (
            'connection = "usb"\nusb = "0fe6:811e:"',
            "usb",
            "vid:pid or vid:pid:serial in quotes, at most 136 characters",
        ),
        (
            'connection = "usb"\nusb = "0fe6:811e"\npath = "/dev/usb/lp0"',
            "path",
            "`usb` alone, as the connection is usb",
        ),
        ('connection = "tcp"\nhost = "::1"\nstatus = "port"', "status", "a status that this connection has"),
        ('path = "lp0"', "path", "a path that begins with /"),
        ('path = "/dev/a"\ncutter = "yes"', "cutter", "true or false"),
        ('path = "/dev/usb/lp0"', "path", "a serial line"),
        ('path = "/dev/input/by-id/a-event-kbd"', "path", "a serial line"),
        ('connection = "usblp"\npath = "/dev/serial/by-id/a"', "path", "a name under /dev/usb/"),
        ('connection = "usblp"\npath = "/dev/ttyUSB0"', "path", "a name under /dev/usb/"),
        ('connection = "tcp"\nhost = "0.0.0.0"', "host", "the address of one device"),
        ('connection = "tcp"\nhost = "::"', "host", "the address of one device"),
        ('connection = "tcp"\nhost = "224.0.0.251"', "host", "the address of one device"),
    ],
)
def test_what_does_not_go_together_is_said(rows: str, key: str, expected: str) -> None:
    (only,) = mistakes(f"[printer]\n{rows}\n", DeviceSettings)
    assert (only.key, only.expected) == (f"printer.{key}", expected)
    assert only.advice
