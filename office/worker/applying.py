"""What a frame's entries do to the books: gathered first, so that it can be written in few statements. Pure.

Nothing a station says raises: an entry that does not fit is parked with a reason, what it claims is not applied, and
everything else is.
"""

from __future__ import annotations

from domain.entries import EntryError, decode_entry
from domain.facts import UP, fact_of
from domain.rights import Counters, Move
from office.worker.checking import fault
from office.worker.effects import Books, Effects, KnownAward, KnownVoucher, Life, Read, clean
from office.worker.noting import note

REASON_MAX = 200

__all__ = ["Books", "Effects", "KnownAward", "KnownVoucher", "Life", "Read", "apply", "clean", "read_entries"]


def read_entries(first: int, entries: list[bytes]) -> list[Read]:
    """Read entries of a station; what cannot be read is parked."""
    return [_read(number, data) for number, data in enumerate(entries, start=first)]


def apply(life: Life, reads: list[Read], books: Books) -> Effects:
    """Work out the effects, in order; an entry that does not fit gets its ``parked``."""
    effects = Effects(counters=dict(books.counters))
    for read in reads:
        if read.entry is None or read.fact is None or read.parked:
            continue
        reason = fault(life, read, books, effects) or _move(read.entry.moves, effects)
        if reason:
            read.parked = clean(reason, REASON_MAX)
        else:
            note(life, read, read.fact, effects)
    return effects


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
