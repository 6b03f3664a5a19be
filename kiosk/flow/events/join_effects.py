"""What the screen asks of the desk for those who are not known here."""

from __future__ import annotations

from dataclasses import dataclass

from domain.ids import VisitId
from kiosk.desk.answers import AskToJoin, UnknownCard
from kiosk.papers.slip import Slip


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


JoinEffect = AskOffice | LookAtAsk | Unask | SendJoin | PrintSlip | WithdrawJoin
