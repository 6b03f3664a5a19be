"""A station behind a bad network: broker with TLS as shipped, worker, network process and desk are real."""

from __future__ import annotations

import random
from pathlib import Path

from domain.commands import RedeemItem
from domain.ids import CommandId, ItemId, ResidentId, VisitId
from domain.rules import Rules
from kiosk.demo.people import EXAMPLES
from kiosk.desk.answers import Issued
from kiosk.desk.opening import open_desk
from kiosk.desk.redeem import redeem
from kiosk.station import open_parts
from kiosk.system import Machine
from tests.support.enrolled import EnrolledStation, wait
from tests.support.proxy import Proxy
from tests.support.station import STATION

REPAIR, POINTS = 301, 5
PNG = b"\x89PNG\r\n\x1a\n"


class Distant:
    """Between the station and its broker lies ``proxy``; nothing runs until ``start``. ``sell`` writes an entry."""

    def __init__(self, root: Path, seed: int = 1) -> None:
        self.station = EnrolledStation(root)
        self.town = self.station.town
        self.proxy = Proxy(self.town.stations_port, seed=seed)
        link = self.station.folder.link
        link.write_text(link.read_text().replace(f"port = {self.town.cable.port}", f"port = {self.proxy.port}"))
        self._sold = 0
        self.open()

    def open(self) -> None:
        """Open the desk, as a start of the kiosk does."""
        self.parts = open_parts(self.station.folder, STATION, "站", Machine(trust_clock=True), demo=False)
        open_desk(self.parts, "network")

    def start(self) -> None:
        """Start all; return when both sides are in step and the catalogue is in force."""
        self.town.start()
        self.settle()

    def settle(self, seconds: float = 60.0) -> None:
        """Wait until both sides are in step and the catalogue is in force."""
        wait(lambda: self.parts.catalogue() is not None, "the catalogue", seconds)
        self.in_step(seconds)

    def close(self) -> None:
        self.parts.journal.close()
        self.station.close()
        self.proxy.close()

    def resident(self) -> ResidentId:
        """Who has most."""
        return ResidentId(self.station.one("SELECT id FROM books_resident ORDER BY credits DESC LIMIT 1"))

    def sell(self, count: int = 1, resident: ResidentId | None = None) -> int:
        """Redeem as often at the desk; return the number of the last entry."""
        catalogue = self.parts.catalogue()
        assert catalogue is not None
        resident = resident or self.resident()
        for _ in range(count):
            self._sold += 1
            asked = RedeemItem(CommandId(f"c{self._sold}"), VisitId("v"), resident, ItemId(REPAIR), 1)
            answer = redeem(self.parts, asked, catalogue, "王*国")
            assert isinstance(answer, Issued), answer
        return self.parts.journal.chain.head().number

    def grant(self, points: int) -> None:
        """Give points to whom ``sell`` takes them from; for more than the rules leave at home they are changed."""
        if points > Rules().home_cap:
            self.town.office("rules", "set", f"home_cap={points * 10}")
        names = self.station.books("SELECT name FROM books_resident ORDER BY credits DESC LIMIT 1")
        self.town.office("grant", names[0][0], str(points), "--reason", "试验")

    def in_step(self, seconds: float = 60.0) -> float:
        """Wait until each side holds everything of the other, and knows it; return how long that took."""

        def reached() -> bool:
            rows = self.station.books("SELECT up_last, down_last - down_acked FROM books_station")
            return rows == [(self.written, 0)] and self.acknowledged == self.written

        return wait(reached, "both sides in step", seconds)

    @property
    def written(self) -> int:
        return self.parts.journal.chain.head().number

    @property
    def acknowledged(self) -> int:
        return self.parts.journal.office.holds()

    @property
    def held(self) -> int:
        """How many entries the office holds."""
        return int(self.station.one("SELECT up_last FROM books_station"))

    @property
    def pictures(self) -> int:
        """How many pictures have come."""
        return len(list(self.station.folder.pictures.iterdir()))

    def publish_pictures(self, size: int, seed: int = 1) -> int:
        """Publish the example catalogue with pictures of ``size`` bytes of noise; return how many there are."""
        dice, folder = random.Random(seed), self.station.root / "pictures"
        for path in sorted(folder.glob("*.png")):
            path.write_bytes(PNG + dice.randbytes(size - len(PNG)))
        text = (EXAMPLES / "catalogue.toml").read_text(encoding="utf-8")
        file = self.station.root / "catalogue.toml"
        file.write_text(text.replace("version = 1", "version = 2", 1), encoding="utf-8")
        self.town.push(file)
        return text.count("picture = ")
