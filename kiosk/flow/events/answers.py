"""What the desk answers."""

from __future__ import annotations

from dataclasses import dataclass

from devices.ports import PrintState
from domain.ids import CommandId, ResidentId, VisitId
from domain.refusals import Refused
from domain.voucher_number import VoucherNumber
from kiosk.desk.answers import Issued, Joined, NotKnown, ResidentHere, StaffHere, UnknownCard, WaitingPaper
from kiosk.desk.mine_answers import ElsewhereTold, HistoryPage, VouchersPage
from kiosk.desk.wish_states import Fetched, NoLine, Waiting
from kiosk.flow.trust_events import TrustAnswer


@dataclass(frozen=True, slots=True)
class Recognised:
    """The desk's answer to ``LookUp``."""

    visit: VisitId
    answer: ResidentHere | StaffHere | UnknownCard | Refused


@dataclass(frozen=True, slots=True)
class Redeemed:
    """The desk's answer to ``CarryOut``."""

    command: CommandId
    answer: Issued | Refused


@dataclass(frozen=True, slots=True)
class WishLooked:
    """The desk's answer to ``Fetch`` and ``LookAtWish``, with what is here of the resident's by now."""

    wish: VisitId
    found: Fetched


@dataclass(frozen=True, slots=True)
class OfficeAnswered:
    """The desk's answer to ``AskOffice`` and ``LookAtAsk``."""

    ask: VisitId
    answer: ResidentHere | StaffHere | Refused | NotKnown | NoLine | Waiting


@dataclass(frozen=True, slots=True)
class JoinReported:
    """The desk's answer to ``SendJoin``."""

    command: CommandId
    answer: Joined | Refused


@dataclass(frozen=True, slots=True)
class SlipReported:
    """How a slip went; ``code`` is empty when it came out."""

    request: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class WithdrawReported:
    """The desk's answer to ``WithdrawJoin``; ``None`` means done."""

    refused: Refused | None


@dataclass(frozen=True, slots=True)
class PrintReported:
    """How a paper went."""

    job: int
    state: PrintState
    code: str = ""


@dataclass(frozen=True, slots=True)
class PapersListed:
    """The papers that wait for staff."""

    papers: tuple[WaitingPaper, ...]


@dataclass(frozen=True, slots=True)
class StaffAnswered:
    """The desk's answer to a reprint or a setting aside; ``None`` means done."""

    refused: Refused | None


@dataclass(frozen=True, slots=True)
class PageRead:
    """The desk's answer to ``ReadVouchers`` and ``ReadHistory``."""

    visit: VisitId
    resident: ResidentId
    answer: VouchersPage | HistoryPage | Refused


@dataclass(frozen=True, slots=True)
class PaperAsked:
    """The desk's answer to ``AskPaper``; ``None`` means that it stands on the staff's list."""

    visit: VisitId
    number: VoucherNumber
    refused: Refused | None


@dataclass(frozen=True, slots=True)
class ElsewhereLooked:
    """The desk's answer to ``LookElsewhere``; ``None``: nothing is known of it."""

    visit: VisitId
    resident: ResidentId
    told: ElsewhereTold | None


Own = PageRead | PaperAsked | ElsewhereLooked


JoinAnswer = OfficeAnswered | JoinReported | SlipReported | WithdrawReported


DeskAnswer = Recognised | Redeemed | WishLooked | PrintReported | PapersListed | StaffAnswered


Answer = DeskAnswer | Own | TrustAnswer | JoinAnswer
