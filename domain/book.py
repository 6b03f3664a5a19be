"""The journal's effect, as values: what the station holds after each entry. The database mirrors it row by row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from domain.entries import Entry
from domain.facts import (
    DOWN,
    UP,
    AwardUndone,
    ConsentGiven,
    ConsentWithdrawn,
    EntryCleared,
    EntryParked,
    EpochOpened,
    Fact,
    Granted,
    PointsAwarded,
    RecallAsked,
    ResidentErased,
    ResidentListed,
    Returned,
    StaffListed,
    StationListed,
    VoucherDecided,
    VoucherExpired,
    VoucherHonoured,
    VoucherIssued,
    VoucherListed,
    VoucherRefunded,
    VoucherVoided,
    fact_of,
)
from domain.rights import Counters, Move, RightKey
from domain.voucher import unpack

VoucherKey = tuple[str, int, int]  # issuer, epoch, number
_K = TypeVar("_K")
_V = TypeVar("_V")


@dataclass(frozen=True, slots=True)
class Recalled:
    """How much of a right was asked back in all, and up to which total that was answered."""

    asked: int = 0
    answered: int = 0


@dataclass(frozen=True, slots=True)
class Book:
    """What one life of a station holds: ``station`` and ``epoch`` are its own, as its first entry says.

    ``fates`` are those of vouchers that the station itself issued, by (epoch, number), wherever they were written;
    ``places`` those that it wrote as the place named, of every issuer; ``former`` what the office granted to earlier
    lives. ``listed`` holds the bytes of vouchers that others issued for this place, in hex.
    """

    station: str = ""
    epoch: int = 1
    counters: Mapping[RightKey, Counters] = field(default_factory=dict)
    former: Mapping[tuple[int, RightKey], Counters] = field(default_factory=dict)
    vouchers: Mapping[int, VoucherIssued] = field(default_factory=dict)
    fates: Mapping[tuple[int, int], str] = field(default_factory=dict)
    places: Mapping[VoucherKey, str] = field(default_factory=dict)
    listed: Mapping[VoucherKey, str] = field(default_factory=dict)
    refunded: frozenset[int] = frozenset()
    recalls: Mapping[tuple[int, RightKey], Recalled] = field(default_factory=dict)
    stations: Mapping[VoucherKey, StationListed] = field(default_factory=dict)  # station, epoch, key id
    awards: Mapping[str, PointsAwarded] = field(default_factory=dict)  # that were not undone
    consents: Mapping[str, int] = field(default_factory=dict)
    parked: Mapping[tuple[int, int], str] = field(default_factory=dict)
    residents: Mapping[str, ResidentListed] = field(default_factory=dict)
    staff: Mapping[str, StaffListed] = field(default_factory=dict)

    def right(self, key: RightKey) -> Counters:
        """Return the counters of a right, all zero if nothing was ever heard of it."""
        return self.counters.get(key, Counters())


def apply(book: Book, entry: Entry) -> Book:
    """Return the book after an entry of either log. Raises ``ValueError`` when a move would overspend."""
    fact = fact_of(entry, UP) or fact_of(entry, DOWN)
    return _apply_fact(_apply_moves(book, entry.moves), fact)


def _apply_moves(book: Book, moves: tuple[Move, ...]) -> Book:
    if not moves:
        return book
    counters = dict(book.counters)
    for move in moves:
        counters[move.right] = counters.get(move.right, Counters()).moved(move.counter, move.amount)
    return replace(book, counters=counters)


def _apply_fact(book: Book, fact: Fact | None) -> Book:
    match fact:
        case EpochOpened():
            return replace(book, station=fact.station, epoch=fact.epoch)
        case Granted() | RecallAsked() | Returned():
            return _apply_right(book, fact)
        case VoucherIssued() | VoucherRefunded() | VoucherListed() | VoucherDecided():
            return _apply_voucher(book, fact)
        case VoucherHonoured():
            return _fate(book, fact, "honoured")
        case VoucherVoided():
            return _fate(book, fact, "void")
        case VoucherExpired():
            return _fate(book, fact, "expired")
        case StationListed():
            key = (str(fact.station), int(fact.epoch), fact.key_id)
            return replace(book, stations=_with(book.stations, key, fact))
        case EntryParked():
            return replace(book, parked=_with(book.parked, (fact.epoch, fact.number), fact.code))
        case EntryCleared():
            return replace(book, parked=_without(book.parked, (fact.epoch, fact.number)))
        case _:
            return _apply_people(book, fact)


def _apply_right(book: Book, fact: Granted | RecallAsked | Returned) -> Book:
    if isinstance(fact, Returned):
        held = book.recalls.get((book.epoch, fact.right), Recalled())
        answered = replace(held, asked=max(held.asked, fact.asked), answered=fact.asked)
        return replace(book, recalls=_with(book.recalls, (book.epoch, fact.right), answered))
    epoch = fact.epoch or book.epoch
    if isinstance(fact, RecallAsked):
        held = book.recalls.get((epoch, fact.right), Recalled())
        asked = replace(held, asked=max(held.asked, fact.asked))
        return replace(book, recalls=_with(book.recalls, (epoch, fact.right), asked))
    if epoch == book.epoch:
        return replace(book, counters=_with(book.counters, fact.right, book.right(fact.right).granted_to(fact.total)))
    granted = book.former.get((epoch, fact.right), Counters()).granted_to(fact.total)
    return replace(book, former=_with(book.former, (epoch, fact.right), granted))


def _apply_voucher(book: Book, fact: VoucherIssued | VoucherRefunded | VoucherListed | VoucherDecided) -> Book:
    match fact:
        case VoucherIssued():
            return replace(book, vouchers=_with(book.vouchers, fact.number, fact))
        case VoucherRefunded():
            return replace(book, refunded=book.refunded | {fact.number})
        case VoucherDecided():
            return replace(book, fates={(int(fact.epoch), fact.number): fact.fate, **book.fates})
        case VoucherListed():
            voucher = unpack(bytes.fromhex(fact.packed))
            key = (str(voucher.station), int(voucher.number.epoch), voucher.number.number)
            return replace(book, listed=_with(book.listed, key, fact.packed))


def _fate(book: Book, fact: VoucherHonoured | VoucherVoided | VoucherExpired, fate: str) -> Book:
    key = (str(fact.station), int(fact.epoch), fact.number)
    book = replace(book, places=_with(book.places, key, fate))
    return replace(book, fates=_with(book.fates, key[1:], fate)) if key[0] == book.station else book


def _apply_people(book: Book, fact: Fact | None) -> Book:
    match fact:
        case ResidentListed():
            return replace(book, residents=_with(book.residents, str(fact.resident), fact))
        case StaffListed():
            return replace(book, staff=_with(book.staff, str(fact.staff), fact))
        case ResidentErased():
            consents = _without(book.consents, str(fact.resident))
            return replace(book, residents=_without(book.residents, str(fact.resident)), consents=consents)
        case PointsAwarded():
            return replace(book, awards=_with(book.awards, fact.award, fact))
        case AwardUndone():
            return replace(book, awards=_without(book.awards, fact.award))
        case ConsentGiven():
            return replace(book, consents=_with(book.consents, str(fact.resident), fact.notice))
        case ConsentWithdrawn():
            return replace(book, consents=_without(book.consents, str(fact.resident)))
        case _:
            return book


def _with(mapping: Mapping[_K, _V], key: _K, value: _V) -> dict[_K, _V]:
    return {**mapping, key: value}


def _without(mapping: Mapping[_K, _V], key: _K) -> dict[_K, _V]:
    return {held: value for held, value in mapping.items() if held != key}
