"""The settings of a run: two files in one folder, all mistakes told at once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from config.devices import DeviceSettings
from config.mistakes import Mistake, SettingsError
from config.reading import read
from config.station import StationSettings
from kiosk.flow.states import Times
from kiosk.theme import Panel

RESIDENTS_ADVICE = (
    'Use a panel of 10.1 inches or more for residents; if only staff stand before it, add used_by = "staff".'
)


@dataclass(frozen=True, slots=True)
class Settings:
    """What the station is, and what hangs on it."""

    station: StationSettings
    devices: DeviceSettings

    def panel(self) -> Panel:
        """The glass; ``load_settings`` has seen to it that it is large enough."""
        written = self.station.panel
        return Panel(written.diagonal_inches, written.width_px, written.height_px, staff=written.used_by == "staff")

    def times(self) -> Times:
        """How long the screen waits."""
        written = self.station.times
        dim = 60.0 * self.station.screen.dim_minutes
        return Times(written.idle_seconds, written.warning_seconds, written.result_seconds, dim_seconds=dim)


def load_settings(folder: Path) -> Settings:
    """Read ``station.toml`` and ``devices.toml``. Raises ``SettingsError`` with the mistakes of both."""
    mistakes: list[Mistake] = []
    station = devices = None
    try:
        station = read(folder / "station.toml", StationSettings)
    except SettingsError as error:
        mistakes.extend(error.mistakes)
    try:
        devices = read(folder / "devices.toml", DeviceSettings)
    except SettingsError as error:
        mistakes.extend(error.mistakes)
    if station is not None:
        mistakes.extend(_panel_mistakes(folder / "station.toml", station))
    if station is None or devices is None or mistakes:
        raise SettingsError(mistakes)
    return Settings(station, devices)


def _panel_mistakes(file: Path, station: StationSettings) -> list[Mistake]:
    """Whether type that old eyes can read fits on the glass: three settings together say that, none of them alone."""
    panel = station.panel
    try:
        Panel(panel.diagonal_inches, panel.width_px, panel.height_px, staff=panel.used_by == "staff")
    except ValueError:
        found = f"{panel.diagonal_inches} inches with {panel.width_px}×{panel.height_px}"
        expected, advice = "a panel of at least 200 × 120 mm", RESIDENTS_ADVICE
        if panel.used_by == "staff":
            expected, advice = "a panel of at least 131 × 82 mm", "Use a panel of 7 inches or more."
        return [Mistake(str(file), 0, "panel", found, expected, advice)]
    return []
