"""What the desk answers, as plain values that the flow and the screens may keep."""

from __future__ import annotations

from dataclasses import dataclass, field

from devices.ports import PrintState
from domain.catalogue import Catalogue
from domain.ids import NO_STAFF, NOBODY, CommandId, ItemId, ResidentId, StaffId
from domain.refusals import Refused
from domain.rules import Rules
from kiosk.papers.slip import Slip


@dataclass(frozen=True, slots=True)
class LimitLeft:
    """How a household stands with a limit of the rules in this period, in pieces, as far as that lies here."""

    limit: str  # its id
    left: int  # that can be had here now
    used: int  # that were had here


@dataclass(frozen=True, slots=True)
class ActFor:
    """Somebody for whom the holder of a card may spend points: the holder, or who named them for it (代领).

    ``allowance``: points that the holder may still spend for them in this period, as far as that lies here; ``None``
    for the holder's own points, and while no period is known.
    """

    resident: ResidentId
    name: str  # masked
    points: int  # here
    away: bool = False  # their points lie at another station, or at the office
    allowance: int | None = None
    limits: tuple[LimitLeft, ...] = ()  # only those of a period that is known
    recent: tuple[ItemId, ...] = ()  # what they took here lately, the newest first


@dataclass(frozen=True, slots=True)
class ResidentHere:
    """A resident at the kiosk, with what a visit needs: it keeps the catalogue and the rules that it began with."""

    resident: ResidentId
    name: str
    points: int
    catalogue: Catalogue
    stock: dict[ItemId, int]
    rules: Rules = field(default_factory=Rules)
    away: bool = False  # their points lie at another station, or at the office
    may_act_for: tuple[ActFor, ...] = ()
    limits: tuple[LimitLeft, ...] = ()
    recent: tuple[ItemId, ...] = ()
    notice: int = 0  # version of the notice that they did not agree to yet; 0: nothing is to be asked
    pin: bool = False  # they have a PIN
    pin_locked: Refused | None = None  # none is taken for a while
    by_staff: StaffId = NO_STAFF  # who found them in the list, for want of a card; empty: a card was shown
    minor: bool | None = None  # whether they need a guardian themselves; ``None``: the card does not say


@dataclass(frozen=True, slots=True)
class FoundResident:
    """One of the residents among whom staff look for somebody."""

    resident: ResidentId
    name: str  # masked
    points: int  # here
    home: bool  # their points lie at this station


@dataclass(frozen=True, slots=True)
class StaffHere:
    """One of the staff, by badge."""

    staff: StaffId
    name: str


@dataclass(frozen=True, slots=True)
class Issued:
    """A voucher that stands: its number, what was spent, what is left, and the print job that waits."""

    number: str
    item_name: str
    points: int
    left: int
    expires: str
    job: int
    pieces: int = 1
    unit: str = ""
    place: str = ""  # where it is handed over, as people read it


@dataclass(frozen=True, slots=True)
class TornOff:
    """A visit that a power cut tore off. ``number``: its last voucher, that stands; empty: nothing was spent in it."""

    number: str = ""
    paper_out: bool = False  # its paper surely came out


@dataclass(frozen=True, slots=True)
class WaitingPaper:
    """A paper that did not surely print, or of which the resident ``asked`` for another."""

    job: int
    number: str
    item: str
    state: PrintState
    code: str
    queued_at: int
    asked: bool = False


@dataclass(frozen=True, slots=True)
class Request:
    """A request to join that stands here. ``state``: ``asked``, ``accepted`` or ``refused``."""

    request: str
    number: str  # "A-0012"
    state: str
    reason: str = ""  # why it was refused, in the office's words


@dataclass(frozen=True, slots=True)
class UnknownCard:
    """A resident's card, an ID card or a slip that nobody is listed under here.

    ``digests``: under every version of the pepper, the newest first. ``minor``: whether its holder needs a guardian;
    ``None`` where no year of birth is known. ``request``: what was asked with it before.
    """

    digests: tuple[str, ...] = field(repr=False)
    id_card: bool
    minor: bool | None = None
    request: Request | None = None


@dataclass(frozen=True, slots=True)
class Joined:
    """A request that stands now. ``slip`` is to be printed; without one it stood before, and has its slip."""

    request: Request
    slip: Slip | None = None


@dataclass(frozen=True, slots=True)
class AskToJoin:
    """What somebody gave. ``id_cards``, ``guardian_card``: digests; ``command`` is the press, and names the request."""

    command: CommandId
    id_cards: tuple[str, ...] = field(default=(), repr=False)
    minor: bool = False
    guardian: ResidentId = NOBODY
    guardian_card: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class NotKnown:
    """The office knows nobody of this card either."""
