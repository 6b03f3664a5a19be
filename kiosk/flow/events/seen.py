"""What devices, clocks and hands say."""

from __future__ import annotations

from dataclasses import dataclass, field

from devices.ports import DeviceState, IdCardProblem, IdCardRead
from domain.board import Board
from domain.ids import CommandId, VisitId
from kiosk.actions import Action
from kiosk.desk.answers import TornOff
from kiosk.flow.states import Office


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
class Pressed:
    """A button was pressed. ``press`` is a fresh random id: one press, one command."""

    action: Action
    press: CommandId


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


Report = PrinterReported | ScannerReported | CardReaderReported | CardLaid | CardUnread | OfficeLooked | BoardTold


def card_laid(read: IdCardRead | IdCardProblem, visit: VisitId) -> CardLaid | CardUnread:
    """Return the event of what a reader for ID cards says; of a card nothing goes on but its digest."""
    return CardLaid(read.digest, visit, read.birth_year) if isinstance(read, IdCardRead) else CardUnread(read.code)
