"""Events and effects of agreement, PIN and look-up by staff. Those with a PIN say it in no repr."""

from __future__ import annotations

from dataclasses import dataclass, field

from domain.ids import NO_STAFF, CommandId, ResidentId, StaffId, VisitId
from domain.refusals import Refused
from domain.rules import Rules
from kiosk.desk.answers import FoundResident


@dataclass(frozen=True, slots=True)
class ConsentKept:
    """The desk's answer to ``GiveConsent`` and ``WithdrawConsent``; ``None`` means done."""

    visit: VisitId
    refused: Refused | None


@dataclass(frozen=True, slots=True)
class PinAnswered:
    """The desk's answer to ``CheckPin``, ``SetPin``, ``UnlockPin`` and ``LookAtPin``; ``None``: go on."""

    command: CommandId
    refused: Refused | None


@dataclass(frozen=True, slots=True)
class SurnamesListed:
    """The desk's answer to ``ListSurnames``."""

    surnames: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ResidentsListed:
    """The desk's answer to ``ListResidents``."""

    surname: str
    found: tuple[FoundResident, ...]


TrustAnswer = ConsentKept | PinAnswered | SurnamesListed | ResidentsListed


@dataclass(frozen=True, slots=True)
class GiveConsent:
    """Write down that a resident agreed to a version of the notice. ``by_staff``: who found them, without a card."""

    visit: VisitId
    resident: ResidentId
    notice: int
    by_staff: StaffId = NO_STAFF


@dataclass(frozen=True, slots=True)
class WithdrawConsent:
    """Write down that they agree no more. ``by_staff``: as in ``GiveConsent``."""

    visit: VisitId
    resident: ResidentId
    by_staff: StaffId = NO_STAFF


@dataclass(frozen=True, slots=True)
class CheckPin:
    """Is this the PIN of the holder of the card? ``command`` is the redemption that waits."""

    command: CommandId
    holder: ResidentId
    pin: str = field(repr=False)
    rules: Rules


@dataclass(frozen=True, slots=True)
class SetPin:
    """Keep a PIN that was chosen beside one of the staff."""

    command: CommandId
    holder: ResidentId
    pin: str = field(repr=False)
    staff: StaffId


@dataclass(frozen=True, slots=True)
class UnlockPin:
    """Let the holder of the card try again: one of the staff knows them."""

    command: CommandId
    holder: ResidentId
    staff: StaffId


@dataclass(frozen=True, slots=True)
class LookAtPin:
    """Is the time of a lock over?"""

    command: CommandId
    holder: ResidentId


@dataclass(frozen=True, slots=True)
class ListSurnames:
    """Which surnames are there?"""


@dataclass(frozen=True, slots=True)
class ListResidents:
    """Who has this surname?"""

    surname: str


@dataclass(frozen=True, slots=True)
class LookUpResident:
    """Begin a visit of a resident whom one of the staff found in the list."""

    visit: VisitId
    resident: ResidentId
    staff: StaffId


TrustEffect = (
    GiveConsent
    | WithdrawConsent
    | CheckPin
    | SetPin
    | UnlockPin
    | LookAtPin
    | ListSurnames
    | ListResidents
    | LookUpResident
)
