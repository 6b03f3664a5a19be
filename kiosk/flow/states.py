"""The states of the screen. What belongs to a resident is only in states of a visit, and gone with them."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from devices.ports import DeviceState, Health
from domain.board import Board
from domain.catalogue import Item, ItemClass
from domain.ids import StaffId, VisitId
from domain.refusals import Refused
from kiosk.desk.answers import Issued, TornOff, WaitingPaper
from kiosk.desk.mine_answers import HistoryPage, VoucherSeen, VouchersPage
from kiosk.desk.wish_states import NoLine, Short, Unreachable, Waiting
from kiosk.flow.join_states import JOIN_UNDER_WAY, JoinState
from kiosk.flow.trust_states import AtFarewell, AtFinding, PinUnderWay, TrustState, Withdrawing
from kiosk.flow.visit import Visit
from kiosk.look import Look


@dataclass(frozen=True, slots=True)
class Idle:
    """Nobody is here. ``refused`` is why the last card was not taken, for a while."""

    refused: Refused | None = None


@dataclass(frozen=True, slots=True)
class Looking:
    """A card was scanned and is being looked up; ``before`` is what the screen showed."""

    visit: VisitId
    before: State
    id_card: bool = False  # it lies on the reader


@dataclass(frozen=True, slots=True)
class AtWhom:
    """For whom? The holder of the card was named by others, who may stay at home."""

    visit: Visit
    page: int = 0


@dataclass(frozen=True, slots=True)
class AtHome:
    """The three classes."""

    visit: Visit


@dataclass(frozen=True, slots=True)
class AtItems:
    """A page of six."""

    visit: Visit
    kind: ItemClass
    page: int = 0


@dataclass(frozen=True, slots=True)
class AtGroups:
    """By what a class is searched: 粮油, 日用. Reached only by who looks for it."""

    visit: Visit
    kind: ItemClass
    page: int = 0


@dataclass(frozen=True, slots=True)
class AtItem:
    """One item, and how many pieces of it."""

    visit: Visit
    item: Item
    page: int = 0
    pieces: int = 1


@dataclass(frozen=True, slots=True)
class AtConfirm:
    """Before spending."""

    visit: Visit
    item: Item
    page: int = 0
    pieces: int = 1


@dataclass(frozen=True, slots=True)
class AtLaterQuestion:
    """The printer is not ready: spend all the same, and have the paper printed later? Asked before spending."""

    visit: Visit
    item: Item
    page: int = 0
    pieces: int = 1


@dataclass(frozen=True, slots=True)
class Fetching:
    """What an item needs and is not here was asked of the office: a wish, withdrawn when this screen is left.

    ``wish`` is the press that made it: one that is made again is another one, and is answered anew. ``allowance``: not
    points are missing, but what is left of a limit. ``place``: where it comes from, once the office said so.
    ``looked``: an answer of the desk is awaited.
    """

    visit: Visit
    item: Item
    wish: VisitId
    page: int = 0
    allowance: bool = False
    place: str = ""
    looked: bool = True
    pieces: int = 1


@dataclass(frozen=True, slots=True)
class AtNotFetched:
    """What was asked of the office did not come. ``why``: ``Waiting`` if it did not come in time."""

    visit: Visit
    item: Item
    page: int
    why: Waiting | Short | Unreachable | NoLine
    allowance: bool = False
    pieces: int = 1


@dataclass(frozen=True, slots=True)
class Redeeming:
    """Confirmed; the journal has not answered yet."""

    visit: Visit
    item: Item
    pieces: int = 1


@dataclass(frozen=True, slots=True)
class Printing:
    """The voucher stands in the journal; its paper is under way."""

    visit: Visit
    item: Item
    issued: Issued


@dataclass(frozen=True, slots=True)
class AtDone:
    """The end: the big number, and whether the paper came. ``code`` says why not; empty when it did."""

    visit: Visit
    issued: Issued
    code: str = ""


@dataclass(frozen=True, slots=True)
class AtRefusal:
    """The desk said no to a resident; nothing was spent. ``notice``: as in ``AtConsent``, if still to be asked."""

    visit: Visit
    refused: Refused
    notice: int = 0


@dataclass(frozen=True, slots=True)
class AtMine:
    """The resident's own: vouchers, or history."""

    visit: Visit


class OwnPage(StrEnum):
    """What the desk is asked to read."""

    VOUCHERS = "vouchers"
    HISTORY = "history"


@dataclass(frozen=True, slots=True)
class AtVouchers:
    """A page of vouchers."""

    visit: Visit
    found: VouchersPage


@dataclass(frozen=True, slots=True)
class AtVoucher:
    """One voucher, large; ``found`` is the page that it was chosen from. ``busy``: another paper is being asked for."""

    visit: Visit
    voucher: VoucherSeen
    found: VouchersPage
    busy: bool = False


@dataclass(frozen=True, slots=True)
class AtHistory:
    """A page of what moved the resident's points."""

    visit: Visit
    read: HistoryPage


