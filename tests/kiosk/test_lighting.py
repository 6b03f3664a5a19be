"""The backlight follows the screen's rest on a thread of its own, and its trouble is nobody's."""

from __future__ import annotations

import logging
import queue
from pathlib import Path

import pytest

from devices.drivers.backlight import SysfsBacklight
from kiosk.dimness import Dimness
from kiosk.lighting import LightLoop


class NotingBacklight:
    """Notes what it is set to; may be told to fail."""

    def __init__(self) -> None:
        self.set: queue.Queue[int] = queue.Queue()
        self.broken = False

    def put(self, percent: int) -> None:
        self.set.put(percent)
        if self.broken:
            raise PermissionError("not for you")


def test_it_is_bright_at_the_start_and_at_the_end_and_follows_between() -> None:
    light = NotingBacklight()
    loop = LightLoop(light)
    loop.start()
    assert light.set.get(timeout=10) == 100
    for dimness, percent in ((Dimness.DIM, 60), (Dimness.DARK, 25), (Dimness.OFF, 0)):
        loop.put(dimness)
        loop.put(dimness)  # the same screen drawn again
        assert light.set.get(timeout=10) == percent
    loop.stop()
    assert light.set.get(timeout=10) == 100
    assert light.set.empty()


def test_trouble_is_said_once(caplog: pytest.LogCaptureFixture) -> None:
    light = NotingBacklight()
    light.broken = True
    loop = LightLoop(light)
    with caplog.at_level(logging.INFO):
        loop.start()
        light.set.get(timeout=10)
        loop.put(Dimness.DIM)
        light.set.get(timeout=10)
        light.broken = False
        loop.put(Dimness.OFF)
        light.set.get(timeout=10)
        loop.stop()
    assert [record.levelname for record in caplog.records] == ["WARNING", "INFO"]
    assert "screen.backlight" in caplog.text


def panel(root: Path, most: str = "31") -> Path:
    folder = root / "10-0045"
    folder.mkdir()
    (folder / "max_brightness").write_text(f"{most}\n")
    (folder / "brightness").write_text("31\n")
    return folder


def test_the_light_is_a_part_of_what_the_panel_can(tmp_path: Path) -> None:
    folder = panel(tmp_path)
    for name in (str(folder), str(tmp_path / "*")):
        light = SysfsBacklight(name)
        found = []
        for percent in (100, 60, 1, 0):
            light.put(percent)
            found.append(int((folder / "brightness").read_text()))
        assert found == [31, 18, 1, 0]


def test_a_machine_without_such_a_light_says_so(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="no backlight"):
        SysfsBacklight(str(tmp_path / "*")).put(50)
    with pytest.raises(OSError, match="max_brightness"):
        SysfsBacklight(str(tmp_path / "gone")).put(50)
    with pytest.raises(OSError, match="no number"):
        SysfsBacklight(str(panel(tmp_path, "much"))).put(50)
