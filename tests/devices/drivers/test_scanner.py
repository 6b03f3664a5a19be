"""The real driver against the simulated scanner, over a pty."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import serial

from devices.drivers.scanner import SerialScanner
from devices.ports import DeviceState, Health, Scanner
from devices.simulated.scanner import SimulatedScanner
from tests.devices.helpers import JumpingClock, plug


@pytest.fixture
def device() -> Iterator[SimulatedScanner]:
    simulated = SimulatedScanner()
    yield simulated
    simulated.close()


@pytest.fixture
def scanner(device: SimulatedScanner) -> Iterator[Scanner]:
    driver: Scanner = SerialScanner(path=device.path, clock=JumpingClock())
    assert driver.state() == DeviceState(Health.OK)
    yield driver
    driver.close()


@pytest.mark.parametrize("ending", [b"\r", b"\n", b"\r\n"])
def test_a_scan_is_read_whole(device: SimulatedScanner, scanner: Scanner, ending: bytes) -> None:
    device.scan("YZ1:ABC", ending)
    device.scan("]Q1YZ1:DEF", ending)
    assert [scanner.read(2), scanner.read(2)] == ["YZ1:ABC", "YZ1:DEF"]
    assert scanner.read(0) is None
    assert scanner.rejected == 0


def test_rubbish_is_counted_and_the_next_scan_read(device: SimulatedScanner, scanner: Scanner) -> None:
    device.send(b"\xff\x00\r" + b"x" * 600 + b"\r")
    device.scan("YZ1:ABC")
    assert scanner.read(2) == "YZ1:ABC"
    assert scanner.rejected == 2


def test_half_a_scan_is_dropped_after_a_pause(device: SimulatedScanner, scanner: Scanner) -> None:
    device.send(b"YZ1:HA")
    assert scanner.read(0.3) is None
    assert scanner.rejected == 1


def test_a_script_of_bytes_and_pauses(device: SimulatedScanner, scanner: Scanner) -> None:
    read: list[str | None] = []

    def wait(seconds: float) -> None:
        read.append(scanner.read(seconds))

    device.play([b"YZ1:WHO", b"LE\r", 5.0, b"YZ1:HA", 0.4, b"LF\r", 5.0], wait)
    assert read == ["YZ1:WHOLE", None, "LF"]
    assert scanner.rejected == 1


def test_no_scan_in_time(scanner: Scanner) -> None:
    assert scanner.read(0.01) is None
    assert scanner.state() == DeviceState(Health.OK)


def test_unplugged_is_missing_and_back_again(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    clock = JumpingClock()
    first = SimulatedScanner()
    scanner = SerialScanner(path=plug(tmp_path / "scanner", first.path), clock=clock)
    assert scanner.read(0) is None
    assert scanner.state() == DeviceState(Health.OK)
    first.unplug()
    assert scanner.read(0.05) is None
    assert scanner.state() == DeviceState(Health.NOT_OK, "scanner.missing")
    second = SimulatedScanner()
    plug(tmp_path / "scanner", second.path)
    clock.jump(11)
    assert scanner.state() == DeviceState(Health.OK)
    second.scan("YZ1:BACK")
    assert scanner.read(2) == "YZ1:BACK"
    scanner.close()
    second.close()
    said = [record.getMessage().split(" at ")[0] for record in caplog.records]
    assert said == ["scanner.missing", "scanner is back"]


def test_held_by_another_process(device: SimulatedScanner) -> None:
    scanner = SerialScanner(path=device.path, clock=JumpingClock())
    with serial.Serial(device.path, exclusive=True):
        assert scanner.state() == DeviceState(Health.NOT_OK, "scanner.busy_elsewhere")
        assert scanner.read(0.01) is None
