"""Rights that lie elsewhere, wished for by a visit while the line is up: never logged, gone when the visit ends."""

from __future__ import annotations

from collections.abc import Mapping

from domain.ids import VisitId
from domain.rights import RightKey
from kiosk.desk.parts import DeskParts
from kiosk.desk.wish_states import Coming, Granted, NoLine, Short, Unreachable, Waiting, WishState


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
