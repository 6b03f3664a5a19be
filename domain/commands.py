"""What can be asked of the rules, and what they need to know to answer."""

from __future__ import annotations

from dataclasses import dataclass

from domain.catalogue import Catalogue
from domain.facts import Fact
from domain.ids import CommandId, Day, Epoch, ItemId, ResidentId, StaffId, StationId, VisitId
from domain.rights import Counters, Move
from domain.voucher import Voucher
from domain.voucher_number import VoucherNumber


@dataclass(frozen=True, slots=True)
class RedeemItem:
    """Spend points on an item. ``command`` is one press of "confirm": repeated, it changes nothing."""

    command: CommandId
    visit: VisitId
    resident: ResidentId
    item: ItemId
    pieces: int = 1


@dataclass(frozen=True, slots=True)
class VoidVoucher:
    """Take a voucher back before it is honoured; its points and pieces are refunded."""

    number: VoucherNumber
    staff: StaffId
    reason: str


@dataclass(frozen=True, slots=True)
class Desk:
    """The station that decides: who it is, which day it is there, and the next numbers."""

    station: StationId
    epoch: Epoch
    today: Day  # UNKNOWN_DAY while the clock is not known to be right
    next_number: int
    key_id: int


@dataclass(frozen=True, slots=True)
class RedeemSituation:
    """All that decides a redemption. ``stock`` counts only for items that are pieces in a cupboard."""

    desk: Desk
    catalogue: Catalogue
    points: Counters
    stock: Counters


@dataclass(frozen=True, slots=True)
class VoucherRecord:
    """A voucher as the journal keeps it. ``fate`` is ``None`` until the place that it names writes one."""

    voucher: Voucher
    resident: ResidentId
    stocked: bool
    fate: str | None = None


@dataclass(frozen=True, slots=True)
class Accepted:
    """What is to be committed, all of it or nothing: a fact, the counters it moves, the voucher it makes."""

    fact: Fact
    moves: tuple[Move, ...]
    voucher: Voucher | None = None
