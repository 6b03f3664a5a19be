"""What the screen asks of the desk for a resident's own pages."""

from __future__ import annotations

from dataclasses import dataclass

from domain.ids import ResidentId, VisitId
from domain.voucher_number import VoucherNumber


@dataclass(frozen=True, slots=True)
class ReadVouchers:
    """Read a page of a resident's vouchers; ``proxy``: who asks in their place, empty: they themselves."""

    visit: VisitId
    resident: ResidentId
    proxy: ResidentId
    page: int


@dataclass(frozen=True, slots=True)
class ReadHistory:
    """Read a page of what moved a resident's points."""

    visit: VisitId
    resident: ResidentId
    page: int


@dataclass(frozen=True, slots=True)
class AskPaper:
    """Put the paper of a voucher on the list of those that wait for staff."""

    visit: VisitId
    resident: ResidentId
    proxy: ResidentId
    number: VoucherNumber


@dataclass(frozen=True, slots=True)
class LookElsewhere:
    """Look what the office said last of points in all but here; ``ask``: have it asked, if that was not today."""

    visit: VisitId
    resident: ResidentId
    ask: bool


OwnEffect = ReadVouchers | ReadHistory | AskPaper | LookElsewhere
