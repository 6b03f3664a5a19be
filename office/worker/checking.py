"""Why an entry does not fit the books: kind by kind, what it says, and that it moves exactly what it says. Pure."""

from __future__ import annotations

import re

from domain.facts import (
    AwardUndone,
    CardRekeyed,
    ConsentGiven,
    ConsentWithdrawn,
    DocumentRefused,
    DocumentTaken,
    EpochOpened,
    Fact,
    JoinAsked,
    JoinWithdrawn,
    PinLocked,
    PinSet,
    PinUnlocked,
    PointsAwarded,
    ResidentForgotten,
    Returned,
    RightsHandedBack,
    StockReceived,
    StockWrittenOff,
    VoucherExpired,
    VoucherHonoured,
    VoucherIssued,
    VoucherRefunded,
    VoucherVoided,
    is_document,
)
from domain.ids import ItemId, ResidentId
from domain.joining import NUMBER_MAX, REQUEST, is_digest
from domain.pin import is_verifier
from domain.rights import AMOUNT_MAX, AWARDS, Counter, Move, is_right, points_of, stock_of
from office.worker.effects import Books, Effects, KnownAward, Life, Read
from office.worker.voucher_checks import fate_fault, issue_fault, refund_fault

AMOUNT_OF_ONE_ENTRY_MAX = 10_000_000
ITEM_MAX = 2**24 - 1
LOCK_MINUTES_MAX = 1440
_DIGEST = re.compile(r"[\x21-\x7e]{8,80}")
_MOVES = "entry.moves: what moves is not what the entry says"


def fault(life: Life, read: Read, books: Books, effects: Effects) -> str:
    """Return why this entry is parked, empty if it fits."""
    moves = read.entry.moves if read.entry is not None else ()
    match read.fact:
        case VoucherIssued() as fact:
            return issue_fault(life, fact, moves, books, effects)
        case VoucherHonoured() | VoucherVoided() | VoucherExpired() as fact:
            return fate_fault(life, fact, moves, books, effects)
        case VoucherRefunded() as fact:
            return refund_fault(life, fact, moves, books, effects)
        case Returned() as fact:
            return _return_fault(fact, moves)
        case RightsHandedBack():
            fits = all(move.counter == Counter.RETURNED for move in moves)
            return "" if fits and len({move.right for move in moves}) == len(moves) else _MOVES
        case PointsAwarded() | AwardUndone() as fact:
            return _award_fault(fact, moves, books, effects)
        case StockReceived() | StockWrittenOff() as fact:
            return _stock_fault(fact, moves)
        case fact:
            return _still_fault(life, read.number, fact) or ("entry.moves: this kind moves nothing" if moves else "")


def _still_fault(life: Life, number: int, fact: Fact | None) -> str:  # noqa: PLR0911 - one a kind
    """Of what moves nothing."""
    match fact:
        case EpochOpened():
            right = (fact.station, fact.epoch, fact.voucher_key) == (life.station, life.epoch, life.voucher_key)
            if not right or number != 1:
                return "entry.foreign: not the life that was enrolled"
            follows = (fact.before_epoch, fact.before_last, fact.before_hash) == life.before
            return "" if follows else "entry.foreign: it does not follow the life that ended here"
        case DocumentTaken() | DocumentRefused() if not is_document(fact.name, fact.version):
            return "entry.range: a name or version that no document can have"
        case ConsentGiven() if not 0 <= fact.notice < 2**31 or not is_person(fact.resident):
            return "entry.range: a notice or a person that cannot be"
        case ConsentGiven() | ConsentWithdrawn() if fact.by_staff and not is_person(fact.by_staff):
            return "entry.range: a person that cannot be"
        case ConsentWithdrawn() | ResidentForgotten() if not is_person(fact.resident):
            return "entry.range: a person that cannot be"
        case PinSet() if not is_person(fact.resident) or not is_person(fact.staff) or not is_verifier(fact.verifier):
            return "entry.range: a PIN or a person that cannot be"
        case PinUnlocked() if not is_person(fact.resident) or not is_person(fact.staff):
            return "entry.range: a person that cannot be"
        case PinLocked() if not 1 <= fact.minutes <= LOCK_MINUTES_MAX or not is_person(fact.resident):
            return "entry.range: minutes or a person that cannot be"
        case CardRekeyed() if fact.old == fact.new or not (_DIGEST.fullmatch(fact.old) and _DIGEST.fullmatch(fact.new)):
            return "entry.range: digests that cannot be"
        case JoinAsked() | JoinWithdrawn() if not _is_request(fact):
            return "entry.range: a request to join that cannot be"
        case _:
            return ""


def _is_request(fact: JoinAsked | JoinWithdrawn) -> bool:
    if isinstance(fact, JoinWithdrawn):
        return REQUEST.fullmatch(fact.request) is not None
    named = REQUEST.fullmatch(fact.request) is not None and 1 <= fact.number <= NUMBER_MAX
    return named and is_digest(fact.slip) and 0 <= fact.notice < 2**31


def is_person(person: str) -> bool:
    """Whether the tables can hold this id."""
    return len(person) <= 40 and is_right(points_of(ResidentId(person)))


def _return_fault(fact: Returned, moves: tuple[Move, ...]) -> str:
    if not is_right(fact.right) or not 1 <= fact.asked <= AMOUNT_MAX:
        return "entry.range: a recall that cannot be"
    fits = not moves or (len(moves) == 1 and (moves[0].right, moves[0].counter) == (fact.right, Counter.RETURNED))
    return "" if fits else _MOVES


def _award_fault(fact: PointsAwarded | AwardUndone, moves: tuple[Move, ...], books: Books, effects: Effects) -> str:
    if not 1 <= fact.points <= AMOUNT_OF_ONE_ENTRY_MAX or not is_person(fact.resident):
        return "entry.range: points or a person that cannot be"
    if not 1 <= len(fact.award) <= 40 or not fact.award.isascii() or not fact.award.isprintable():
        return "entry.range: an award that cannot be named"
    points, known = points_of(fact.resident), _known_award(fact.award, books, effects)
    if isinstance(fact, PointsAwarded):
        if known is not None:
            return f"entry.twice: award {fact.award} stands in the books"
        wanted = {Move(AWARDS, Counter.SPENT, fact.points), Move(points, Counter.EARNED, fact.points)}
    else:
        if known is None or (known.resident, known.points) != (fact.resident, fact.points):
            return f"entry.unknown_award: {fact.award}"
        if known.undone or fact.award in effects.undone:
            return f"entry.twice: award {fact.award} was undone before"
        wanted = {Move(points, Counter.SPENT, fact.points), Move(AWARDS, Counter.REFUNDED, fact.points)}
    return "" if len(moves) == len(wanted) and set(moves) == wanted else _MOVES


def _known_award(award: str, books: Books, effects: Effects) -> KnownAward | None:
    if award in effects.awards:
        given = effects.awards[award][0]
        return KnownAward(given.resident, given.points)
    return books.award(award)


def _stock_fault(fact: StockReceived | StockWrittenOff, moves: tuple[Move, ...]) -> str:
    if not 1 <= fact.pieces <= AMOUNT_OF_ONE_ENTRY_MAX or not 1 <= fact.item <= ITEM_MAX:
        return "entry.range: pieces or an item that cannot be"
    counter = Counter.EARNED if isinstance(fact, StockReceived) else Counter.SPENT
    return "" if moves == (Move(stock_of(ItemId(fact.item)), counter, fact.pieces),) else _MOVES
