"""A station with a real journal, as the office hears it: its desk at one end, the worker's part at the other."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from pathlib import Path

from kiosk.desk.opening import open_desk
from kiosk.desk.parts import DeskParts
from kiosk.journal.asks import WHO
from kiosk.journal.database import create_database
from kiosk.journal.journal import Journal
from kiosk.journal.sync_store import SyncStore
from office.worker.rights import Rights
from sync.chain import Direction
from sync.frame import WANTS_MAX, Want
from sync.identity import Verifier, signed_by
from sync.log import Log
from tests.office.world import FIRST, OfficeWorld
from tests.support.desk import CATALOGUE
from tests.support.system import FakeSystem


@dataclass
class JoiningStation:
    """``talk`` lets both sides speak until neither has more to say, with what the worker does after a frame."""

    office: OfficeWorld
    folder: Path
    name: str = FIRST
    now: float = 0.0
    system: FakeSystem = field(default_factory=FakeSystem)

    def __post_init__(self) -> None:
        end, key = self.office.ends[self.name], self.office.parts.signer
        create_database(self.folder / "journal.db", self.name, epoch=1)
        self.journal = Journal(self.folder / "journal.db")
        self.parts = DeskParts(
            journal=self.journal,
            signer=end.voucher_key,
            pepper=self.office.parts.pepper,
            verify_office=Verifier({key.key_id: key.public}),
            system=self.system,
            catalogue=lambda: CATALOGUE,
            station_name="学田湾社区党群驿站",
            signed=signed_by,
        )
        open_desk(self.parts, "test")
        self.rights = Rights(self.office.parts)
        self.end = self.office.ends[self.name]
        self.end.log = Log(
            station=self.name,
            writes=Direction.UP,
            store=SyncStore(self.journal, 1),
            sign=end.key.sign,
            verify=lambda message, signature: signed_by(key.public, message, signature),
            random=random.Random(1).random,
        )
        self.online(1)

    def online(self, connected: int) -> None:
        with self.journal.transaction("connected"):
            self.journal.office.set_connected(connected, self.system.now_ms())

    def talk(self) -> None:
        """Frames, errands, wishes and their answers, as agent and worker have them."""
        store = self.office.stores[self.name]
        for _ in range(4):
            self.now += 60.0
            asks = tuple(Want(ask.visit, WHO + ask.digest, 1) for ask in self.journal.asks.open(WANTS_MAX))
            self.end.log.poke()
            if asks:
                self.end.log.want(asks)
            assert self.office.talk(self.name, self.now) == []
            self.rights.after(store, self.now)
            self.rights.turn(self.now)
            if store.answers:
                self.office.logs[self.name].want(tuple(store.answers))
                store.answers = []
