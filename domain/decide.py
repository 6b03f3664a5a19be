"""The decisions: a command and what is known → what to commit, or a refusal."""

from __future__ import annotations

from domain.calendar import UNKNOWN_DAY
from domain.catalogue import Item
from domain.commands import Accepted, Desk, RedeemItem, RedeemSituation, VoidVoucher, VoucherRecord
from domain.decide_limits import allowance_moves, may_act, why_not_allowed
from domain.decide_place import refund_of
from domain.facts import VoucherIssued, VoucherVoided
from domain.ids import Day, PlaceId
from domain.refusals import RefusalCode, Refused
from domain.rights import Counter, Move, points_of, stock_of
from domain.voucher import PIECES_MAX, Voucher
from domain.voucher_number import NUMBER_MAX, VoucherNumber


def decide_redeem(command: RedeemItem, situation: RedeemSituation) -> Accepted | Refused:
    """Spend points on an item: a voucher, or the first reason against it."""
    item = situation.catalogue.item(command.item)
    refusal = _why_not(command, situation, item)
    if refusal is not None or item is None:
        return refusal or Refused(RefusalCode.ITEM_GONE)
    voucher = _voucher(command, situation.desk, item)
    moves = [Move(points_of(command.resident), Counter.SPENT, voucher.points)]
    if item.stocked:
        moves.append(Move(stock_of(item.id), Counter.SPENT, command.pieces))
    moves += allowance_moves(command, situation, item)
    fact = VoucherIssued(
        number=voucher.number.number,
        command=command.command,
        visit=command.visit,
        resident=command.resident,
        kind=voucher.kind,
        item=item.id,
        pieces=command.pieces,
        points=voucher.points,
        catalogue=situation.catalogue.version,
        place=voucher.place,
        issued=voucher.issued,
        expires=voucher.expires,
        key_id=voucher.key_id,
        proxy=command.proxy,
        rules=situation.rules.version,
        by_staff=command.by_staff,
    )
    return Accepted(fact, tuple(moves), voucher)


def decide_void(command: VoidVoucher, record: VoucherRecord | None, desk: Desk) -> Accepted | Refused:
    """Take a voucher back. Only the place that it names writes its fate, and only once."""
    if record is None:
        return Refused(RefusalCode.VOUCHER_UNKNOWN)
    voucher = record.voucher
    if voucher.place != PlaceId(desk.station):
        return Refused(RefusalCode.VOUCHER_ELSEWHERE, {"place": voucher.place})
    if record.fate is not None:
        return Refused(RefusalCode.VOUCHER_DECIDED, {"fate": record.fate})
    if voucher.number.epoch != desk.epoch:
        # The counters of a closed epoch are frozen; what was spent there only the office can give back.
        return Refused(RefusalCode.VOUCHER_OLD)
    fact = VoucherVoided(
        station=voucher.station,
        epoch=voucher.number.epoch,
        number=voucher.number.number,
        staff=command.staff,
        reason=command.reason,
    )
    return Accepted(fact, refund_of(record.spent))


def _why_not(command: RedeemItem, situation: RedeemSituation, item: Item | None) -> Refused | None:
    if item is None:
        return Refused(RefusalCode.ITEM_GONE)
    if not item.available:
        return Refused(RefusalCode.ITEM_UNAVAILABLE)
    if not 1 <= command.pieces <= min(item.pieces_max, PIECES_MAX):
        return Refused(RefusalCode.PIECES_TOO_MANY, {"most": item.pieces_max})
    if item.stocked and situation.stock.available < command.pieces:
        return Refused(RefusalCode.STOCK_OUT, {"left": situation.stock.available})
    if command.proxy and not may_act(situation.named, situation.desk.today, spend=True):
        return Refused(RefusalCode.PROXY_NOT_ALLOWED)
    missing = item.points * command.pieces - situation.points.available
    if missing > 0:
        return Refused(RefusalCode.POINTS_SHORT, {"missing": missing})
    if situation.desk.next_number > NUMBER_MAX:
        return Refused(RefusalCode.NUMBERS_EXHAUSTED)
    refused = why_not_allowed(command, situation, item)
    if refused is None and situation.rules.needs_pin(item.points * command.pieces) and not situation.pin_passed:
        return Refused(RefusalCode.PIN_NEEDED)  # asked last: nobody types one for what cannot be had anyway
    return refused


def _voucher(command: RedeemItem, desk: Desk, item: Item) -> Voucher:
    return Voucher(
        station=desk.station,
        number=VoucherNumber(desk.epoch, desk.next_number),
        place=item.place or PlaceId(desk.station),
        kind=item.kind.kind,
        item=item.id,
        pieces=command.pieces,
        points=item.points * command.pieces,
        issued=desk.today,
        # With a clock that may be wrong no day is stated: expiry is then decided by people, never against a resident.
        expires=Day(desk.today + item.voucher_days) if desk.today != UNKNOWN_DAY else UNKNOWN_DAY,
        key_id=desk.key_id,
    )
