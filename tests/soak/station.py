"""A station and its office in a folder that outlives the run: an interrupted soak goes on where it was."""

from __future__ import annotations

import json
import os
import re
import signal
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from devices.simulated.printer import SimulatedPrinter
from devices.simulated.scanner import SimulatedScanner
from domain.identity_digest import Pepper
from kiosk.demo.people import DemoCard
from kiosk.demo.town import Seeded, Town
from kiosk.station import Folder
from kiosk.system import Machine
from sync.identity import SigningKey, read_secret
from tests.support.enrolled import EnrolledStation
from tests.support.station import STATION

NAME = "学田湾社区党群驿站"


@dataclass
class SoakStation(EnrolledStation):
    """Made where there is none yet, else taken up again: other ports, other ends of the wires, the same files."""

    def __post_init__(self) -> None:
        end_leftovers(self.root)
        if not (self.root / "whole").exists():
            super().__post_init__()
            (self.root / "whole").touch()
            return
        self.printer, self.scanner = SimulatedPrinter(), SimulatedScanner()
        self.folder = Folder(self.root / "data")
        self.town = Town(self.root, self.folder, STATION, NAME, Machine(trust_clock=True))
        self.seeded = Seeded(self._cards(), self._office_key(), Pepper(1, read_secret(self.folder.pepper)))
        self._move_ports()
        (self.root / "devices.toml").write_text(
            f'[printer]\npath = "{self.printer.path}"\nbaud = 115200\n[scanner]\npath = "{self.scanner.path}"\n',
            encoding="utf-8",
        )

    def _move_ports(self) -> None:
        town, file = self.town, self.town.home / "office.toml"
        ports = iter((town.broker_port, town.web_port, town.stations_port, town.enrol_port))
        text = file.read_text(encoding="utf-8")
        file.write_text(re.sub(r"(?m)^(\w*port) = \d+$", lambda found: f"{found[1]} = {next(ports)}", text))
        town.office("init")  # writes the broker's configuration anew
        link = self.folder.link
        link.write_text(re.sub(r"port = \d+", f"port = {town.cable.port}", link.read_text(encoding="utf-8"), count=1))

    def _cards(self) -> tuple[DemoCard, ...]:
        rows = json.loads((self.root / f"cards-{STATION}.json").read_bytes())
        return tuple(DemoCard(row["name"], row["code"], row["staff"], row["points"]) for row in rows)

    def _office_key(self) -> SigningKey:
        return SigningKey(1, read_secret(self.town.home / "secrets" / "office.key"))


class StandingStation(SoakStation):
    """The files of a station and its office; nothing runs."""

    def __post_init__(self) -> None:
        self.printer, self.folder = None, Folder(self.root / "data")
        self.town = Town(self.root, self.folder, STATION, NAME, Machine(trust_clock=True))
        self.town.cable.close()


def end_leftovers(root: Path) -> None:
    """End what a soak that was killed left running: programs that were told this very folder, and no others."""
    mine, told = {os.getpid(), os.getppid()}, re.compile(re.escape(os.fsencode(root)) + rb"(/office)?[/\0]")
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            said = (process / "cmdline").read_bytes() + (process / "environ").read_bytes()
            if int(process.name) not in mine and told.search(said):
                os.kill(int(process.name), signal.SIGKILL)