@dataclass(frozen=True, slots=True)
class Reading:
    """The desk reads a page; the screen shows ``before`` as long as that is quick."""

    visit: Visit
    before: AtHome | AtMine | AtVouchers | AtHistory
    what: OwnPage


@dataclass(frozen=True, slots=True)
class AtHelp:
    """Somebody asked for help; ``before`` is where they were."""

    before: State


@dataclass(frozen=True, slots=True)
class AtStaff:
    """Staff with a badge: papers to print again. ``busy`` is the job under way; ``refused`` the last answer."""

    staff: StaffId
    name: str
    papers: tuple[WaitingPaper, ...] = ()
    page: int = 0
    busy: int | None = None
    refused: Refused | None = None


@dataclass(frozen=True, slots=True)
class OutOfOrder:
    """The journal cannot be used; nothing is sold until staff or the office mended it.

    ``number`` is the voucher that stands already, if one was being printed; ``unsure`` says that a redemption was under
    way and nobody knows yet whether it was written.
    """

    code: str
    number: str = ""
    unsure: bool = False


State = (
    Idle
    | Looking
    | AtWhom
    | AtHome
    | AtItems
    | AtGroups
    | AtItem
    | AtConfirm
    | AtLaterQuestion
    | Fetching
    | AtNotFetched
    | Redeeming
    | Printing
    | AtDone
    | AtRefusal
    | AtMine
    | AtVouchers
    | AtVoucher
    | AtHistory
    | Reading
    | AtHelp
    | AtStaff
    | OutOfOrder
    | TrustState
    | JoinState
)
UNDER_WAY = Looking | Redeeming | Printing | PinUnderWay | Withdrawing | JOIN_UNDER_WAY
"""What ends by itself: nothing is pressed, and no other card is taken meanwhile."""


@dataclass(frozen=True, slots=True)
class Times:
    """How long the screen waits, in seconds, from the station's settings."""

    idle_seconds: float = 60
    warning_seconds: float = 30
    result_seconds: float = 20
    refusal_seconds: float = 8  # a refused card's sentence on the idle screen
    lookup_seconds: float = 5
    torn_seconds: float = 300  # so long the first screen says what became of a visit that a power cut tore off
    dim_seconds: float = 300  # without a touch, until a screen that nobody uses is dimmed
    night_seconds: float = 60  # the same at the hours at which the board wants it darker
    ask_seconds: float = 10  # so long the office is asked whose card it is
    printing_seconds: float = 60  # the driver's own deadlines are shorter; this one is for a thread that hangs


@dataclass(frozen=True, slots=True)
class Office:
    """What is known of the office. ``waiting``: entries done here that it does not have yet."""

    connected: bool
    heard_at: int | None  # milliseconds since 1970 UTC by our clock; None: never
    waiting: int
    done: int = 0  # entries that this station wrote in this life
    parked: int = 0  # of them, that the office has and does not apply before somebody has looked
    oldest_ms: int | None = None  # age of the oldest one that the office does not have; None: none, or not known
    stopped: Refused | None = None  # why nothing is sold for now, although journal and logs are well

    @property
    def known(self) -> int:
        """Entries of this station that the office has."""
        return self.done - self.waiting


_UNKNOWN = DeviceState(Health.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Session:
    """The whole screen: the state, since when, and what is known of the devices."""

    state: State = field(default_factory=Idle)
    entered_at: float = 0.0  # monotonic seconds: when this state began
    touched_at: float = 0.0  # when a person last did something
    warned_at: float | None = None  # since when 还在吗？ stands over the screen
    printer: DeviceState = _UNKNOWN
    scanner: DeviceState = _UNKNOWN
    card_reader: DeviceState = _UNKNOWN
    papers_waiting: int = 0
    office: Office | None = None  # None: not looked yet
    torn: TornOff | None = None  # said on the first screen for a while after a start
    torn_at: float = 0.0
    board: Board = field(default_factory=Board)
    serving: tuple[str, ...] = ()  # the numbers of those who are being served now
    look: Look = field(default_factory=Look)  # chosen by whoever is here; a visit's end brings the first one back
    choosing: bool = False  # the page of looks stands in place of the state's own; what goes on below goes on
    said: int = 0  # how often somebody asked to hear a line again

    @property
    def line(self) -> bool:
        """Whether the office is heard now."""
        return self.office is not None and self.office.connected

    @property
    def cut_off(self) -> bool:
        """Whether the office was heard once, and is not now."""
        return self.office is not None and self.office.heard_at is not None and not self.office.connected

    @property
    def stopped(self) -> Refused | None:
        """Why nothing is sold here for now."""
        return None if self.office is None else self.office.stopped


def visit_of(state: State) -> Visit | None:
    """Return the visit that a state belongs to."""
    if isinstance(state, Looking | AtHelp):
        return visit_of(state.before)
    if isinstance(state, Idle | AtStaff | OutOfOrder | AtFarewell | AtFinding | JoinState):
        return None
    return state.visit
