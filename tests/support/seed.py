"""A station's folder as an office would have filled it, without one: keys, registry, points, stock, catalogue."""

from __future__ import annotations

import json
from collections.abc import Iterable
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
from kiosk.demo.cards import signed_code
from kiosk.demo.people import EXAMPLES, DemoCard, draw_cards, draw_pictures
from kiosk.demo.town import Seeded
from kiosk.journal.database import create_database
from kiosk.journal.journal import Journal
from kiosk.shelf import Document, Shelf
from kiosk.station import Folder
from kiosk.system import System
from office.masking import masked
from sync.identity import KEY_SIZE, SigningKey, write_secret

OFFICE_KEY = 1


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
    receive(folder, facts, system)
    draw_cards(folder.root / "cards", people.cards, fonts)
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
            yield ResidentListed(resident=resident, name=masked(person.name), cards=(digest,), notice=person.notice)
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
    draw_pictures(examples / "pictures", folder.pictures)


def receive(folder: Folder, facts: Iterable[Fact], system: System) -> None:
    journal = Journal(folder.journal)
    entries = []
    for fact in facts:
        stamp = Stamp(system.random_bytes(NONCE_SIZE), 1, system.now_ms(), clock_ok=True)
        entries.append(encode_entry(stamp, fact.KIND, fact))
    with journal.transaction("receive"):
        journal.down.receive(entries)
    journal.close()
