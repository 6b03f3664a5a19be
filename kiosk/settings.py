"""The settings of a run: two files in one folder, all mistakes told at once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from config.devices import DeviceSettings
from config.mistakes import Mistake, SettingsError
from config.reading import read
from config.station import StationSettings
from kiosk.flow.states import Times


@dataclass(frozen=True, slots=True)
class Settings:
    """What the station is, and what hangs on it."""

    station: StationSettings
    devices: DeviceSettings

    def times(self) -> Times:
        """How long the screen waits."""
        written = self.station.times
        return Times(written.idle_seconds, written.warning_seconds, written.result_seconds)


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
    if station is None or devices is None:
        raise SettingsError(mistakes)
    return Settings(station, devices)
