"""A town under attack: the shipped broker with TLS, a real worker, one honest station, and somebody else's machine.

The somebody has a certificate that is valid: her station was enrolled like any other, by stick, with the real commands.
"""

from __future__ import annotations

import sqlite3
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from domain.commands import RedeemItem
from domain.ids import CommandId, ItemId, ResidentId, VisitId
from kiosk import enrolling
from kiosk.desk.answers import Issued
from kiosk.desk.opening import open_desk
from kiosk.desk.parts import DeskParts
from kiosk.desk.redeem import redeem
from kiosk.journal.verify import verify
from kiosk.station import Folder, open_parts
from kiosk.system import Machine
from sync.chain import Direction, first_hash, next_hash
from sync.enrolment import decode_bundle
from sync.identity import SigningKey, read_secret
from sync.tls import Credentials
from tests.support.enrolled import EnrolledStation, wait
from tests.support.station import STATION

MALLORY = "50019900100102"  # the same county
STRANGER = "50022300100101"  # another one
REPAIR = 301
_KEPT = ("upentry", "downentry", "counter", "voucher", "credit", "grant", "resident", "alarm")


@dataclass(frozen=True, slots=True)
class Captured:
    """A station that was enrolled, in the hands of whoever."""

    station: str
    folder: Folder

    @property
    def credentials(self) -> Credentials:
        return Credentials(self.folder.authority, self.folder.tls)

    @property
    def key(self) -> SigningKey:
        return SigningKey(1, read_secret(self.folder.frame_key))


class Arena:
    """``limits`` are lines under ``[limits]`` of office.toml."""

    def __init__(self, root: Path, limits: str = "") -> None:
        self.honest = EnrolledStation(root)
        self.town = self.honest.town
        self.root = root
        if limits:
            settings = self.town.home / "office.toml"
            settings.write_text(settings.read_text() + f"\n[limits]\n{limits}\n", encoding="utf-8")
        self.mallory = self.enrol(MALLORY)
        self.parts: DeskParts | None = None
        self.commands = 0

    def start(self) -> None:
        """Start the town and wait until the honest station and the office are in step."""
        self.town.start()
        self._open()

    def start_beside(self) -> None:
        """The same, where the broker runs already."""
        self.town.worker.start()
        self.town.sync.start()
        self._open()

    def nudge(self, seconds: float) -> None:
        """Let the other processes work for a moment; nothing that is asserted depends on how long."""
        time.sleep(seconds)

    def _open(self) -> None:
        parts = open_parts(self.honest.folder, STATION, "站", Machine(trust_clock=True), demo=False)
        open_desk(parts, "attack")
        self.parts = parts
        wait(lambda: parts.catalogue() is not None, "the catalogue")
        self.in_step()

    def close(self) -> None:
        if self.parts is not None:
            self.parts.journal.close()
        self.honest.close()

    def enrol(self, station: str, life: int = 1) -> Captured:
        """By stick, with the office's real commands."""
        name = f"{station}-{life}"
        folder = Folder(self.root / f"of-{name}")
        folder.root.mkdir()
        bundle, asked, answer = (self.root / f"{name}.{kind}" for kind in ("bundle", "request", "answer"))
        again = ("--replace", "--reason", "换机") if life > 1 else ()
        self.town.office("enrol", station, "--name", "别人", "--out", str(bundle), *again)
        read, random = decode_bundle(bundle.read_bytes()), Machine().random_bytes
        asked.write_bytes(enrolling.request(folder, read, random))
        self.town.office("enrol-answer", str(asked), "--out", str(answer))
        enrolling.take(folder, read, answer.read_bytes(), random)
        return Captured(station, folder)

    def redeem(self) -> str:
        """The honest station sells something; return the number of the voucher's entry."""
        assert self.parts is not None
        catalogue = self.parts.catalogue()
        assert catalogue is not None
        self.commands += 1
        resident = ResidentId(self.one("SELECT id FROM books_resident ORDER BY credits DESC LIMIT 1"))
        asked = RedeemItem(CommandId(f"c{self.commands}"), VisitId("v"), resident, ItemId(REPAIR), 1)
        answer = redeem(self.parts, asked, catalogue, "王*国")
        assert isinstance(answer, Issued), answer
        return str(answer)

    def in_step(self, seconds: float = 60.0) -> None:
        """Wait until the office has everything of the honest station, and the station everything of the office."""

        def reached() -> bool:
            rows = self.books("SELECT up_last, down_last - down_acked FROM books_station WHERE id = ?", STATION)
            return rows == [(len(self.honest.entries()), 0)]

        wait(reached, "both sides in step", seconds)

    def books(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        with sqlite3.connect(self.town.home / "office.db", timeout=20) as books:
            rows = books.execute(query, values).fetchall()
        books.close()
        return rows

    def one(self, query: str, *values: object) -> Any:
        rows = self.books(query, *values)
        return rows[0][0] if rows else None

    def counted(self, station: str, code: str) -> int:
        """How often something came, as the office's people see it."""
        query = "SELECT count FROM books_irregularity WHERE station = ? AND code = ?"
        return int(self.one(query, station, code) or 0)

    def standing(self) -> dict[str, Any]:
        """What is in the books of everybody but how often something odd came."""
        return {name: self.books(f"SELECT * FROM books_{name} ORDER BY 1") for name in _KEPT}

    def memory(self, process: Any) -> int:
        """Resident bytes of a process."""
        return int(psutil.Process(process.pid).memory_info().rss)

    def nothing_but_the_honest(self) -> None:
        """Outside both programs: papers' journal and books say one thing, and it is what the honest station did."""
        entries = self.honest.entries()
        kept = self.books("SELECT number, data FROM books_upentry WHERE station_id = ? ORDER BY number", STATION)
        assert [(number, bytes(data)) for number, data in kept] == entries
        hash_ = first_hash(Direction.UP, STATION, 1)
        for _, data in entries:
            hash_ = next_hash(hash_, data)
        assert bytes(self.one("SELECT up_hash FROM books_station WHERE id = ?", STATION)) == hash_
        assert self.books("SELECT * FROM books_upentry WHERE station_id = ? AND parked <> ''", STATION) == []
        assert self.books("SELECT code FROM books_alarm WHERE station_id <> ?", MALLORY) == []
        sold = self.one("SELECT count(*) FROM books_voucher")
        assert sold == self.commands
        assert self.books("SELECT DISTINCT station_id FROM books_voucher") in ([], [(STATION,)])
        over = "SELECT count(*) FROM books_counter WHERE spent - refunded + returned > granted + earned"
        assert self.one(over) == 0
        given = self.one("SELECT sum(credits) FROM books_resident")
        assert given == self.one("SELECT sum(granted) FROM books_counter WHERE thing LIKE 'points/%'")
        assert self.parts is not None
        journal = self.parts.journal
        assert journal.office.alarm() == ""
        assert verify(journal).sound
        for thing, total in self.books("SELECT thing, granted FROM books_counter WHERE station_id = ?", STATION):
            assert journal.rights.get(thing).granted == total
