"""A card that nobody knows here, asked of the office while the line is up; never logged, gone with who waits."""

from __future__ import annotations

from domain.ids import VisitId
from domain.refusals import Refused
from kiosk.desk.answers import NotKnown, ResidentHere, StaffHere, UnknownCard
from kiosk.desk.parts import DeskParts
from kiosk.desk.recognise import recognise_digests
from kiosk.desk.wish_states import NoLine, Waiting
from kiosk.journal.asks import NOT_KNOWN

Answered = ResidentHere | StaffHere | Refused | NotKnown | NoLine | Waiting


def ask(parts: DeskParts, visit: VisitId, card: UnknownCard) -> Answered:
    """Ask the office whose card this is, unless nobody would hear it."""
    if not parts.journal.office.seen().connected:
        return NoLine()
    with parts.journal.transaction("ask"):
        parts.journal.asks.add(visit, list(card.digests), parts.system.now_ms())
    return Waiting()


def look_at_ask(parts: DeskParts, visit: VisitId, card: UnknownCard) -> Answered:
    """Say how it stands: whoever the office lists meanwhile is recognised as if they had always been known here."""
    found = recognise_digests(parts, card)
    if not isinstance(found, UnknownCard):
        return found
    with parts.journal.reading():
        answers = parts.journal.asks.answers(visit)
        if answers and all(answer == NOT_KNOWN for answer in answers):
            return NotKnown()
        return Waiting() if parts.journal.office.seen().connected else NoLine()


def unask(parts: DeskParts, visit: VisitId) -> None:
    """Nobody waits for it any more."""
    with parts.journal.transaction("unask"):
        parts.journal.asks.end(visit)
