"""A small office: two stations, two residents, one item; and stations' ends to talk with it."""

from __future__ import annotations

import random
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from config.link import Broker
from domain.entries import Stamp, encode_entry
from domain.facts import EpochOpened, Fact, VoucherIssued
from domain.ids import CommandId, Day, Epoch, ItemId, PlaceId, ResidentId, StationId, VisitId
from domain.rights import Counter as Names
from domain.rights import Move, points_of, stock_of
from domain.voucher import ItemKind
from office.home import home
from office.services.parts import Parts
from sync.chain import Direction
from sync.identity import SigningKey, read_secret, signed_by
from sync.log import Log
from tests.simulation.memory import MemoryStore
from tests.support.system import FakeSystem

if TYPE_CHECKING:
    from office.worker.store import DjangoStore

FIRST, SECOND = "50019900100101", "50019900100102"


class OfficeSystem(FakeSystem):
    """Implements ``office.system.System`` too."""

    def jitter(self) -> float:
        return 0.5


@dataclass
class StationEnd:
    """A station as the office hears it: a log in memory, and the frame key of its enrolment."""

    station: str
    folder: Path
    office_key: bytes
    stamps: int = 0

    def __post_init__(self) -> None:
        self.key = SigningKey(1, read_secret(self.folder / "secrets" / "frame.key"))
        self.voucher_key = SigningKey(1, read_secret(self.folder / "secrets" / "voucher.key"))
        self.store = MemoryStore(self.station, Direction.UP)
        self.log = Log(
            station=self.station,
            writes=Direction.UP,
            store=self.store,
            sign=self.key.sign,
            verify=lambda message, signature: signed_by(self.office_key, message, signature),
            random=random.Random(1).random,
        )

    def entry(self, fact: Fact, *moves: Move, kind: str = "") -> bytes:
        self.stamps += 1
        stamp = Stamp(self.stamps.to_bytes(16, "big"), 1, 1, clock_ok=True)
        return encode_entry(stamp, kind or fact.KIND, fact, moves)

    def write(self, data: bytes) -> None:
        self.store.write(data)
        self.log.poke()

    def open(self) -> None:
        key = self.voucher_key.public.hex()
        self.write(self.entry(EpochOpened(StationId(self.station), Epoch(1), "test", 1, key)))

    def issue(self, number: int, resident: str, points: int = 10, item: int = 101, pieces: int = 1) -> bytes:
        fact = VoucherIssued(
            number=number,
            command=CommandId(f"c{number}"),
            visit=VisitId("v"),
            resident=ResidentId(resident),
            kind=ItemKind.GOODS,
            item=ItemId(item),
            pieces=pieces,
            points=points,
            catalogue=1,
            place=PlaceId(self.station),
            issued=Day(2500),
            expires=Day(2530),
            key_id=1,
        )
        moves = (
            Move(points_of(ResidentId(resident)), Names.SPENT, points),
            Move(stock_of(ItemId(item)), Names.SPENT, pieces),
        )
        return self.entry(fact, *moves)


@dataclass
class OfficeWorld:
    """The office's parts, and the stations that were enrolled."""

    parts: Parts
    ends: dict[str, StationEnd] = field(default_factory=dict)
    logs: dict[str, Log] = field(default_factory=dict)
    stores: dict[str, DjangoStore] = field(default_factory=dict)
    residents: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def found(cls) -> OfficeWorld:
        from office.books.models import Resident

        world = cls(Parts(OfficeSystem(), home().signer(), home().pepper(), "tester", boot=1))
        for station in (FIRST, SECOND):
            world.enrol(station)
        for name, at in (("陈桂芳", FIRST), ("李明", SECOND)):
            world.residents[name] = Resident.objects.create(id=world.parts.new_id(), name=name, home_id=at)
        return world

    def enrol(self, station: str, name: str = "驿站") -> StationEnd:
        from office.services.enrol import enrol

        folder = Path(tempfile.mkdtemp(dir=home().root)) / "bundle"
        enrol(self.parts, station, name, Broker(host="127.0.0.1", port=1883, mqtt="5"), folder)
        self.ends[station] = StationEnd(station, folder, self.parts.signer.public)
        self.logs[station] = self._log(station)
        return self.ends[station]

    def talk(self, station: str = FIRST, now: float = 0.0) -> list[str]:
        """Let both sides connect and speak until neither has more to say; return the codes of what was not taken."""
        end, log = self.ends[station], self.logs[station]
        codes: list[str] = []
        end.log.connected(now)
        log.connected(now)
        log.poke()
        for _ in range(2000):
            up, down = end.log.due(now), log.due(now)
            codes += [log.receive(up, now).code] if up is not None else []
            codes += [end.log.receive(down, now).code] if down is not None else []
            if up is None and down is None:
                return [code for code in codes if code]
        raise AssertionError("they never come to an end")

    def _log(self, station: str) -> Log:
        from office.books.models import Station
        from office.worker.own import signed_by_us
        from office.worker.store import DjangoStore

        self.stores[station] = DjangoStore(self.parts, station)
        public = bytes.fromhex(Station.objects.get(pk=station).frame_key)
        return Log(
            station=station,
            writes=Direction.DOWN,
            store=self.stores[station],
            sign=self.parts.signer.sign,
            verify=lambda message, signature: signed_by(public, message, signature),
            random=random.Random(2).random,
            own=signed_by_us,
        )
