"""The station next door: people of its own, nobody before its screen, and a network process that answers the office."""

from __future__ import annotations

from pathlib import Path

from config.reading import read
from config.station import StationSettings
from kiosk.demo.people import EXAMPLES, DemoCard
from kiosk.demo.processes import Process, python
from kiosk.demo.town import Town
from kiosk.desk.opening import open_desk
from kiosk.station import Folder, open_parts
from kiosk.system import System
from kiosk.version import VERSION

STATION, NAME = "50019900100201", "江北社区驿站"


class Neighbour:
    """Made in a town that stands; nothing runs until its process is started."""

    def __init__(self, town: Town, root: Path, system: System) -> None:
        self.folder = Folder(root / "data")
        self._town, self._root, self._system = town, root, system
        self.sync = Process(
            "neighbour", python("kiosk", "sync", "--config", str(root), "--trust-clock"), root / "sync.log", system
        )

    def found(self) -> tuple[DemoCard, ...]:
        """Enrol it, take its people in, and switch its screen on once. Raises ``NotStarted``."""
        self._root.mkdir(parents=True)
        self._town.enrol(self.folder, STATION, NAME)
        cards = self._town.people(EXAMPLES / "neighbour.toml", STATION)
        panel = read(EXAMPLES / "station.toml", StationSettings).panel
        (self._root / "station.toml").write_text(
            f'[station]\nid = "{STATION}"\nname = "{NAME}"\n'
            f"[panel]\ndiagonal_inches = {panel.diagonal_inches}\nwidth_px = {panel.width_px}\n"
            f'height_px = {panel.height_px}\nfullscreen = false\n[storage]\nfolder = "{self.folder.root}"\n',
            encoding="utf-8",
        )
        parts = open_parts(self.folder, STATION, NAME, self._system, demo=True)
        try:
            open_desk(parts, VERSION)
        finally:
            parts.journal.close()
        return cards
