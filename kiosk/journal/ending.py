"""The end of a life of the station by its own word, and the next one's beginning. All inside the caller's transaction.

A card that went back in time is given its lost entries by the office. They are appended and done again; then all that
is left is handed back, and the life is closed. When the office has that, the next life begins, with the same keys.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from devices.ports import PrintState
from domain.calendar import day_of
from domain.commands import VoucherRecord
from domain.entries import EntryError, Stamp, decode_entry, encode_entry
from domain.facts import (
    DOWN,
    UP,
    AwardUndone,
    CardRekeyed,
    ConsentGiven,
    ConsentWithdrawn,
    EpochClosed,
    EpochOpened,
    Fact,
    JoinAsked,
    JoinWithdrawn,
    PaperReprinted,
    PinSet,
    PointsAwarded,
    ResidentForgotten,
    Returned,
    RightsHandedBack,
    VoucherDecided,
    VoucherExpired,
    VoucherHonoured,
    VoucherIssued,
    VoucherRefunded,
    VoucherVoided,
    fact_of,
)
from domain.ids import Epoch, ItemId, StationId
from domain.joining import decode_private
from domain.rights import Counters, Move, RightKey, stock_of
from domain.voucher import Voucher, pack, signed_message, unpack
from domain.voucher_number import VoucherNumber
from kiosk.faults import JournalError, point
from kiosk.journal.journal import Journal, connection_of
from sync.frame import Private

Sign = Callable[[bytes], bytes]
MakeContent = Callable[[VoucherIssued, str, str, int], bytes]
"""``make(fact, number, code, at)``: what a voucher's paper says."""

MOVES_A_PART = 32


def replay(
    journal: Journal, entries: Sequence[bytes], privates: Mapping[int, Private], sign: Sign, make: MakeContent
) -> None:
    """Append own entries that came back, and do again what they did. Signing again gives the same signature."""
    for data in entries:
        private = privates.get(journal.chain.head().number + 1)
        parts = (None, None) if private is None else (private.salt, private.data)
        number = journal.chain.append(data, *parts)
        entry = decode_entry(data)
        journal.rights.move(entry.moves)
        fact = fact_of(entry, UP)
        if isinstance(fact, JoinAsked):
            _join(journal, fact, number, entry.at, parts[1])
        elif isinstance(fact, VoucherIssued):
            _issue(journal, fact, entry.moves, number, sign)
            _print(journal, fact, entry.at, make)
        elif isinstance(fact, PaperReprinted):
            _reprint(journal, fact, entry.at)
        else:
            _again(journal, fact, number, entry.at)
        point("replay.entry")
    _decide_again(journal)


def is_granted(journal: Journal, entries: Sequence[bytes]) -> bool:
    """Whether all that own entries which came back have spent is here to be spent."""
    counters: dict[RightKey, Counters] = {}
    for data in entries:
        for move in decode_entry(data).moves:
            held = counters.get(move.right) or journal.rights.get(move.right)
            try:
                counters[move.right] = held.moved(move.counter, move.amount)
            except ValueError:
                return False
    return True


def close(journal: Journal, stamp: Callable[[], Stamp], reason: str) -> None:
    """Refund what is owed, hand back everything, and close the life."""
    journal.refund(stamp)
    left = journal.rights.left()
    for part, start in enumerate(range(0, len(left), MOVES_A_PART), start=1):
        moves = tuple(left[start : start + MOVES_A_PART])
        fact = RightsHandedBack(part)
        journal.chain.append(encode_entry(stamp(), fact.KIND, fact, moves))
        journal.rights.move(moves)
        point("close.part")
    closed = EpochClosed(reason)
    journal.chain.append(encode_entry(stamp(), closed.KIND, closed))


def is_closed(journal: Journal) -> bool:
    """Whether the present life's last entry closes it."""
    head = journal.chain.head().number
    last = next((data for _, data, _ in journal.chain.read(head - 1)), None) if head else None
    return last is not None and decode_entry(last).kind == EpochClosed.KIND


def open_next(journal: Journal, stamp: Callable[[], Stamp], software: str) -> None:
    """Begin the next life; its first entry says where the former one ended."""
    former, head = journal.identity.epoch, journal.chain.head()
    opened = _opened(journal)
    journal.begin_epoch()
    point("next.begun")
    fact = EpochOpened(
        station=journal.identity.station,
        epoch=journal.identity.epoch,
        software=software,
        voucher_key_id=opened.voucher_key_id,
        voucher_key=opened.voucher_key,
        before_epoch=former,
        before_last=head.number,
        before_hash=head.hash.hex(),
    )
    journal.chain.append(encode_entry(stamp(), fact.KIND, fact))


def _opened(journal: Journal) -> EpochOpened:
    first = next((data for _, data, _ in journal.chain.read()), None)
    fact = None if first is None else fact_of(decode_entry(first), UP)
    if not isinstance(fact, EpochOpened):
        raise JournalError("the first entry of this journal does not open its life")
    return fact


def _join(journal: Journal, fact: JoinAsked, entry: int, at: int, private: bytes | None) -> None:
    """Of one whose erasable part the office has no more, nothing is kept here either."""
    given = None if private is None else decode_private(private)
    journal.joins.count(fact.number)
    if given is not None:
        journal.joins.add(fact, given.id_card, entry, at)


def _issue(journal: Journal, fact: VoucherIssued, moves: Sequence[Move], entry: int, sign: Sign) -> None:
    voucher = voucher_of(journal.identity.station, journal.identity.epoch, fact)
    stocked = any(move.right == stock_of(ItemId(fact.item)) for move in moves)
    record = VoucherRecord(voucher, fact.resident, stocked)
    journal.vouchers.add(record, fact.command, sign(signed_message(pack(voucher))), entry)


