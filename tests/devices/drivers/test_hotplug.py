"""Whoever waits for a device is told once for each plug, with udev and without."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from devices.drivers import hotplug
from devices.drivers.hotplug import HotPlug
from devices.drivers.udev import UdevMonitor
from devices.simulated.hotplug import SimulatedMonitor
from tests.devices.helpers import JumpingClock

Start = Callable[[hotplug.Monitor], "queue.Queue[str]"]


@pytest.fixture
def start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Start]:
    """Starts with a monitor, on the folder ``tmp_path``; the first word, which comes after every start, is taken."""
    monkeypatch.setattr(hotplug, "QUIET_SECONDS", 0.05)
    monkeypatch.setattr(hotplug, "LOOK_SECONDS", 0.1)
    plugs: list[HotPlug] = []

    def begin(monitor: hotplug.Monitor) -> queue.Queue[str]:
        told: queue.Queue[str] = queue.Queue()
        plugs.append(HotPlug(monitor=monitor, clock=JumpingClock(), dev=tmp_path))
        plugs[-1].start(lambda: told.put("changed"))
        assert told.get(timeout=10) == "changed"
        return told

    threads = threading.active_count()
    yield begin
    for plug in plugs:
        plug.stop()
    assert threading.active_count() == threads


def nothing_more(told: queue.Queue[str], monitor: SimulatedMonitor) -> None:
    """After a plug that counts there is one word more: so there was none before it."""
    monitor.plug("/last")
    assert told.get(timeout=10) == "changed"
    assert told.empty()


def test_one_plug_of_many_events_is_one_word(start: Start) -> None:
    monitor = SimulatedMonitor()
    told = start(monitor)
    monitor.plug(*(f"/devices/usb1/1-1/{number}" for number in range(12)))
    assert told.get(timeout=10) == "changed"
    nothing_more(told, monitor)


def test_what_was_there_already_and_what_goes_is_no_news(start: Start) -> None:
    monitor = SimulatedMonitor("/devices/old")
    told = start(monitor)
    monitor.plug("/devices/old")
    monitor.unplug("/devices/other")
    nothing_more(told, monitor)


def test_what_went_and_came_again_is_news(start: Start) -> None:
    monitor = SimulatedMonitor("/devices/old")
    told = start(monitor)
    monitor.unplug("/devices/old")
    monitor.plug("/devices/old")
    assert told.get(timeout=10) == "changed"


def test_lost_events_are_news(start: Start) -> None:
    monitor = SimulatedMonitor()
    told = start(monitor)
    monitor.lose()
    assert told.get(timeout=10) == "changed"


def test_a_device_that_never_falls_quiet_is_told_of_all_the_same(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hotplug, "QUIET_SECONDS", 60.0)
    monkeypatch.setattr(hotplug, "BUSY_SECONDS_MAX", 0.0)
    monitor = SimulatedMonitor()
    monitor.plug("/devices/0")
    told = start(monitor)
    monitor.plug("/devices/1")
    assert told.get(timeout=10) == "changed"


@pytest.mark.parametrize("heard", [True, False])
def test_a_new_name_is_news_also_without_udev(
    start: Start, tmp_path: Path, heard: bool, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    folder = tmp_path / "serial" / "by-id"
    told = start(SimulatedMonitor(heard=heard))
    folder.mkdir(parents=True)  # the folder itself comes with the first device
    (folder / "usb-scanner").touch()
    assert told.get(timeout=10) == "changed"
    (folder / "usb-scanner").unlink()
    (folder / "usb-printer").touch()
    assert told.get(timeout=10) == "changed"
    said = [record.getMessage() for record in caplog.records]
    assert [("no word of udev" in line) for line in said] == ([] if heard else [True])


def test_a_fault_of_whoever_is_told_ends_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hotplug, "QUIET_SECONDS", 0.01)
    monitor, told = SimulatedMonitor(), threading.Semaphore(0)

    def fail() -> None:
        told.release()
        raise RuntimeError("a fault of a driver")

    plug = HotPlug(monitor=monitor, clock=JumpingClock(), dev=tmp_path)
    plug.start(fail)
    assert told.acquire(timeout=10)
    monitor.plug("/devices/1")
    assert told.acquire(timeout=10)
    plug.stop()
    assert monitor.closed


def test_the_real_monitor_without_a_daemon_waits_and_can_be_woken(start: Start, tmp_path: Path) -> None:
    monitor = UdevMonitor(tmp_path / "no-daemon")
    start(monitor)
    assert list(monitor.present()) == []


def test_the_real_monitor_lists_what_is_there_and_wakes(tmp_path: Path) -> None:
    """With a daemon's socket in place pyudev is started for real, also where nobody speaks on it."""
    (tmp_path / "control").touch()
    monitor = UdevMonitor(tmp_path / "control")
    if monitor.start():
        assert all(path.startswith("/sys/") for path in monitor.present())
    assert monitor.wait(0) is None
    monitor.wake()
    assert monitor.wait(60) is None
    monitor.close()
    monitor.wake()


@pytest.mark.parametrize("fault", [OSError(105, "No buffer space available"), ValueError("what pyudev trips over")])
def test_a_socket_in_trouble_for_good_is_said_once_and_the_slow_look_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, fault: Exception
) -> None:
    monkeypatch.setattr(hotplug, "LOST_SECONDS", 0.01)
    monkeypatch.setattr(hotplug, "LOOK_SECONDS", 0.05)
    begun: queue.Queue[int] = queue.Queue()

    class Broken(SimulatedMonitor):
        def start(self) -> bool:
            begun.put(1)
            return True

        def wait(self, seconds: float) -> tuple[str, str] | None:
            raise fault

    told: queue.Queue[str] = queue.Queue()
    plug = HotPlug(monitor=Broken(), clock=JumpingClock(), dev=tmp_path)
    plug.start(lambda: told.put("changed"))
    for _ in range(5):
        begun.get(timeout=10)  # it listens anew, with a pause each time
    while not told.empty():
        told.get()
    (tmp_path / "usb").mkdir()
    (tmp_path / "usb" / "lp0").touch()
    assert told.get(timeout=10) == "changed"
    plug.stop()
    assert [record.message for record in caplog.records if "lost" in record.message] == [
        f"events of udev were lost: {fault}"
    ]
