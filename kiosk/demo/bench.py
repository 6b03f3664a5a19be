"""The demonstration's station: simulated devices on ptys, settings that name them, and a town around it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from config.reading import read
from config.station import StationSettings
from devices.simulated.idcard.reader import SimulatedCardReader
from devices.simulated.printer import SimulatedPrinter
from devices.simulated.scanner import SimulatedScanner
from kiosk.demo.neighbour import Neighbour
from kiosk.demo.people import EXAMPLES, DemoCard, draw_cards
from kiosk.demo.processes import first_free
from kiosk.demo.town import Seeded, Town
from kiosk.settings import load_settings
from kiosk.start import Start
from kiosk.station import Folder
from kiosk.system import Machine, System
from kiosk.theme import Panel

WEB_PORT = 8000


@dataclass(frozen=True, slots=True)
class Bench:
    """The other ends of the wires, the town, and the station that was enrolled in it."""

    printer: SimulatedPrinter
    scanner: SimulatedScanner
    reader: SimulatedCardReader
    town: Town
    seeded: Seeded
    neighbour: Neighbour
    visitors: tuple[DemoCard, ...]  # cards of people whose points lie next door
    start: Start

    def close(self) -> None:
        """Stop the simulated devices and the town."""
        self.neighbour.sync.stop()
        self.town.stop()
        self.reader.close()
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
    web: bool = False,
    glass: Panel | None = None,
) -> Bench:
    """Make a town in an empty folder and plug simulated devices in; the kiosk is started by whoever uses the bench.

    The station's own folder is ``root/data``. ``glass`` is the panel, if not the example's.
    Raises ``YizhanError`` if something of it does not start.
    """
    written = read(EXAMPLES / "station.toml", StationSettings)
    printer, scanner = SimulatedPrinter(dots=dots, cutter=dots == 576), SimulatedScanner()
    reader = SimulatedCardReader()
    folder = Folder(root / "data")
    panel = written.panel
    glass = glass or Panel(panel.diagonal_inches, panel.width_px, panel.height_px)
    _write_settings(root, written, fonts, printer, scanner, reader, dots, glass)
    clock = Machine(trust_clock=True)  # the devices' and the network's time is never skipped
    port = first_free(WEB_PORT) if web else 0
    town = Town(root, folder, written.station.id, written.station.name, clock, web_port=port)
    neighbour = Neighbour(town, root / "neighbour", clock)
    try:
        seeded = town.found()
        visitors = neighbour.found()
        draw_cards(root / "cards", (*seeded.cards, *visitors), fonts)
        town.start(web=web)
        neighbour.sync.start()
    except BaseException:
        neighbour.sync.stop()
        town.stop()
        reader.close()
        scanner.close()
        printer.close()
        raise
    settings = load_settings(root)
    start = Start(settings, system, touch=touch, demo=True, frames_per_second=frames_per_second, device_clock=clock)
    return Bench(printer, scanner, reader, town, seeded, neighbour, visitors, start)


def _write_settings(
    root: Path,
    written: StationSettings,
    fonts: Path,
    printer: SimulatedPrinter,
    scanner: SimulatedScanner,
    reader: SimulatedCardReader,
    dots: int,
    panel: Panel,
) -> None:
    (root / "station.toml").write_text(
        f'[station]\nid = "{written.station.id}"\nname = "{written.station.name}"\n'
        f"[panel]\ndiagonal_inches = {panel.diagonal_inches}\nwidth_px = {panel.width_px}\n"
        f'height_px = {panel.height_px}\nfullscreen = false\n[storage]\nfolder = "{root / "data"}"\n'
        f'[typeface]\nregular = "{fonts}/YizhanSans-Regular.otf"\nbold = "{fonts}/YizhanSans-Bold.otf"\n',
        encoding="utf-8",
    )
    profile = "80mm" if dots == 576 else "58mm"
    (root / "devices.toml").write_text(
        f'[printer]\npath = "{printer.path}"\nbaud = 115200\nprofile = "{profile}"\n'
        f'[scanner]\npath = "{scanner.path}"\nbaud = 9600\n[idcard]\npath = "{reader.path}"\n'
        f"[speech]\nenabled = true\n",
        encoding="utf-8",
    )
