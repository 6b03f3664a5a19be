"""What the screen asks of the desk for a visit and its papers."""

from __future__ import annotations

from dataclasses import dataclass, field

from domain.catalogue import Catalogue
from domain.commands import RedeemItem
from domain.ids import ResidentId, StaffId, VisitId
from domain.rules import Rules


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


DeskEffect = LookUp | LookUpCard | CarryOut | Fetch | LookAtWish | Unwish | ListPapers | ReprintPaper | SettlePaper
