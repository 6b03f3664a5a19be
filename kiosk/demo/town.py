"""A town of one station: a broker, an office with people and a catalogue, the cable, and the station's network process.

The office is another program: it is only spoken to by its commands, over the broker, and by reading its books.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from domain.identity_digest import Pepper
from kiosk import enrolling
from kiosk.asking import ask
from kiosk.demo.cable import Cable
from kiosk.demo.people import EXAMPLES, DemoCard, draw_pictures
from kiosk.demo.processes import NotStarted, Process, answers, free_port, mosquitto, python, wait_for
from kiosk.enrolling import read_bundle
from kiosk.station import Folder
from kiosk.system import System
from sync.identity import SigningKey, read_secret

_PASSWORD = re.compile(r"password: (\S+)")


@dataclass(frozen=True, slots=True)
class Seeded:
    """The cards that can be held before the scanner, and the office's secrets, to forge cards with."""

    cards: tuple[DemoCard, ...]
    office: SigningKey
    pepper: Pepper


class Town:
    """Made in an empty folder; ``folder`` is the station's, empty too. Nothing runs until it is started."""

    def __init__(
        self,
        root: Path,
        folder: Folder,
        station: str,
        name: str,
        system: System,
        *,
        database: str = "",
        web_port: int = 0,
    ) -> None:
        self.home, self.folder = root / "office", folder
        self._root, self._station, self._name, self._system = root, station, name, system
        self._environment = {"YIZHAN_OFFICE_HOME": str(self.home), "YIZHAN_OFFICE_DATABASE": database}
        self.broker_port, self.stations_port, self.enrol_port = free_port(), free_port(), free_port()
        self.web_port = web_port or free_port()
        self.cable = Cable(self.stations_port)
        self.password = ""
        self._enrolled = set[str]()
        self.broker = self._process(
            "broker", [mosquitto(), "-c", str(self.home / "mosquitto.conf")], self.stations_port
        )
        self.worker = self._process("worker", python("office", "worker"))
        self.web = self._process("web", python("office", "web"), self.web_port)
        self.sync = self._process("sync", python("kiosk", "sync", "--config", str(root), "--trust-clock"))

    @property
    def address(self) -> str:
        """The office's pages."""
        return f"http://127.0.0.1:{self.web_port}/"

    def found(self) -> Seeded:
        """Make the office, enrol the station, take in people, publish the catalogue. Raises ``NotStarted``."""
        self._root.mkdir(parents=True, exist_ok=True)
        self.home.mkdir(parents=True)
        ports = {"broker": self.broker_port, "web": self.web_port}
        ports |= {"stations": self.stations_port, "enrol": self.enrol_port}
        said = self.office("init", *(word for name, port in ports.items() for word in (f"--{name}-port", str(port))))
        found = _PASSWORD.search(said)
        self.password = found[1] if found else ""
        self.enrol(self.folder, self._station, self._name)
        self._point_at_the_cable()
        cards = self.people(EXAMPLES / "demo.toml", self._station)
        draw_pictures(EXAMPLES / "pictures", self._root / "pictures")
        self.push(EXAMPLES / "catalogue.toml")
        self.hang_out(EXAMPLES / "board.toml")
        return Seeded(cards, self._office_key(), Pepper(1, read_secret(self.folder.pepper)))

    def people(self, file: Path, station: str) -> tuple[DemoCard, ...]:
        """Take people in at a station; return their cards."""
        cards = self._root / f"cards-{station}.json"
        self.office("import", str(file), "--station", station, "--cards", str(cards))
        return _cards(cards)

    def enrol(self, folder: Folder, station: str, name: str) -> None:
        """Enrol a station as it is done: a bundle is carried there, and it asks the office over HTTPS."""
        bundle = self._root / "bundle.json"
        bundle.unlink(missing_ok=True)
        again = ("--replace", "--reason", "重新登记") if station in self._enrolled else ()
        self.office("enrol", station, "--name", name, "--out", str(bundle), *again)
        self._enrolled.add(station)
        running = bool(self.web.pid)
        if not running:
            self.web.start()
        wait_for(lambda: answers(self.enrol_port), "enrolment", self._system)
        read, random = read_bundle(bundle, station), self._system.random_bytes
        request = enrolling.request(folder, read, random)
        authority = self.home / "broker" / "authority.pem"
        enrolling.take(folder, read, ask(read.door, authority, request), random)
        if not running:
            self.web.stop()

    def start(self, *, web: bool = False) -> None:
        """Start the broker, the office and the station's network."""
        for process in (self.broker, self.worker, self.sync, *((self.web,) if web else ())):
            process.start()

    def stop(self) -> None:
        """End all of them."""
        for process in (self.sync, self.worker, self.web, self.broker):
            process.stop()
        self.cable.close()

    def push(self, catalogue: Path) -> str:
        """Publish a catalogue."""
        return self.office("push", str(catalogue), "--pictures", str(self._root / "pictures"), "--wait", "0")

    def hang_out(self, board: Path) -> None:
        """Publish a board without its hours of darkness: the demonstration is shown in the evening too."""
        written = self._root / "board.toml"
        written.write_text(board.read_text(encoding="utf-8").partition("[screen]")[0], encoding="utf-8")
        self.office("board", "push", str(written))

    def office(self, *arguments: str) -> str:
        """Run one command of the office and return what it said. Raises ``NotStarted`` if it fails."""
        done = subprocess.run(
            python("office", *arguments), env=self._all(), capture_output=True, text=True, timeout=120, check=False
        )
        if done.returncode:
            raise NotStarted(f"office {arguments[0]}: {done.stderr or done.stdout}")
        return done.stdout

    def standing(self) -> dict[str, object]:
        """Return how the office sees the station, as ``office stations --json`` says it."""
        rows: list[dict[str, object]] = json.loads(self.office("stations", "--json"))
        return next(row for row in rows if row["station"] == self._station)

    def _point_at_the_cable(self) -> None:
        link = self.folder.link.read_text(encoding="utf-8")
        self.folder.link.write_text(link.replace(f"port = {self.stations_port}", f"port = {self.cable.port}"))

    def _office_key(self) -> SigningKey:
        return SigningKey(1, read_secret(self.home / "secrets" / "office.key"))

    def _process(self, name: str, command: list[str], port: int | None = None) -> Process:
        return Process(
            name,
            command,
            self._root / f"{name}.log",
            self._system,
            ready=None if port is None else lambda: answers(port),
            environment=self._environment,
        )

    def _all(self) -> Mapping[str, str]:
        return {**os.environ, **self._environment}


def _cards(file: Path) -> tuple[DemoCard, ...]:
    rows = json.loads(file.read_bytes())
    return tuple(DemoCard(row["name"], row["code"], row["staff"], row["points"]) for row in rows)
