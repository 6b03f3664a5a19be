"""What every scanner does, whatever wire it hangs on."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from devices.drivers.scan_frame import FRAME_BYTES_MAX, HOLD_OFF_SECONDS
from devices.ports import DeviceState, Health, Scanner
from tests.devices.helpers import JumpingClock
from tests.devices.scanners import RIGS, Rig

MISSING = DeviceState(Health.NOT_OK, "scanner.missing")
OK = DeviceState(Health.OK)


@pytest.fixture(params=RIGS)
def rig(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Rig]:
    made = RIGS[request.param](tmp_path)
    yield made
    made.unplug()


@pytest.fixture
def clock() -> JumpingClock:
    return JumpingClock()


@pytest.fixture
def scanner(rig: Rig, clock: JumpingClock) -> Iterator[Scanner]:
    driver = rig.driver(clock)
    assert driver.state() == OK
    yield driver
    driver.close()


def test_scans_are_read_whole_and_in_order(rig: Rig, scanner: Scanner) -> None:
    rig.scan("YZ1:ABC")
    rig.scan("]Q1YZ1:DEF-x/9?")
    assert [scanner.read(5), scanner.read(5)] == ["YZ1:ABC", "YZ1:DEF-x/9?"]
    assert scanner.read(0) is None
    assert scanner.rejected == 0


def test_every_printable_character_passes(rig: Rig, scanner: Scanner) -> None:
    everything = "".join(map(chr, range(0x20, 0x7F)))
    rig.scan(everything)
    assert scanner.read(5) == everything


def test_the_longest_scan_passes_and_a_longer_one_does_not(rig: Rig, scanner: Scanner) -> None:
    rig.scan("X" * FRAME_BYTES_MAX)
    rig.scan("Y" * (FRAME_BYTES_MAX + 1))
    rig.scan("YZ1:ABC")
    assert [scanner.read(5), scanner.read(5)] == ["X" * FRAME_BYTES_MAX, "YZ1:ABC"]
    assert scanner.rejected == 1


def test_rubbish_is_counted_and_the_next_scan_read(rig: Rig, scanner: Scanner) -> None:
    rig.noise()
    rig.scan("YZ1:ABC")
    assert scanner.read(5) == "YZ1:ABC"
    assert scanner.rejected == 1


def test_half_a_scan_is_dropped_after_a_pause(rig: Rig, scanner: Scanner) -> None:
    rig.type("YZ1:HA")
    assert scanner.read(0.3) is None
    assert scanner.rejected == 1
    rig.scan("YZ1:ABC")
    assert scanner.read(5) == "YZ1:ABC"


def test_a_code_that_stays_in_view_is_one_scan(rig: Rig, scanner: Scanner, clock: JumpingClock) -> None:
    rig.scan("YZ1:ABC")
    rig.scan("YZ1:ABC")
    rig.scan("YZ1:DEF")
    assert [scanner.read(5), scanner.read(5)] == ["YZ1:ABC", "YZ1:DEF"]
    clock.jump(HOLD_OFF_SECONDS)
    rig.scan("YZ1:DEF")
    assert scanner.read(5) == "YZ1:DEF"
    assert scanner.rejected == 0


def test_missing_from_the_start_and_plugged_in_later(rig: Rig, clock: JumpingClock) -> None:
    rig.unplug()
    scanner = rig.driver(clock)
    assert scanner.read(0) is None
    assert scanner.state() == MISSING
    rig.plug()
    assert scanner.state() == MISSING  # it was tried a moment ago
    scanner.nudge()
    assert scanner.state() == OK
    scanner.close()


def test_unplugged_is_said_once_and_so_is_its_return(
    rig: Rig, scanner: Scanner, clock: JumpingClock, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    rig.unplug()
    for _ in range(5):
        assert scanner.read(0.01) is None
        assert scanner.state() == MISSING
        clock.jump(11)
    rig.plug()
    clock.jump(11)
    assert scanner.state() == OK
    rig.scan("YZ1:BACK")
    assert scanner.read(5) == "YZ1:BACK"
    assert [record.levelname for record in caplog.records] == ["WARNING", "INFO"]
    assert "scanner is back" in caplog.records[1].getMessage()


def test_one_holder_at_a_time(rig: Rig, scanner: Scanner, clock: JumpingClock) -> None:
    other = rig.driver(clock)
    assert other.state() == DeviceState(Health.NOT_OK, "scanner.busy_elsewhere")
    assert other.read(0.01) is None
    scanner.close()
    clock.jump(11)
    assert other.state() == OK
    other.close()


def test_a_closed_scanner_takes_its_line_again_when_it_is_read(rig: Rig, scanner: Scanner) -> None:
    rig.type("YZ1:HA")
    scanner.close()
    assert scanner.state() == OK
    rig.scan("YZ1:ABC")
    assert scanner.read(5) == "YZ1:ABC"


def test_a_hundred_cables_pulled_in_mid_scan_give_no_wrong_read(rig: Rig, clock: JumpingClock) -> None:
    """Each time a code is begun and cut at a random byte; a whole one is scanned at the device plugged in next."""
    rng, scanner, threads = random.Random(20261123), rig.driver(clock), threading.active_count()
    for turn in range(100):
        assert scanner.state() == OK
        rig.cut(code := f"YZ1:CUT{turn:03}", rng.random())
        while scanner.state() == OK:
            if (payload := scanner.read(0.002)) is not None:
                assert payload == code  # it was pulled after the last byte; half a code is never read
        rig.plug()
        scanner.nudge()
        assert scanner.state() == OK
        rig.scan(f"YZ1:WHOLE{turn:03}")
        whole = scanner.read(5)
        assert whole == f"YZ1:WHOLE{turn:03}"
    assert threading.active_count() == threads
    scanner.close()
