"""A station's folder as the office would have filled it: keys, registry, points, stock, catalogue, pictures, cards."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import msgspec

from config.catalogue import Catalogue as WrittenCatalogue
from config.reading import read
from config.residents import DemoData
from domain.calendar import day_of
from domain.card import NUMBER_SIZE, Card, CardKind
from domain.entries import NONCE_SIZE, Stamp, encode_entry
from domain.facts import Fact, Granted, ResidentListed, StaffListed
from domain.identity_digest import PEPPER_SIZE, Pepper, identity_digest
from domain.ids import ItemId, ResidentId, StaffId
from domain.recognise import SOURCE
from domain.rights import points_of, stock_of
from kiosk.demo.cards import CardFace, draw_card, signed_code
from kiosk.demo.names import masked
from kiosk.journal.database import create_database
from kiosk.journal.journal import Journal
from kiosk.shelf import Document, Shelf
from kiosk.station import Folder
from kiosk.system import System
from sync.identity import KEY_SIZE, SigningKey, write_secret

EXAMPLES = Path(__file__).parents[2] / "config" / "examples"
OFFICE_KEY = 1


@dataclass(frozen=True, slots=True)
class DemoCard:
    """A card that the demonstration can hold before the scanner."""

    name: str
    code: str
    staff: bool
    points: int

    def __repr__(self) -> str:
        return f"DemoCard({self.name})"


@dataclass(frozen=True, slots=True)
class Seeded:
    """What the demonstration needs to know of the station it made."""

    cards: tuple[DemoCard, ...]
    office: SigningKey
    pepper: Pepper


def seed(folder: Folder, station: str, system: System, fonts: Path, examples: Path = EXAMPLES) -> Seeded:
    """Fill an empty folder. ``system`` gives time and randomness, so a test can make the same station twice."""
    written = read(examples / "catalogue.toml", WrittenCatalogue)
    data = read(examples / "demo.toml", DemoData)
    folder.voucher_key.parent.mkdir(parents=True, mode=0o700)
    office = SigningKey(OFFICE_KEY, system.random_bytes(KEY_SIZE))
    write_secret(folder.voucher_key, system.random_bytes(KEY_SIZE))
    pepper = Pepper(1, system.random_bytes(PEPPER_SIZE))
    write_secret(folder.pepper, pepper.secret)
    folder.office_keys.write_text(json.dumps({str(OFFICE_KEY): office.public.hex()}))
    _put_catalogue(folder, written, examples)
    people = _People(station[:6], office, pepper, system)
    facts = [*_stock(data), *people.residents(data), *people.staff(data)]
    create_database(folder.journal, station, epoch=1)
    _receive(folder, facts, system)
    _draw_cards(folder, people.cards, fonts)
    return Seeded(tuple(people.cards), office, pepper)


class _People:
    """Makes residents and staff with their cards."""

    def __init__(self, county: str, office: SigningKey, pepper: Pepper, system: System) -> None:
        self._county = county
        self._office = office
        self._pepper = pepper
        self._system = system
        self.cards: list[DemoCard] = []

    def residents(self, data: DemoData) -> Iterable[Fact]:
        for person in data.residents:
            resident = ResidentId(self._system.random_bytes(8).hex())
            digest = self._card(CardKind.RESIDENT, person.name, person.points)
            yield ResidentListed(resident=resident, name=masked(person.name), cards=(digest,))
            if person.points:
                yield Granted(right=points_of(resident), total=person.points)

    def staff(self, data: DemoData) -> Iterable[Fact]:
        for person in data.staff:
            staff = StaffId(self._system.random_bytes(8).hex())
            digest = self._card(CardKind.STAFF, person.name, 0)
            yield StaffListed(staff=staff, name=person.name, role=person.role, cards=(digest,))

    def _card(self, kind: CardKind, name: str, points: int) -> str:
        number = self._system.random_bytes(NUMBER_SIZE)
        card = Card(kind, self._county, number, day_of(self._system.now_ms()), OFFICE_KEY)
        self.cards.append(DemoCard(name, signed_code(card, self._office), kind is CardKind.STAFF, points))
        return identity_digest(self._pepper, SOURCE, number)


def _stock(data: DemoData) -> Iterable[Fact]:
    return [Granted(right=stock_of(ItemId(item)), total=pieces) for item, pieces in data.stock.items()]


def _put_catalogue(folder: Folder, written: WrittenCatalogue, examples: Path) -> None:
    document = written.to_document()
    shelf = Shelf(folder.shelf)
    shelf.put(Document("catalogue", written.version, msgspec.json.encode(document)))
    shelf.close()
    _draw_pictures(examples / "pictures", folder.pictures)


def _draw_pictures(source: Path, target: Path) -> None:
    import resvg_py

    target.mkdir()
    for drawing in sorted(source.glob("*.svg")):
        png = resvg_py.svg_to_bytes(svg_string=drawing.read_text(), width=400, height=400)
        (target / f"{drawing.stem}.png").write_bytes(bytes(png))


def _receive(folder: Folder, facts: Iterable[Fact], system: System) -> None:
    journal = Journal(folder.journal)
    entries = []
    for fact in facts:
        stamp = Stamp(system.random_bytes(NONCE_SIZE), 1, system.now_ms(), clock_ok=True)
        entries.append(encode_entry(stamp, fact.KIND, fact))
    with journal.transaction("receive"):
        journal.down.receive(entries)
    journal.close()


def _draw_cards(folder: Folder, cards: list[DemoCard], fonts: Path) -> None:
    target = folder.root / "cards"
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir()
    for number, card in enumerate(cards, start=1):
        title = "工作证" if card.staff else "积分卡"
        face = CardFace(title, card.name, "学田湾社区党群驿站\n演示卡，人名是编的")
        (target / f"{number:02d}.png").write_bytes(draw_card(card.code, face, fonts))
