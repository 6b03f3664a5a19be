"""Rights that lie elsewhere, wished for by a visit while the line is up: never logged, gone when the visit ends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from domain.ids import VisitId
from domain.rights import RightKey
from kiosk.desk.parts import DeskParts


@dataclass(frozen=True, slots=True)
class Waiting:
    """The office did not answer yet."""


@dataclass(frozen=True, slots=True)
class Coming:
    """Asked back from a station."""

    place: str


@dataclass(frozen=True, slots=True)
class Granted:
    """All that was wished for is here."""


@dataclass(frozen=True, slots=True)
class Short:
    """There is not as much anywhere; ``elsewhere``: how much there is in all but here."""

    elsewhere: int


@dataclass(frozen=True, slots=True)
class Unreachable:
    """It lies at a station that the office does not hear."""

    place: str


@dataclass(frozen=True, slots=True)
class NoLine:
    """The office is not heard."""


WishState = Waiting | Coming | Granted | Short | Unreachable | NoLine


def wish(parts: DeskParts, visit: VisitId, rights: Mapping[RightKey, int]) -> None:
    """Ask the office for what is missing of each right."""
    with parts.journal.transaction("wish"):
        for right, missing in rights.items():
            parts.journal.wishes.add(visit, right, missing, parts.system.now_ms())


def wish_state(parts: DeskParts, visit: VisitId) -> WishState:
    """Say how it stands with the wishes of a visit that wished for something; the worst of its answers counts."""
    journal = parts.journal
    with journal.reading():
        if not journal.wishes.of_visit(visit):
            return Granted()
        if not journal.office.seen().connected:
            return NoLine()
        answers = {answer.outcome: answer for answer in journal.wishes.answers(visit)}
    if "short" in answers:
        return Short(answers["short"].elsewhere)
    if "unreachable" in answers:
        return Unreachable(answers["unreachable"].place)
    return Coming(answers["coming"].place) if "coming" in answers else Waiting()


def unwish(parts: DeskParts, visit: VisitId) -> None:
    """The visit ended, or wishes for nothing any more."""
    with parts.journal.transaction("unwish"):
        parts.journal.wishes.end(visit)
