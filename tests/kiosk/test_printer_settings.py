"""From what somebody wrote to the driver that it means."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.devices import DeviceSettings
from devices.drivers.printer.profile import PROFILES, Charset, Profile, QrMethod, StatusMethod
from devices.drivers.wire import Flow
from devices.ports import Health
from kiosk.hardware import make_printer, printer_profile
from tests.config.samples import load
from tests.support.station import FONTS
from tests.support.system import FakeSystem


def profile(rows: str) -> Profile:
    settings = load(f'[printer]\npath = "/dev/a"\n{rows}\n', DeviceSettings)
    assert settings.printer is not None
    return printer_profile(settings.printer)


@pytest.mark.parametrize("name", sorted(PROFILES))
def test_what_is_not_written_is_as_the_profile_says(name: str) -> None:
    assert profile(f'profile = "{name}"') == PROFILES[name]


def test_what_is_written_goes_before_the_profile() -> None:
    rows = 'charset = "gbk"\nqr = "raster"\ncutter = false\nstatus = "asb"\nflow = "paced"'
    assert profile(rows) == Profile(
        "80mm", 576, Charset.GBK, cutter=False, status=StatusMethod.ASB, flow=Flow.PACED, qr=QrMethod.RASTER
    )


@pytest.mark.parametrize(
    "rows",
    [
        'path = "{folder}/nothing"',
        'connection = "usblp"\npath = "{folder}/nothing"',
        'connection = "usb"\nusb = "ffff:fffe:none"',
        'connection = "tcp"\nhost = "127.0.0.1"\nport = 1',
    ],
)
def test_a_printer_that_is_not_there_is_missing_on_every_connection(rows: str, tmp_path: Path) -> None:
    settings = load(f"[printer]\n{rows.format(folder=tmp_path)}\n", DeviceSettings)
    printer = make_printer(settings, FakeSystem(), FONTS / "YizhanSans-Regular.otf")
    state = printer.status()
    printer.close()
    assert (state.health, state.code) == (Health.NOT_OK, "printer.missing")
