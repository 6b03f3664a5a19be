"""Up: what a station does with vouchers, its own and those that name it as their place."""

from __future__ import annotations

from typing import ClassVar

from domain.facts.base import Fact
from domain.ids import CommandId, Day, Epoch, ItemId, PlaceId, ResidentId, StaffId, StationId, VisitId
from domain.voucher import ItemKind


class VoucherIssued(Fact, frozen=True):
    """Points were spent and a voucher stands for them.

    Moves: points spent; stock spent where pieces are counted; ``limit/…`` spent, in pieces, for each limit that the
    item falls under, and, in points, for the proxy. With a clock that is not known to be right no period is known, and
    no limit of a period moves.
    """

    KIND: ClassVar[str] = "voucher_issued"
    number: int
    command: CommandId
    visit: VisitId
    resident: ResidentId  # whose points
    kind: ItemKind
    item: ItemId
    pieces: int
    points: int
    catalogue: int
    place: PlaceId
    issued: Day
    expires: Day
    key_id: int
    proxy: ResidentId = ResidentId("")  # who came in their place (代领), empty: nobody
    rules: int = 0  # version of the rules that counted, 0: none had come
    by_staff: StaffId = StaffId("")  # who found the resident in the list, for want of a card; empty: a card was shown


class VoucherHonoured(Fact, frozen=True):
    """By the place that the voucher names: it was handed over against goods. The last word on it. No moves."""

    KIND: ClassVar[str] = "voucher_honoured"
    station: StationId  # who issued it: epoch and number are the issuer's
    epoch: Epoch
    number: int
    staff: StaffId
    known: bool  # whether the issue was known here; if not, only its signature spoke for it
    packed: str = ""  # the 29 bytes, hex, where the issue was not known: what the office settles by
    proxy: ResidentId = ResidentId("")  # who collected it, if it was somebody named for it


class VoucherVoided(Fact, frozen=True):
    """By the place that the voucher names: it will not be honoured.

    Moves, where that place is the issuer in the same epoch: all that issuing spent is refunded. Else none: the office
    tells the issuer, who refunds.
    """

    KIND: ClassVar[str] = "voucher_voided"
    station: StationId  # who issued it: epoch and number are the issuer's
    epoch: Epoch
    number: int
    staff: StaffId
    reason: str


class VoucherExpired(Fact, frozen=True):
    """By the place that the voucher names: its last day has passed by a clock that is right. Moves as for voiding,
    if the rules refund what expired."""

    KIND: ClassVar[str] = "voucher_expired"
    station: StationId
    epoch: Epoch
    number: int
    day: Day  # on which that was seen


class VoucherRefunded(Fact, frozen=True):
    """By the issuer, in the same epoch, when another place's void or expiry came down. Moves: what issuing spent."""

    KIND: ClassVar[str] = "voucher_refunded"
    epoch: Epoch
    number: int
    fate: str  # "void" or "expired"


class PaperReprinted(Fact, frozen=True):
    """Staff had the paper of a voucher printed again, marked 补打. ``copy`` counts from 1."""

    KIND: ClassVar[str] = "paper_reprinted"
    epoch: Epoch
    number: int
    copy: int
    staff: StaffId


class PaperSettled(Fact, frozen=True):
    """Staff saw that an uncertain paper is in the resident's hand."""

    KIND: ClassVar[str] = "paper_settled"
    epoch: Epoch
    number: int
    staff: StaffId
