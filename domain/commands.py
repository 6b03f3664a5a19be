"""What can be asked of the rules, and what they need to know to answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from domain.catalogue import Catalogue
from domain.facts import Fact, Proxy
from domain.ids import NO_STAFF, NOBODY, CommandId, Day, Epoch, ItemId, ResidentId, StaffId, StationId, VisitId
from domain.rights import Counters, Move, RightKey
from domain.rules import Rules
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
    proxy: ResidentId = NOBODY  # the neighbour who came in their place
    by_staff: StaffId = NO_STAFF  # who found the resident in the list, for want of a card; empty: a card was shown

    @property
    def holder(self) -> ResidentId:
        """Who stands at the kiosk, and whose PIN counts."""
        return self.proxy or self.resident


@dataclass(frozen=True, slots=True)
class VoidVoucher:
    """Take a voucher back before it is honoured; what issuing it spent is refunded."""

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
    """All that decides a redemption. ``stock`` counts only for items that are pieces in a cupboard.

    ``allowances`` are the counters of the rights that ``domain.decide_limits.allowances_of`` names, ``household`` is
    whom limits are counted under, ``named`` what the resident listed of the neighbour who came, if they did.
    """

    desk: Desk
    catalogue: Catalogue
    points: Counters
    stock: Counters
    rules: Rules = field(default_factory=Rules)
    household: str = ""  # empty: the resident's own id
    allowances: Mapping[RightKey, Counters] = field(default_factory=dict)
    named: Proxy | None = None
    pin_passed: bool = False  # the PIN of the card's holder was right, for this very command


@dataclass(frozen=True, slots=True)
class VoucherRecord:
    """A voucher as its issuer's journal keeps it. ``fate`` is ``None`` until the place that it names writes one.

    ``spent``: what issuing it moved, all of which its refund moves back.
    """

    voucher: Voucher
    resident: ResidentId
    stocked: bool
    fate: str | None = None
    spent: tuple[Move, ...] = ()


@dataclass(frozen=True, slots=True)
class Accepted:
    """What is to be committed, all of it or nothing: a fact, the counters it moves, the voucher it makes."""

    fact: Fact
    moves: tuple[Move, ...]
    voucher: Voucher | None = None
