"""Reading both logs from the first entry on, and gathering what they say."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Callable
from dataclasses import dataclass, field

from domain.entries import EntryError, decode_entry
from domain.facts import (
    DOWN,
    UP,
    CardRekeyed,
    DocumentAnnounced,
    EpochOpened,
    Fact,
    Granted,
    JoinAsked,
    OfficeKeyAnnounced,
    PaperReprinted,
    ResidentErased,
    ResidentListed,
    StaffListed,
    VoucherIssued,
    fact_of,
)
from kiosk.journal.down import APPLIED
from kiosk.journal.journal import Journal, connection_of
from kiosk.journal.told_rights import ToldRights
from sync.chain import Direction, first_hash, next_hash

Number = tuple[int, int]  # epoch and number


@dataclass
class Told:
    """What the entries say, in the shapes in which the tables are compared with it."""

    faults: list[str] = field(default_factory=list)
    moved: Tally[tuple[int, str, str]] = field(default_factory=Tally)
    keys: dict[int, bytes] = field(default_factory=dict)  # the voucher key of each epoch
    issued: dict[Number, VoucherIssued] = field(default_factory=dict)
    rights: ToldRights = field(default_factory=ToldRights)
    copies: Tally[Number] = field(default_factory=Tally)
    people: dict[str, ResidentListed | StaffListed] = field(default_factory=dict)
    rekeyed: dict[str, str] = field(default_factory=dict)  # digests of cards, old → new
    announced: dict[str, DocumentAnnounced] = field(default_factory=dict)
    office_keys: dict[int, bytes] = field(default_factory=dict)
    joins: dict[str, tuple[int, int, str]] = field(default_factory=dict)  # epoch, number and slip by request

    def hear(self, epoch: int, fact: Fact | None) -> None:
        """Take a fact in."""
        match fact:
            case EpochOpened():
                self.keys[epoch] = bytes.fromhex(fact.voucher_key)
            case VoucherIssued():
                self.issued[epoch, fact.number] = fact
            case PaperReprinted():
                self.copies[fact.epoch, fact.number] += 1
            case Granted():
                self.moved[fact.epoch or epoch, fact.right, "granted"] = fact.total
            case ResidentListed():
                self.people[fact.resident] = fact
                self.rights.hear(epoch, fact)
            case StaffListed():
                self.people[fact.staff] = fact
            case ResidentErased():
                self.people.pop(fact.resident, None)
                self.rights.hear(epoch, fact)
            case CardRekeyed():
                self.rekeyed[fact.old] = fact.new
            case DocumentAnnounced():
                self.announced[fact.name] = fact
            case JoinAsked():
                self.joins[fact.request] = (epoch, fact.number, fact.slip)
            case OfficeKeyAnnounced():
                self.office_keys[fact.key_id] = bytes.fromhex(fact.key)
            case _:
                self.rights.hear(epoch, fact)


def walk(
    journal: Journal, direction: Direction, told: Told, progress: Callable[[int], None] = lambda _done: None
) -> tuple[int, bytes]:
    """Follow a log through every epoch; return how many entries there are and the last hash of the newest epoch."""
    up = direction is Direction.UP
    table, applied, own = ("entries", "1", "epoch") if up else ("down_entries", "applied", "for_epoch")
    station, current = journal.identity.station, journal.identity.epoch if up else journal.down.epoch
    count, epoch, expected, hash_ = 0, 0, 0, first_hash(direction, station, current)
    rows = connection_of(journal).execute(
        f"SELECT epoch, number, bytes, hash, {applied}, {own} FROM {table} ORDER BY epoch, number"  # noqa: S608 - two tables
    )
    for row_epoch, number, data, stored, state, for_epoch in rows:
        if row_epoch != epoch:
            epoch, expected, hash_ = row_epoch, 0, first_hash(direction, station, row_epoch)
        expected, hash_, count = expected + 1, next_hash(hash_, data), count + 1
        if number != expected or hash_ != stored:
            told.faults.append(f"{table}: the chain breaks at entry {number} of epoch {epoch}")
            break
        if state == APPLIED:
            _read(table, for_epoch, number, data, told)
        if count % 10_000 == 0:
            progress(count)
    return count, hash_


def _read(table: str, epoch: int, number: int, data: bytes, told: Told) -> None:
    try:
        entry = decode_entry(data)
        told.hear(epoch, fact_of(entry, UP) or fact_of(entry, DOWN))
    except (EntryError, ValueError) as error:
        told.faults.append(f"{table}: entry {number} of epoch {epoch}: {error}")
        return
    for move in entry.moves:
        told.moved[epoch, move.right, move.counter] += move.amount
