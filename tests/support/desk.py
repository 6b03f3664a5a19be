"""A desk with a real journal in a temporary folder, and a few people and things."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from domain.card import Card, CardKind, code_of, pack, signed_message
from domain.catalogue import Catalogue, Item, ItemClass
from domain.commands import RedeemItem
from domain.entries import Stamp, encode_entry
from domain.facts import Fact, Granted, ResidentListed, StaffListed
from domain.identity_digest import Pepper, identity_digest
from domain.ids import NOBODY, CommandId, Day, ItemId, ResidentId, StaffId, VisitId
from domain.rights import points_of, stock_of
from domain.rules import Rules
from kiosk.desk.answers import Issued
from kiosk.desk.opening import open_desk
from kiosk.desk.parts import DeskParts
from kiosk.desk.redeem import redeem
from kiosk.journal.database import create_database
from kiosk.journal.journal import Journal
from sync.identity import SigningKey, Verifier, signed_by
from tests.support.system import FakeSystem

STATION = "50019900100101"
OFFICE = SigningKey(1, b"o" * 32)
VOUCHER_KEY = SigningKey(1, b"v" * 32)
PEPPER = Pepper(1, b"p" * 32)
CHEN, LI, HE = ResidentId("chen"), ResidentId("li"), StaffId("he")
CATALOGUE = Catalogue(
    1,
    (
        Item(
            id=ItemId(101),
            kind=ItemClass.GOODS,
            name="东北大米 5公斤",
            points=120,
            unit="袋",
            pieces_max=2,
            stocked=True,
        ),
        Item(id=ItemId(102), kind=ItemClass.GOODS, name="保温水壶", points=300, unit="个", stocked=True),
        Item(id=ItemId(201), kind=ItemClass.SERVICE, name="义剪理发", points=20, unit="次"),
        Item(id=ItemId(301), kind=ItemClass.REPAIR, name="补裤脚", points=5, unit="条", available=False),
    ),
)


def card_code(
    number: bytes, kind: CardKind = CardKind.RESIDENT, county: str = "500199", key: SigningKey = OFFICE
) -> str:
    data = pack(Card(kind, county, number, Day(2500), key.key_id))
    return code_of(data, key.sign(signed_message(data)))


def digest(number: bytes) -> str:
    return identity_digest(PEPPER, "card", number)


CHEN_CARD, LI_CARD, LOST_CARD, HE_BADGE = (card_code(n * 8) for n in (b"c", b"l", b"x", b"h"))
HE_BADGE = card_code(b"h" * 8, CardKind.STAFF)
PEOPLE: tuple[Fact, ...] = (
    ResidentListed(resident=CHEN, name="陈*芳", cards=(digest(b"c" * 8),), blocked_cards=(digest(b"x" * 8),), notice=1),
    Granted(right=points_of(CHEN), total=380),
    ResidentListed(resident=LI, name="李*", cards=(digest(b"l" * 8),), notice=1),
    Granted(right=points_of(LI), total=100),
    StaffListed(staff=HE, name="何静", role="站长", cards=(digest(b"h" * 8),)),
    Granted(right=stock_of(ItemId(101)), total=2),
)


@dataclass
class TestDesk:
    """The parts, and how to open them again as after a power cut."""

    __test__ = False

    folder: Path
    system: FakeSystem = field(default_factory=FakeSystem)
    catalogue: Catalogue | None = CATALOGUE
    rules: Rules = field(default_factory=Rules)
    older: tuple[Pepper, ...] = ()

    def __post_init__(self) -> None:
        create_database(self.path, STATION, epoch=1)
        self.parts = self.open()
        self.receive(PEOPLE)
        self.waiting = open_desk(self.parts, "test")

    @property
    def path(self) -> Path:
        return self.folder / "journal.db"

    @property
    def journal(self) -> Journal:
        return self.parts.journal

    def open(self) -> DeskParts:
        return DeskParts(
            journal=Journal(self.path),
            signer=VOUCHER_KEY,
            pepper=PEPPER,
            verify_office=Verifier({1: OFFICE.public}),
            system=self.system,
            catalogue=lambda: self.catalogue,
            station_name="学田湾社区党群驿站",
            signed=signed_by,
            rules=lambda: self.rules,
            older=self.older,
        )

    def reopen(self) -> None:
        self.journal.close()
        self.parts = self.open()
        self.waiting = open_desk(self.parts, "test")

    def receive(self, facts: Iterable[Fact]) -> None:
        entries = [
            encode_entry(Stamp(self.system.random_bytes(16), 1, self.system.now_ms(), clock_ok=True), fact.KIND, fact)
            for fact in facts
        ]
        with self.journal.transaction("receive"):
            self.journal.down.receive(entries)

    def redeem(
        self,
        command: str = "c1",
        resident: ResidentId = CHEN,
        item: int = 101,
        pieces: int = 1,
        proxy: ResidentId = NOBODY,
    ) -> object:
        asked = RedeemItem(CommandId(command), VisitId("v1"), resident, ItemId(item), pieces, proxy)
        return redeem(self.parts, asked, CATALOGUE, "陈*芳")

    def issued(self, command: str = "c1") -> Issued:
        answer = self.redeem(command)
        assert isinstance(answer, Issued)
        return answer
