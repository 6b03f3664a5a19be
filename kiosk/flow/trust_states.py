"""States of agreement, PIN and look-up by staff. Digits of a PIN are in no repr, and gone with the screen."""

from __future__ import annotations

from dataclasses import dataclass, field

from domain.catalogue import Item
from domain.commands import RedeemItem
from domain.ids import StaffId
from domain.refusals import Refused
from kiosk.desk.answers import FoundResident
from kiosk.flow.visit import Visit

DECLINED, WITHDRAWN = "declined", "withdrawn"


@dataclass(frozen=True, slots=True)
class AtConsent:
    """What is kept of the holder of the card, before anything is; asked once for each ``notice``."""

    visit: Visit
    notice: int


@dataclass(frozen=True, slots=True)
class AtFarewell:
    """Somebody did not agree, or agrees no more: a kind word, and nothing of them. ``why`` is one of the two above."""

    why: str


@dataclass(frozen=True, slots=True)
class AtWithdraw:
    """What is kept, and how to take the agreement back."""

    visit: Visit


@dataclass(frozen=True, slots=True)
class Withdrawing:
    """Taken back; the journal has not answered yet."""

    visit: Visit


@dataclass(frozen=True, slots=True)
class Due:
    """The redemption that waits for a PIN. ``page``: on which its item stands."""

    item: Item
    command: RedeemItem
    page: int = 0


@dataclass(frozen=True, slots=True)
class AtPin:
    """The keypad. ``refused``: what was wrong with the last try."""

    visit: Visit
    due: Due
    digits: str = field(default="", repr=False)
    refused: Refused | None = None


@dataclass(frozen=True, slots=True)
class AtPinStaff:
    """A PIN is chosen beside one of the staff: their badge is waited for. ``forgotten``: there is one already."""

    visit: Visit
    due: Due
    forgotten: bool = False


@dataclass(frozen=True, slots=True)
class AtPinSet:
    """The keypad, twice: ``first`` is what was entered the first time. ``differs``: the two were not the same."""

    visit: Visit
    due: Due
    staff: StaffId
    digits: str = field(default="", repr=False)
    first: str = field(default="", repr=False)
    refused: Refused | None = None
    differs: bool = False


@dataclass(frozen=True, slots=True)
class AtPinLocked:
    """Too many wrong PINs: ``refused`` says until when. A badge opens it at once."""

    visit: Visit
    due: Due
    refused: Refused


@dataclass(frozen=True, slots=True)
class PinUnderWay:
    """A PIN is checked, kept or unlocked, or the time of a lock looked at; the journal has not answered yet."""

    visit: Visit
    due: Due
    before: AtPin | AtPinSet | AtPinLocked


@dataclass(frozen=True, slots=True)
class AtFinding:
    """Staff look for a resident without a card: by letter, then surname, then name.

    ``surnames`` and ``found``: ``None`` until the journal answered. ``letter``, ``surname``: empty until chosen.
    """

    staff: StaffId
    name: str
    surnames: tuple[str, ...] | None = None
    letter: str = ""
    surname: str = ""
    found: tuple[FoundResident, ...] | None = None
    page: int = 0


TrustState = (
    AtConsent
    | AtFarewell
    | AtWithdraw
    | Withdrawing
    | AtPin
    | AtPinStaff
    | AtPinSet
    | AtPinLocked
    | PinUnderWay
    | AtFinding
)
