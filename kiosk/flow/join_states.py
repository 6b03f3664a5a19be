"""The states of somebody who is not known here: asked for at the office, asking to join. Nobody's visit goes on."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from domain.ids import NOBODY, CommandId, ResidentId, VisitId
from domain.joining import is_phone
from domain.refusals import Refused
from kiosk.desk.answers import AskToJoin, Joined, Request, UnknownCard

PHONE_DIGITS = 11


class WhyUnknown(StrEnum):
    """Why nobody can say whose card it is."""

    NOT_KNOWN = "not_known"  # the office knows nobody either
    NO_LINE = "no_line"
    SLOW = "slow"


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody who asks to join has given so far; gone with the screen. ``minor``: ``None`` while not known."""

    id_cards: tuple[str, ...] = field(default=(), repr=False)  # digests of one card
    no_card: bool = False  # they have none with them
    minor: bool | None = None
    asked_age: bool = False  # they said so themselves
    guardian: ResidentId = NOBODY
    guardian_card: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)

    @property
    def guarded(self) -> bool:
        """Whether somebody answers for a child."""
        return bool(self.guardian or self.guardian_card)

    @property
    def phone_fits(self) -> bool:
        """Whether the number can be taken as it is: whole, or none."""
        return self.phone == "" or is_phone(self.phone)

    def command(self, press: CommandId) -> AskToJoin:
        """What a press asks for."""
        return AskToJoin(
            command=press,
            id_cards=self.id_cards,
            minor=bool(self.minor),
            guardian=self.guardian,
            guardian_card=self.guardian_card,
            phone=self.phone,
        )


@dataclass(frozen=True, slots=True)
class Asking:
    """The office is asked whose card this is. ``looked``: an answer of the desk is awaited."""

    ask: VisitId
    card: UnknownCard
    looked: bool = True


@dataclass(frozen=True, slots=True)
class AtUnknown:
    """Nobody is known by this card: join, or what can be done without."""

    card: UnknownCard
    why: WhyUnknown


@dataclass(frozen=True, slots=True)
class AtRequest:
    """They asked to join before: how it stands."""

    request: Request


@dataclass(frozen=True, slots=True)
class AtWithdrawQuestion:
    """Really take the request back?"""

    request: Request


@dataclass(frozen=True, slots=True)
class TakingBack:
    """The journal has not answered yet."""

    request: Request


@dataclass(frozen=True, slots=True)
class AtWithdrawn:
    """Nothing of the request is kept any more."""


@dataclass(frozen=True, slots=True)
class AtJoinNotice:
    """What will be kept; nothing is before they agree."""

    draft: Draft


@dataclass(frozen=True, slots=True)
class AtJoinCard:
    """Lay the ID card, or say that there is none. ``unread``: why the last one could not be read."""

    draft: Draft
    unread: str = ""


@dataclass(frozen=True, slots=True)
class AtJoinAge:
    """Fourteen or older? Asked where no card says it."""

    draft: Draft


@dataclass(frozen=True, slots=True)
class AtJoinGuardian:
    """A guardian lays a card. ``wrong``: the last one was a child's, or the same; ``unread``: why it was not read."""

    draft: Draft
    wrong: bool = False
    unread: str = ""


@dataclass(frozen=True, slots=True)
class AtJoinPhone:
    """A telephone number, if they want to leave one."""

    draft: Draft


@dataclass(frozen=True, slots=True)
class Joining:
    """Sent; the journal has not answered yet."""

    press: CommandId


@dataclass(frozen=True, slots=True)
class JoinPrinting:
    """The request stands; its slip is under way."""

    joined: Joined


@dataclass(frozen=True, slots=True)
class AtJoined:
    """The number, and what comes next. ``code`` says why there is no slip; empty when there is."""

    joined: Joined
    code: str = ""


@dataclass(frozen=True, slots=True)
class AtNotJoined:
    """The desk said no."""

    refused: Refused


JoinState = (
    Asking
    | AtUnknown
    | AtRequest
    | AtWithdrawQuestion
    | TakingBack
    | AtWithdrawn
    | AtJoinNotice
    | AtJoinCard
    | AtJoinAge
    | AtJoinGuardian
    | AtJoinPhone
    | Joining
    | JoinPrinting
    | AtJoined
    | AtNotJoined
)
JOIN_UNDER_WAY = Joining | JoinPrinting | TakingBack