def _print(journal: Journal, fact: VoucherIssued, at: int, make: MakeContent) -> None:
    """Nobody knows any more whether its paper came out; whoever has it has it, and staff can print it again."""
    voucher = voucher_of(journal.identity.station, journal.identity.epoch, fact)
    content = make(fact, voucher.text, journal.vouchers.code(voucher.number), at)
    job = journal.jobs.add(voucher.number, 0, content, at)
    journal.jobs.mark(job, PrintState.UNCERTAIN, "print.interrupted")
    journal.jobs.settle(job)


def _reprint(journal: Journal, fact: PaperReprinted, at: int) -> None:
    old = journal.jobs.of_voucher(VoucherNumber(fact.epoch, fact.number))
    if old is not None:
        journal.jobs.settle(old.id)
        job = journal.jobs.add(old.number, fact.copy, old.content, at)
        journal.jobs.mark(job, PrintState.UNCERTAIN, "print.interrupted")
        journal.jobs.settle(job)


def _again(journal: Journal, fact: Fact | None, entry: int, at: int) -> None:
    match fact:
        case VoucherVoided() | VoucherHonoured() | VoucherExpired():
            _fate_again(journal, fact, entry, at)
        case VoucherRefunded():
            number = VoucherNumber(fact.epoch, fact.number)
            _write_fate(journal, number, fact.fate)
            journal.vouchers.refunded(number)
        case Returned():
            journal.recalls.ask(fact.right, fact.asked, journal.identity.epoch)
            journal.recalls.answer(fact.right, fact.asked)
        case PointsAwarded():
            journal.awards.add(fact.award, fact.resident, fact.points)
        case AwardUndone():
            journal.awards.undo(fact.award)
        case ConsentGiven() if journal.people.resident(fact.resident) is not None:  # else erased meanwhile
            journal.awards.consent(fact.resident, fact.notice)
        case ConsentWithdrawn():
            journal.awards.withdraw(fact.resident)
        case PinSet() if journal.people.resident(fact.resident) is not None:
            journal.pins.set(fact.resident, fact.verifier)
        case CardRekeyed():
            journal.people.rekey(fact.old, fact.new)
        case JoinWithdrawn():
            journal.joins.forget(fact.request)
        case ResidentForgotten():
            journal.erasures.tell(fact.resident)
        case _:
            pass


def _fate_again(journal: Journal, fact: VoucherVoided | VoucherHonoured | VoucherExpired, entry: int, at: int) -> None:
    fate = {VoucherVoided: "void", VoucherHonoured: "honoured", VoucherExpired: "expired"}[type(fact)]
    ours = fact.station == journal.identity.station
    if ours and fact.epoch == journal.identity.epoch:
        _write_fate(journal, VoucherNumber(fact.epoch, fact.number), fate)
        return
    held = journal.places.get(fact.station, fact.epoch, fact.number)
    packed = fact.packed if isinstance(fact, VoucherHonoured) else ""
    voucher = unpack(bytes.fromhex(packed)) if held is None and packed else None if held is None else held.voucher
    former = journal.vouchers.get(VoucherNumber(fact.epoch, fact.number)) if ours else None
    voucher = former.voucher if voucher is None and former is not None else voucher
    if voucher is not None and (held is None or held.fate is None):
        known = held is not None and held.listed
        journal.write_place_fate(voucher, fate, at, day_of(at), entry, known=known)


def _write_fate(journal: Journal, number: VoucherNumber, fate: str) -> bool:
    record = journal.vouchers.get(number)
    if record is None or record.fate is not None:
        return False
    journal.vouchers.write_fate(number, fate)
    journal.jobs.settle_voucher(number)
    return True


def _decide_again(journal: Journal) -> None:
    """What the office said of vouchers that were not in this journal then, and so was parked, fits now."""
    execute = connection_of(journal).execute
    rows = execute(
        "SELECT epoch, number, bytes FROM down_entries WHERE for_epoch = ? AND applied > 0 AND instr(bytes, ?) > 0"
        " ORDER BY epoch, number",
        (journal.identity.epoch, VoucherDecided.KIND.encode("ascii")),
    )
    for epoch, number, data in rows.fetchall():
        decided = _decided(data)
        if decided is None or decided.epoch != journal.identity.epoch:
            continue
        voucher = VoucherNumber(decided.epoch, decided.number)
        if _write_fate(journal, voucher, decided.fate) and decided.fate != "honoured":
            journal.vouchers.owe_refund(voucher)
        record = journal.vouchers.get(voucher)
        if record is not None and record.fate == decided.fate:
            execute("UPDATE down_entries SET applied = 1 WHERE epoch = ? AND number = ?", (epoch, number))


def _decided(data: bytes) -> VoucherDecided | None:
    try:
        fact = fact_of(decode_entry(data), DOWN)
    except EntryError:
        return None
    return fact if isinstance(fact, VoucherDecided) else None


def voucher_of(station: StationId, epoch: Epoch, fact: VoucherIssued) -> Voucher:
    """Return the voucher that an entry issued."""
    return Voucher(
        station=station,
        number=VoucherNumber(epoch, fact.number),
        place=fact.place,
        kind=fact.kind,
        item=fact.item,
        pieces=fact.pieces,
        points=fact.points,
        issued=fact.issued,
        expires=fact.expires,
        key_id=fact.key_id,
    )
