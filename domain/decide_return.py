"""What a station answers when the office asks a right back, and when another place decided on its voucher. Pure."""

from __future__ import annotations

from domain.commands import Accepted, VoucherRecord
from domain.decide_place import refund_of
from domain.facts import Returned, VoucherRefunded
from domain.rights import Counter, Counters, Move, RightKey
from domain.rules import Rules

KEPT = ("budget/", "stock/")  # they lie in the station's cupboard: nothing of them ever goes back


def decide_return(right: RightKey, answered: int, asked: int, counters: Counters) -> Accepted | None:
    """Answer a recall whose running total is ``asked``; ``None`` if that total, or a later one, was answered."""
    if asked <= answered:
        return None
    amount = 0 if right.startswith(KEPT) else min(counters.available, asked - answered)
    return Accepted(Returned(right, asked), (Move(right, Counter.RETURNED, amount),) if amount > 0 else ())


def decide_refund(record: VoucherRecord, fate: str, rules: Rules) -> Accepted | None:
    """Give back what a voucher of this life cost, since the place that it names wrote its fate."""
    if fate == "void" or (fate == "expired" and rules.expired_refund):
        number = record.voucher.number
        return Accepted(VoucherRefunded(number.epoch, number.number, fate), refund_of(record.spent))
    return None
