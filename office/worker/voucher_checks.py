"""Why an entry about a voucher does not fit the books. Pure."""

from __future__ import annotations

import re

from domain.facts import VoucherExpired, VoucherHonoured, VoucherIssued, VoucherRefunded, VoucherVoided
from domain.ids import ItemId, ResidentId
from domain.rights import Counter, Move, is_right, points_of, stock_of
from domain.voucher import PIECES_MAX, POINTS_MAX, unpack
from domain.voucher_number import NUMBER_MAX
from office.worker.effects import Books, Effects, KnownVoucher, Life

FateFact = VoucherHonoured | VoucherVoided | VoucherExpired
_UNLIKE = "entry.moves: what moves is not what the voucher says"
_PACKED = re.compile(r"[0-9a-f]{58}")
_PLACE = re.compile(r"[0-9]{14}|P[0-9]{1,13}")


def issue_fault(life: Life, fact: VoucherIssued, moves: tuple[Move, ...], books: Books, effects: Effects) -> str:
    """Of a new voucher."""
    if not _in_range(fact):
        return "entry.range: a value that no voucher can have"
    if fact.number in effects.issued or books.voucher(life.epoch, fact.number) is not None:
        return f"entry.twice: voucher {fact.number} was issued before"
    return "" if _spends(fact, moves) else _UNLIKE


def fate_fault(life: Life, fact: FateFact, moves: tuple[Move, ...], books: Books, effects: Effects) -> str:
    """Of a fate: only the place that a voucher names writes it, once; the issuer refunds in the same breath."""
    if (
        not re.fullmatch(r"[0-9]{14}", fact.station)
        or not 1 <= fact.number <= NUMBER_MAX
        or not 1 <= fact.epoch < 2**16
    ):
        return f"entry.unknown_voucher: {fact.station[:20]} {fact.epoch}-{fact.number}"
    if (fact.station, fact.epoch) != (life.station, life.epoch):
        return _elsewhere_fault(life, fact, moves, effects)
    known = known_voucher(life, fact.number, books, effects)
    if known is None:
        return f"entry.unknown_voucher: {fact.station} {fact.epoch}-{fact.number}"
    if known.place != life.station:
        return f"entry.not_the_place: voucher {fact.number} names {known.place}"
    if known.fate or fact.number in effects.fates:
        return f"entry.twice: the fate of voucher {fact.number} is written"
    if isinstance(fact, VoucherHonoured):
        return "entry.moves: this kind moves nothing" if moves else ""
    if known.refunded and moves:
        return f"entry.twice: nothing of voucher {fact.number} is left to refund"
    kept = isinstance(fact, VoucherExpired) and not moves
    return "" if kept or _same(moves, refunds(known.moves)) else _UNLIKE


def refund_fault(life: Life, fact: VoucherRefunded, moves: tuple[Move, ...], books: Books, effects: Effects) -> str:
    """Of a refund: after another place wrote void or expired, once; after a restore the issue may come with it."""
    known = known_voucher(life, fact.number, books, effects) if fact.epoch == life.epoch else None
    if known is None:
        return f"entry.unknown_voucher: {fact.epoch}-{fact.number}"
    if known.refunded or fact.number in effects.refunded or fact.number in effects.fates:
        return f"entry.twice: voucher {fact.number} was refunded before"
    said = [fate for fate, place in books.said(life.epoch, fact.number) if place == known.place != life.station]
    written = known.fate or next(iter(said), "")
    if written not in ("void", "expired") or fact.fate != written:
        return f"entry.no_fate: voucher {fact.number} is {written or 'open'} and not {fact.fate[:10]}"
    return "" if _same(moves, refunds(known.moves)) else _UNLIKE


def known_voucher(life: Life, number: int, books: Books, effects: Effects) -> KnownVoucher | None:
    """A voucher of this life, also when it was issued in this frame."""
    if number in effects.issued:
        fact, read = effects.issued[number]
        return KnownVoucher(fact.place, read.entry.moves if read.entry is not None else ())
    return books.voucher(life.epoch, number)


def refunds(moves: tuple[Move, ...]) -> tuple[Move, ...]:
    """All that issuing spent, given back."""
    return tuple(Move(move.right, Counter.REFUNDED, move.amount) for move in moves if move.counter == Counter.SPENT)


def _elsewhere_fault(life: Life, fact: FateFact, moves: tuple[Move, ...], effects: Effects) -> str:
    if moves:
        return "entry.moves: only the issuer refunds"
    if any(
        (one.station, one.epoch, one.number) == (fact.station, fact.epoch, fact.number) for one in effects.elsewhere
    ):
        return f"entry.twice: the fate of {fact.station} {fact.epoch}-{fact.number} is written"
    if isinstance(fact, VoucherHonoured) and not fact.known and not _says(life, fact):
        return "entry.malformed: the packed voucher is not the one that is named"
    return ""


def _says(life: Life, fact: VoucherHonoured) -> bool:
    if not _PACKED.fullmatch(fact.packed):
        return False
    try:
        voucher = unpack(bytes.fromhex(fact.packed))
    except ValueError:
        return False
    named = (voucher.station, voucher.number.epoch, voucher.number.number)
    return named == (fact.station, fact.epoch, fact.number) and voucher.place == life.station


def _same(moves: tuple[Move, ...], wanted: tuple[Move, ...]) -> bool:
    return len(moves) == len(wanted) and set(moves) == set(wanted)


def _in_range(fact: VoucherIssued) -> bool:
    """Whether the tables can hold what this says, on any database."""
    return (
        1 <= fact.number <= NUMBER_MAX
        and 1 <= fact.pieces <= PIECES_MAX
        and 1 <= fact.points <= POINTS_MAX
        and 1 <= fact.item < 2**24
        and all(0 <= day < 2**16 for day in (fact.issued, fact.expires))
        and 0 <= fact.key_id <= 255
        and is_right(points_of(fact.resident))
        and len(fact.resident) <= 40
        and (not fact.proxy or (len(fact.proxy) <= 40 and is_right(points_of(fact.proxy))))
        and (not fact.by_staff or (len(fact.by_staff) <= 40 and is_right(points_of(ResidentId(fact.by_staff)))))
        and _PLACE.fullmatch(fact.place) is not None
    )


def _spends(fact: VoucherIssued, moves: tuple[Move, ...]) -> bool:
    """The points must move; pieces do where they are counted, allowances where there are limits; nothing else may."""
    points, stock = points_of(fact.resident), stock_of(ItemId(fact.item))
    by = f"limit/{fact.resident}/by-{fact.proxy}/" if fact.proxy else None
    seen = set()
    for right, counter, amount in ((move.right, move.counter, move.amount) for move in moves):
        if right in seen or counter != "spent":
            return False
        seen.add(right)
        if right == points or (by is not None and right.startswith(by)):
            fits = amount == fact.points
        elif right == stock:
            fits = amount == fact.pieces
        else:
            fits = right.startswith("limit/") and "/by-" not in right and amount == fact.pieces
        if not fits:
            return False
    return points in seen
