"""The demonstration's station: a folder of its own, simulated devices on ptys, and settings that name them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from config.devices import DeviceSettings
from config.reading import read
from config.station import StationSettings
from devices.simulated.printer import SimulatedPrinter
from devices.simulated.scanner import SimulatedScanner
from kiosk.demo.seed import EXAMPLES, Seeded, seed
from kiosk.settings import Settings
from kiosk.start import Start
from kiosk.station import Folder
from kiosk.system import Machine, System


@dataclass(frozen=True, slots=True)
class Bench:
    """The other ends of the wires, and the station that was seeded."""

    printer: SimulatedPrinter
    scanner: SimulatedScanner
    seeded: Seeded
    start: Start

    def close(self) -> None:
        """Stop the simulated devices."""
        self.scanner.close()
        self.printer.close()


def set_up(
    root: Path,
    fonts: Path,
    system: System,
    *,
    touch: str,
    frames_per_second: int = 30,
    dots: int = 576,
) -> Bench:
    """Seed an empty folder and plug simulated devices in; the kiosk is started by whoever uses the bench."""
    written = read(EXAMPLES / "station.toml", StationSettings)
    printer, scanner = SimulatedPrinter(dots=dots, cutter=dots == 576), SimulatedScanner()
    seeded = seed(Folder(root), written.station.id, system, fonts)
    settings = Settings(_station(written, root, fonts), _devices(printer, scanner, dots))
    clock = Machine(trust_clock=True)  # the devices' time is never skipped
    start = Start(settings, system, touch=touch, demo=True, frames_per_second=frames_per_second, device_clock=clock)
    return Bench(printer, scanner, seeded, start)


def _station(written: StationSettings, root: Path, fonts: Path) -> StationSettings:
    values = written.model_dump(mode="json")
    values["panel"]["fullscreen"] = False
    values["storage"]["folder"] = str(root)
    values["typeface"] = {weight: str(fonts / f"YizhanSans-{weight.title()}.otf") for weight in ("regular", "bold")}
    return StationSettings.model_validate(values)


def _devices(printer: SimulatedPrinter, scanner: SimulatedScanner, dots: int) -> DeviceSettings:
    return DeviceSettings.model_validate(
        {
            "printer": {"path": printer.path, "baud": 115200, "profile": "80mm" if dots == 576 else "58mm"},
            "scanner": {"path": scanner.path, "baud": 9600},
        }
    )
