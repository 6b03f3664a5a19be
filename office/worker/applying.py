"""What a frame's entries do to the books: gathered first, so that it can be written in few statements. Pure.

Nothing a station says raises: an entry that does not fit is parked with a reason, what it claims is not applied, and
everything else is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from domain.entries import Entry, EntryError, decode_entry
from domain.facts import (
    UP,
    DocumentRefused,
    DocumentTaken,
    EpochClosed,
    EpochOpened,
    Fact,
    RightsHandedBack,
    VoucherIssued,
    VoucherVoided,
    fact_of,
    is_document,
)
from domain.rights import Counter, Counters, Move, is_right, points_of, stock_of
from domain.voucher import PIECES_MAX, POINTS_MAX
from domain.voucher_number import NUMBER_MAX

REASON_MAX = 200


@dataclass(frozen=True, slots=True)
class Life:
    """The station's present life, as the office opened it."""

    station: str
    epoch: int
    voucher_key: str


@dataclass
class Read:
    """One entry: its kind for the list, its typed body if it is known, and why it is parked if it is."""

    number: int
    kind: str
    entry: Entry | None
    fact: Fact | None
    parked: str = ""


@dataclass
class Effects:
    """What a frame does: counters as they will stand, vouchers to add, fates to write, documents taken or refused."""

    counters: dict[str, Counters] = field(default_factory=dict)
    touched: set[str] = field(default_factory=set)
    issued: dict[int, VoucherIssued] = field(default_factory=dict)
    voided: set[tuple[int, int]] = field(default_factory=set)
    documents: dict[tuple[str, int], DocumentTaken | DocumentRefused] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Books:
    """What the office held before the frame. ``voucher(epoch, number)``: points, pieces, resident, item and fate."""

    counters: Mapping[str, Counters]
    voucher: Callable[[int, int], KnownVoucher | None]


@dataclass(frozen=True, slots=True)
class KnownVoucher:
    """A voucher as the books have it."""

    resident: str
    item: int
    pieces: int
    points: int
    fate: str


def read_entries(first: int, entries: list[bytes]) -> list[Read]:
    """Read entries of a station; what cannot be read is parked."""
    return [_read(number, data) for number, data in enumerate(entries, start=first)]


def apply(life: Life, reads: list[Read], books: Books) -> Effects:
    """Work out the effects, in order; an entry that does not fit gets its ``parked``."""
    effects = Effects(counters=dict(books.counters))
    for read in reads:
        if read.entry is None or read.fact is None or read.parked:
            continue
        reason = _fault(life, read, books, effects) or _move(read.entry.moves, effects)
        if reason:
            read.parked = clean(reason, REASON_MAX)
        else:
            _note(read.fact, effects)
    return effects


def clean(text: str, length: int) -> str:
    """Return what of a station's words may stand in a list: printable, and not too long."""
    return "".join(char if char.isprintable() else "·" for char in text[:length])


def _read(number: int, data: bytes) -> Read:
    try:
        entry = decode_entry(data)
    except EntryError as error:
        return Read(number, "?", None, None, clean(f"entry.malformed: {error}", REASON_MAX))
    kind = clean(entry.kind, 40)
    try:
        fact = fact_of(entry, UP)
    except EntryError as error:
        return Read(number, kind, entry, None, clean(f"entry.malformed: {error}", REASON_MAX))
    return Read(number, kind, entry, fact, "" if fact else "entry.unknown_kind")


def _fault(life: Life, read: Read, books: Books, effects: Effects) -> str:
    moves = read.entry.moves if read.entry is not None else ()
    match read.fact:
        case EpochOpened() as fact:
            right = (fact.station, fact.epoch, fact.voucher_key) == (life.station, life.epoch, life.voucher_key)
            return "" if right and read.number == 1 and not moves else "entry.foreign: not the life that was enrolled"
        case RightsHandedBack():
            fits = all(move.counter == Counter.RETURNED for move in moves)
            return "" if fits else "entry.moves: a life that ends only hands back"
        case EpochClosed() if moves:
            return "entry.moves: this kind moves nothing"
        case VoucherIssued() as fact if not _in_range(fact):
            return "entry.range: a value that no voucher can have"
        case VoucherIssued() as fact:
            if fact.number in effects.issued or books.voucher(life.epoch, fact.number) is not None:
                return f"entry.twice: voucher {fact.number} was issued before"
            return _unlike(moves, _spending(fact))
        case VoucherVoided() as fact:
            return _void_fault(life, fact, moves, books, effects)
        case DocumentTaken() | DocumentRefused() as fact if not is_document(fact.name, fact.version):
            return "entry.range: a name or version that no document can have"
        case _:
            return "entry.moves: this kind moves nothing" if moves else ""


def _void_fault(life: Life, fact: VoucherVoided, moves: tuple[Move, ...], books: Books, effects: Effects) -> str:
    known = books.voucher(fact.epoch, fact.number) if fact.epoch == life.epoch else None
    if fact.epoch == life.epoch and fact.number in effects.issued:
        issued = effects.issued[fact.number]
        known = KnownVoucher(issued.resident, issued.item, issued.pieces, issued.points, "")
    if fact.station != life.station or fact.epoch != life.epoch or known is None:
        return f"entry.unknown_voucher: {fact.station[:20]} {fact.epoch}-{fact.number}"
    if known.fate or (fact.epoch, fact.number) in effects.voided:
        return f"entry.twice: the fate of voucher {fact.number} is written"
    points = Move(points_of(known.resident), Counter.REFUNDED, known.points)  # type: ignore[arg-type]
    stock = Move(stock_of(known.item), Counter.REFUNDED, known.pieces)  # type: ignore[arg-type]
    return _unlike(moves, (points, stock))


def _in_range(fact: VoucherIssued) -> bool:
    """Whether the tables can hold what this says, on any database."""
    return (
        1 <= fact.number <= NUMBER_MAX
        and 1 <= fact.pieces <= PIECES_MAX
        and 1 <= fact.points <= POINTS_MAX
        and 1 <= fact.item < 2**24
        and all(0 <= day < 2**16 for day in (fact.issued, fact.expires))
        and is_right(points_of(fact.resident))
        and len(fact.resident) <= 40
        and re.fullmatch(r"[0-9]{14}|P[0-9]{1,13}", fact.place) is not None
    )


def _spending(fact: VoucherIssued) -> tuple[Move, Move]:
    points = Move(points_of(fact.resident), Counter.SPENT, fact.points)
    return points, Move(stock_of(fact.item), Counter.SPENT, fact.pieces)


def _unlike(moves: tuple[Move, ...], expected: tuple[Move, Move]) -> str:
    """The points must move; the pieces do where they are counted; nothing else may."""
    fits = set(moves) in ({expected[0]}, set(expected)) and len(moves) == len(set(moves))
    return "" if fits else "entry.moves: what moves is not what the voucher says"


def _move(moves: tuple[Move, ...], effects: Effects) -> str:
    grown: dict[str, Counters] = {}
    for move in moves:
        counters = grown.get(move.right, effects.counters.get(move.right, Counters()))
        try:
            grown[move.right] = counters.moved(move.counter, move.amount)
        except ValueError as error:
            return f"entry.overspent: {move.right}: {error}"
    effects.counters |= grown
    effects.touched |= grown.keys()
    return ""


def _note(fact: Fact, effects: Effects) -> None:
    match fact:
        case VoucherIssued():
            effects.issued[fact.number] = fact
        case VoucherVoided():
            effects.voided.add((fact.epoch, fact.number))
        case DocumentTaken() | DocumentRefused():
            effects.documents[fact.name, fact.version] = fact
        case _:
            pass
