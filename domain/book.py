"""The journal's effect, as values: what the station holds after each entry. The database mirrors it row by row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from domain.entries import Entry
from domain.facts import DOWN, UP, Fact, Granted, ResidentListed, StaffListed, VoucherIssued, VoucherVoided, fact_of
from domain.rights import Counters, Move, RightKey


@dataclass(frozen=True, slots=True)
class Book:
    """Counters, vouchers with their fates, and the registry, in one epoch of one station."""

    counters: Mapping[RightKey, Counters] = field(default_factory=dict)
    vouchers: Mapping[int, VoucherIssued] = field(default_factory=dict)
    fates: Mapping[tuple[int, int], str] = field(default_factory=dict)
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
        case VoucherIssued():
            return replace(book, vouchers={**book.vouchers, fact.number: fact})
        case VoucherVoided():
            return replace(book, fates={**book.fates, (fact.epoch, fact.number): "void"})
        case Granted():
            granted = book.right(fact.right).granted_to(fact.total)
            return replace(book, counters={**book.counters, fact.right: granted})
        case ResidentListed():
            return replace(book, residents={**book.residents, fact.resident: fact})
        case StaffListed():
            return replace(book, staff={**book.staff, fact.staff: fact})
        case _:
            return book
