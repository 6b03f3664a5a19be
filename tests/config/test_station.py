from __future__ import annotations

from pathlib import Path

import pytest

from config.station import StationSettings
from tests.config.samples import STATION, load, mistakes


def _with(section: str, key: str, value: str) -> str:
    rows = [row for row in STATION.splitlines() if not row.startswith(f"{key} =")]
    if f"[{section}]" not in rows:
        rows.append(f"[{section}]")
    rows.insert(rows.index(f"[{section}]") + 1, f"{key} = {value}")
    return "\n".join(rows)


def test_what_is_not_written_has_its_default() -> None:
    settings = load(STATION, StationSettings)
    assert settings.panel.fullscreen is True
    assert settings.panel.touch == "mtdev"
    assert (settings.times.idle_seconds, settings.times.warning_seconds, settings.times.result_seconds) == (60, 30, 20)
    assert settings.storage.folder == Path("/var/lib/yizhan")
    assert settings.typeface.bold == Path("/usr/share/yizhan/fonts/YizhanSans-Bold.otf")


@pytest.mark.parametrize(
    ("section", "key", "low", "high"),
    [
        ("panel", "diagonal_inches", 5, 32),
        ("panel", "width_px", 640, 7680),
        ("panel", "height_px", 480, 7680),
        ("times", "idle_seconds", 20, 600),
        ("times", "warning_seconds", 20, 300),
        ("times", "result_seconds", 5, 120),
    ],
)
def test_bounds(section: str, key: str, low: int, high: int) -> None:
    for good in (low, high):
        assert load(_with(section, key, str(good)), StationSettings)
    for bad in (low - 1, high + 1):
        (only,) = mistakes(_with(section, key, str(bad)), StationSettings)
        assert (only.key, only.found) == (f"{section}.{key}", str(bad))
        assert f"{low} to {high}" in only.expected


@pytest.mark.parametrize(
    ("section", "key", "value"),
    [
        ("station", "id", '"5001990010010"'),
        ("station", "id", '"500199001001012"'),
        ("station", "id", '"5001990010010A"'),
        ("station", "id", '"５0019900100101"'),
        ("station", "id", "50019900100101"),
        ("station", "name", '""'),
        ("station", "name", '"   "'),
        ("station", "name", '"' + "站" * 21 + '"'),
        ("station", "name", '"驿\\n站"'),
        ("panel", "touch", '"finger"'),
        ("panel", "fullscreen", '"yes"'),
        ("panel", "fullscreen", "1"),
        ("panel", "diagonal_inches", "nan"),
        ("panel", "diagonal_inches", "true"),
        ("panel", "width_px", "1280.0"),
        ("times", "idle_seconds", "1979-05-27"),
        ("storage", "folder", "5"),
    ],
)
def test_refused(section: str, key: str, value: str) -> None:
    (only,) = mistakes(_with(section, key, value), StationSettings)
    assert only.key == f"{section}.{key}"
    assert only.advice


@pytest.mark.parametrize(
    ("section", "key", "value"),
    [("station", "name", '"' + "站" * 20 + '"'), ("panel", "touch", '"mouse"'), ("panel", "diagonal_inches", "10")],
)
def test_taken(section: str, key: str, value: str) -> None:
    assert load(_with(section, key, value), StationSettings)


def test_settings_do_not_change() -> None:
    settings = load(STATION, StationSettings)
    with pytest.raises(ValueError, match="frozen"):
        settings.panel.width_px = 1
