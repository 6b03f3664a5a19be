"""What can happen to the screen, and what it can ask for."""

from __future__ import annotations

from dataclasses import dataclass, field

from devices.ports import DeviceState, IdCardProblem, IdCardRead, PrintState
from domain.board import Board
from domain.catalogue import Catalogue
from domain.commands import RedeemItem
from domain.ids import CommandId, ResidentId, StaffId, VisitId
from domain.refusals import Refused
from domain.rules import Rules
from domain.voucher_number import VoucherNumber
from kiosk.actions import Action
from kiosk.desk.answers import (
    AskToJoin,
    Issued,
    Joined,
    NotKnown,
    ResidentHere,
    StaffHere,
    TornOff,
    UnknownCard,
    WaitingPaper,
)
from kiosk.desk.mine_answers import ElsewhereTold, HistoryPage, VouchersPage
from kiosk.desk.wish_states import Fetched, NoLine, Waiting
from kiosk.flow.states import Office
from kiosk.flow.trust_events import TrustAnswer, TrustEffect
from kiosk.papers.slip import Slip

# --- events ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Scanned:
    """A code was scanned. ``visit`` is a fresh random id, used if a visit begins with it."""

    code: str
    visit: VisitId

    def __repr__(self) -> str:
        return "Scanned(…)"  # a card's code is a key: it is never logged


@dataclass(frozen=True, slots=True)
class CardLaid:
    """An ID card lay on the reader: the keyed digest of its number, and nothing else of it."""

    digest: str = field(repr=False)
    visit: VisitId
    birth_year: int | None = field(default=None, repr=False)  # for whoever is not known here; kept nowhere


@dataclass(frozen=True, slots=True)
class CardUnread:
    """The card on the reader could not be read; ``code`` is the driver's (``idcard.unreadable``)."""

    code: str


@dataclass(frozen=True, slots=True)
class Recognised:
    """The desk's answer to ``LookUp``."""

    visit: VisitId
    answer: ResidentHere | StaffHere | UnknownCard | Refused


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button was pressed. ``press`` is a fresh random id: one press, one command."""

    action: Action
    press: CommandId


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


@dataclass(frozen=True, slots=True)
class PrinterReported:
    """The printer's state changed."""

    state: DeviceState


@dataclass(frozen=True, slots=True)
class CardReaderReported:
    """The state of the reader for ID cards changed."""

    state: DeviceState


@dataclass(frozen=True, slots=True)
class ScannerReported:
    """The scanner's state changed."""

    state: DeviceState


@dataclass(frozen=True, slots=True)
class OfficeLooked:
    """How things stand with the office."""

    office: Office


@dataclass(frozen=True, slots=True)
class ScreenFailed:
    """A fault in drawing or in a press: the visit ends, kindly."""


@dataclass(frozen=True, slots=True)
class FoundTornOff:
    """At the start: the last visit was torn off by a power cut."""

    torn: TornOff


@dataclass(frozen=True, slots=True)
class BoardTold:
    """Another board of the office counts: hours, notices, the screen's rest."""

    board: Board


@dataclass(frozen=True, slots=True)
class JournalFailed:
    """The journal cannot be used."""

    code: str


@dataclass(frozen=True, slots=True)
class JournalRecovered:
    """What stopped the sale with ``code`` is over: a disk is free again, an alarm is lifted. Others still count."""

    code: str


@dataclass(frozen=True, slots=True)
class Ticked:
    """Time passed."""


Own = PageRead | PaperAsked | ElsewhereLooked
JoinAnswer = OfficeAnswered | JoinReported | SlipReported | WithdrawReported
DeskAnswer = Recognised | Redeemed | WishLooked | PrintReported | PapersListed | StaffAnswered
Answer = DeskAnswer | Own | TrustAnswer | JoinAnswer
Report = PrinterReported | ScannerReported | CardReaderReported | CardLaid | CardUnread | OfficeLooked | BoardTold
Event = Scanned | Pressed | Answer | Report | FoundTornOff | ScreenFailed | JournalFailed | JournalRecovered | Ticked


def card_laid(read: IdCardRead | IdCardProblem, visit: VisitId) -> CardLaid | CardUnread:
    """Return the event of what a reader for ID cards says; of a card nothing goes on but its digest."""
    return CardLaid(read.digest, visit, read.birth_year) if isinstance(read, IdCardRead) else CardUnread(read.code)


# --- effects ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LookUp:
    """Find out whose card this is."""

    visit: VisitId
    code: str

    def __repr__(self) -> str:
        return "LookUp(…)"


@dataclass(frozen=True, slots=True)
class LookUpCard:
    """Find out whose ID card this is, by its digest."""

    visit: VisitId
    digest: str = field(repr=False)
    birth_year: int | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class AskOffice:
    """Ask the office whose card this is."""

    ask: VisitId
    card: UnknownCard


@dataclass(frozen=True, slots=True)
class LookAtAsk:
    """Look whether the office has said it."""

    ask: VisitId
    card: UnknownCard


@dataclass(frozen=True, slots=True)
class Unask:
    """Nobody waits for it any more."""

    ask: VisitId


@dataclass(frozen=True, slots=True)
class SendJoin:
    """Write a request to join down, and print its slip as soon as it stands."""

    asked: AskToJoin


@dataclass(frozen=True, slots=True)
class PrintSlip:
    """Print a slip once more that did not come out."""

    slip: Slip


@dataclass(frozen=True, slots=True)
class WithdrawJoin:
    """Take a request back."""

    request: str


@dataclass(frozen=True, slots=True)
class CarryOut:
    """Redeem, and print the paper: it is due as soon as the voucher stands, whatever the screen does meanwhile."""

    command: RedeemItem
    catalogue: Catalogue
    name: str
    rules: Rules
    proxy: str = ""  # masked name of who came in the resident's place


@dataclass(frozen=True, slots=True)
class Fetch:
    """Ask the office for what a redemption needs and is not here."""

    wish: VisitId
    command: RedeemItem  # what is wished for, not carried out
    catalogue: Catalogue
    rules: Rules


@dataclass(frozen=True, slots=True)
class LookAtWish:
    """Look how things stand with what was asked."""

    wish: VisitId
    resident: ResidentId
    proxy: ResidentId
    rules: Rules


@dataclass(frozen=True, slots=True)
class Unwish:
    """Withdraw what was asked: nobody waits for it."""

    wish: VisitId


@dataclass(frozen=True, slots=True)
class ListPapers:
    """List the papers that wait for staff."""


@dataclass(frozen=True, slots=True)
class ReprintPaper:
    """Print a waiting paper again."""

    job: int
    staff: StaffId


@dataclass(frozen=True, slots=True)
class SettlePaper:
    """Take a waiting paper off the list."""

    job: int
    staff: StaffId


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
JoinEffect = AskOffice | LookAtAsk | Unask | SendJoin | PrintSlip | WithdrawJoin
DeskEffect = LookUp | LookUpCard | CarryOut | Fetch | LookAtWish | Unwish | ListPapers | ReprintPaper | SettlePaper
Effect = DeskEffect | OwnEffect | TrustEffect | JoinEffect
