"""What people press at a station: a production decision, committed whole in one transaction of its card."""

from __future__ import annotations

from dataclasses import dataclass

from domain import decide, decide_award, decide_place
from domain.commands import Accepted, Desk, RedeemItem, RedeemSituation, VoidVoucher, VoucherRecord
from domain.decide_place import Handing, Known, Place
from domain.facts import VoucherIssued
from domain.ids import CommandId, Day, Epoch, ItemId, ResidentId, StaffId, StationId, VisitId
from domain.refusals import RefusalCode, Refused
from domain.rights import AWARDS, points_of, stock_of
from domain.rules import Rules
from domain.voucher import Voucher, unpack
from tests.fleet.card import Card, Key, paper_in
from tests.fleet.signing import genuine, paper_of

RULES = Rules(home_cap=12, unconfirmed_vouchers_a_day=2, unconfirmed_points_a_day=30)
STAFF = StaffId("staff")
ALONE = Refused(RefusalCode.STATION_HALTED)


@dataclass(frozen=True)
class Paper:
    """A printed voucher, as a hand can hold it, and copy it."""

    packed: bytes
    signature: bytes

    @property
    def voucher(self) -> Voucher:
        return unpack(self.packed)


def redeem(card: Card, resident: str, item: int, pieces: int, today: int) -> Paper | Refused:
    """Points into a voucher."""
    if card.halted:
        return ALONE
    desk = desk_of(card, today)
    situation = RedeemSituation(
        desk=desk,
        catalogue=card.catalogue,
        points=card.right(points_of(ResidentId(resident))),
        stock=card.right(stock_of(ItemId(item))),
        rules=RULES,
    )
    command = RedeemItem(CommandId("c"), VisitId("v"), ResidentId(resident), ItemId(item), pieces)
    decided = decide.decide_redeem(command, situation)
    if isinstance(decided, Refused):
        return decided
    assert isinstance(decided.fact, VoucherIssued)
    assert decided.voucher is not None
    with card.transaction():
        card.write(decided.fact, decided.moves)
        card.put(card.vouchers, (card.station, card.epoch, desk.next_number), (decided.fact, decided.moves))
        card.put(card.meta, "next", desk.next_number + 1)
    return Paper(*paper_of(decided.voucher))


def honour(card: Card, paper: Paper, today: int) -> Accepted | Refused:
    """Goods against a paper."""
    if card.closed_desk:
        return ALONE
    voucher, known = paper.voucher, known_at(card, paper, today)
    decided = decide_place.decide_honour(voucher, known, place_of(card, today), Handing(STAFF))
    if isinstance(decided, Accepted):
        with card.transaction():
            write_fate(card, decided, voucher, "honoured")
            if not decide_place.is_known(known):
                vouchers, points = known.unconfirmed
                card.put(card.unconfirmed, (today, voucher.station), (vouchers + 1, points + voucher.points))
    return decided


def void(card: Card, paper: Paper, today: int) -> Accepted | Refused:
    """No goods against a paper, ever."""
    if card.closed_desk:
        return ALONE
    voucher, known, desk = paper.voucher, known_at(card, paper, today), desk_of(card, today)
    if key_of(voucher)[:2] == (card.station, card.epoch):
        if known.record is not None and known.record.voucher != voucher:
            return Refused(RefusalCode.VOUCHER_FORGED)  # a copy of this card issued it
        decided = decide.decide_void(VoidVoucher(voucher.number, STAFF, "r"), known.record, desk)
    else:
        decided = decide_place.decide_void_here(voucher, known, desk, STAFF, "r")
    if isinstance(decided, Accepted):
        with card.transaction():
            write_fate(card, decided, voucher, "void")
    return decided


def expire(card: Card, today: int) -> list[Key]:
    """What the screen process does once an hour."""
    gone: list[Key] = []
    for voucher in [] if card.halted else open_here(card):
        own = key_of(voucher)[:2] == (card.station, card.epoch)
        decided = decide_place.decide_expire(
            voucher, record_of(card, voucher) if own else None, Place(desk_of(card, today), RULES)
        )
        if decided is not None:
            with card.transaction():
                write_fate(card, decided, voucher, "expired")
            gone.append(key_of(voucher))
    return gone


def award(card: Card, award: str, resident: str, points: int) -> Accepted | Refused:
    """Points from the budget."""
    if card.halted:
        return ALONE
    given = decide_award.Award(award, ResidentId(resident), points, STAFF, "r")
    decided = decide_award.decide_award(given, card.right(AWARDS), RULES)
    return _commit_award(card, given, decided, undone=False)


def undo(card: Card, award: str) -> Accepted | Refused:
    """They were a mistake; only the life that gave them takes them back."""
    resident, points, epoch = card.awards.get(award, ("nobody", 0, 0))
    if card.halted or epoch != card.epoch:
        return ALONE
    given = decide_award.Award(award, ResidentId(resident), points, STAFF, "r")
    decided = decide_award.decide_undo(given, card.right(points_of(given.resident)), STAFF, "r")
    return _commit_award(card, given, decided, undone=True)


def desk_of(card: Card, today: int) -> Desk:
    return Desk(StationId(card.station), Epoch(card.epoch), Day(today), card.meta["next"], 1)


def place_of(card: Card, today: int) -> Place:
    return Place(desk_of(card, today), RULES, Day(card.meta["since"]) if card.epoch > 1 else None)


def key_of(voucher: Voucher) -> Key:
    return voucher.station, voucher.number.epoch, voucher.number.number


def open_here(card: Card) -> list[Voucher]:
    """Vouchers that name this station and have no fate."""
    own = [paper_in(key, fact) for key, (fact, _) in card.vouchers.items() if fact.place == card.station]
    listed = [unpack(bytes.fromhex(packed)) for key, packed in card.listed.items() if key not in card.vouchers]
    return [voucher for voucher in own + listed if key_of(voucher) not in card.fates]


def record_of(card: Card, voucher: Voucher) -> VoucherRecord | None:
    row = card.vouchers.get(key_of(voucher))
    if row is None:
        return None
    kept, fate = paper_in(key_of(voucher), row[0]), card.fates.get(key_of(voucher))
    return VoucherRecord(kept, row[0].resident, len(row[1]) > 1, fate, row[1])


def known_at(card: Card, paper: Paper, today: int) -> Known:
    voucher = paper.voucher
    key = key_of(voucher)
    own = key[:2] == (card.station, card.epoch)
    record, listed = record_of(card, voucher), card.listed.get(key)
    issuer = card.keys.get(key[:2])
    known = unpack(bytes.fromhex(listed)) if listed else (record.voucher if record else None)
    return Known(
        signed=own or (issuer is not None and genuine(issuer[0], paper.packed, paper.signature)),
        last_good=None if own or issuer is None else issuer[1],
        record=record if own else None,
        listed=None if own else known,
        fate=card.fates.get(key),
        unconfirmed=card.unconfirmed.get((today, voucher.station), (0, 0)),
    )


def write_fate(card: Card, decided: Accepted, voucher: Voucher, fate: str) -> None:
    card.write(decided.fact, decided.moves)
    card.put(card.fates, key_of(voucher), fate)


def _commit_award(
    card: Card, given: decide_award.Award, decided: Accepted | Refused, *, undone: bool
) -> Accepted | Refused:
    if isinstance(decided, Accepted):
        with card.transaction():
            card.write(decided.fact, decided.moves)
            if undone:
                card.drop(card.awards, given.award)
            else:
                card.put(card.awards, given.award, (given.resident, given.points, card.epoch))
    return decided
