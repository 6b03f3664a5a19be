"""What an entry that fits adds to the effects of its frame. Pure."""

from __future__ import annotations

from domain.facts import (
    AwardUndone,
    CardRekeyed,
    ConsentGiven,
    ConsentWithdrawn,
    DocumentRefused,
    DocumentTaken,
    EpochClosed,
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
)
from office.worker.effects import (
    CARD,
    FATE,
    JOIN,
    LIST,
    PERSON,
    PURSE,
    UNJOIN,
    Effects,
    FateHere,
    Life,
    Read,
    voucher_key,
)  # fmt: skip

FATES: dict[type[Fact], str] = {VoucherHonoured: "honoured", VoucherVoided: "void", VoucherExpired: "expired"}


def note(life: Life, read: Read, fact: Fact, effects: Effects) -> None:
    """Add what one entry does."""
    match fact:
        case VoucherIssued():
            effects.issued[fact.number] = (fact, read)
            if fact.place != life.station:
                effects.errands[LIST, voucher_key(life.station, life.epoch, fact.number)] = None
        case VoucherHonoured() | VoucherVoided() | VoucherExpired():
            _note_fate(life, read, fact, effects)
        case VoucherRefunded():
            effects.refunded.add(fact.number)
        case Returned():
            effects.answered[fact.right] = max(fact.asked, effects.answered.get(fact.right, 0))
            effects.errands[PURSE, fact.right] = None
        case RightsHandedBack():
            moves = read.entry.moves if read.entry is not None else ()
            effects.errands |= {(PURSE, str(move.right)): None for move in moves}
        case EpochClosed():
            effects.closed = fact
        case _:
            _note_other(life, read, fact, effects)


def _note_other(life: Life, read: Read, fact: Fact, effects: Effects) -> None:
    match fact:
        case PointsAwarded():
            effects.awards[fact.award] = (fact, read.number)
        case AwardUndone():
            effects.undone[fact.award] = fact
        case StockReceived() | StockWrittenOff():
            effects.pieces.append((fact, read.number))
        case ConsentGiven() | ConsentWithdrawn():
            effects.consents.append((fact, read.number))
            effects.errands[PERSON, fact.resident] = None
        case PinSet() | PinLocked() | PinUnlocked():
            effects.pins.append(fact)
            if isinstance(fact, PinSet):
                effects.errands[PERSON, fact.resident] = None
        case CardRekeyed():
            effects.errands[CARD, f"{fact.old} {fact.new}"] = None
        case JoinAsked():
            effects.errands[JOIN, voucher_key(life.station, life.epoch, read.number)] = None
        case JoinWithdrawn():
            effects.errands[UNJOIN, f"{life.station} {fact.request}"] = None
        case ResidentForgotten():
            effects.forgotten.add(fact.resident)
        case DocumentTaken() | DocumentRefused():
            effects.documents[fact.name, fact.version] = fact
        case _:
            pass


def _note_fate(
    life: Life, read: Read, fact: VoucherHonoured | VoucherVoided | VoucherExpired, effects: Effects
) -> None:
    if (fact.station, fact.epoch) == (life.station, life.epoch):
        moved = read.entry is not None and bool(read.entry.moves)
        effects.fates[fact.number] = (FATES[type(fact)], moved)
        return
    packed = fact.packed if isinstance(fact, VoucherHonoured) and not fact.known else ""
    effects.elsewhere.append(FateHere(fact.station, fact.epoch, fact.number, FATES[type(fact)], read.number, packed))
    effects.errands[FATE, voucher_key(fact.station, fact.epoch, fact.number)] = None
