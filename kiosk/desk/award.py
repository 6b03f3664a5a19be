"""Points for good deeds, from the station's budget; an award that was a mistake is undone whole."""

from __future__ import annotations

from domain.commands import Accepted
from domain.decide_award import Award, decide_award, decide_undo
from domain.entries import encode_entry
from domain.ids import StaffId
from domain.refusals import RefusalCode, Refused
from domain.rights import AWARDS, points_of
from kiosk.desk.parts import DeskParts
from kiosk.desk.situation import why_closed
from kiosk.faults import point


def award(parts: DeskParts, command: Award) -> Refused | None:
    """Give points, once however often it is asked."""
    journal = parts.journal
    with journal.transaction("award"):
        if (refused := parts.why_not_staff(command.staff)) is not None:
            return refused
        if journal.awards.get(command.award) is not None:
            return None
        rules = parts.rules()
        if (closed := why_closed(parts, rules, parts.stamp())) is not None:
            return closed
        if journal.people.resident(command.resident) is None:
            return Refused(RefusalCode.CARD_UNKNOWN)
        decision = decide_award(command, journal.rights.get(AWARDS), rules)
        if isinstance(decision, Refused):
            return decision
        write(parts, decision)
        journal.awards.add(command.award, command.resident, command.points)
        point("award.row_written")
    return None


def undo_award(parts: DeskParts, given: str, staff: StaffId, reason: str) -> Refused | None:
    """Take an award back, if the resident still has its points here."""
    journal = parts.journal
    with journal.transaction("undo_award"):
        if (refused := parts.why_not_staff(staff)) is not None:
            return refused
        held = journal.awards.get(given)
        if held is None or held.undone:
            return Refused(RefusalCode.AWARD_UNKNOWN)
        standing = Award(given, held.resident, held.points, staff, reason)
        decision = decide_undo(standing, journal.rights.get(points_of(held.resident)), staff, reason)
        if isinstance(decision, Refused):
            return decision
        write(parts, decision)
        journal.awards.undo(given)
        point("undo.row_written")
    return None


def write(parts: DeskParts, decision: Accepted) -> None:
    """Commit an entry with its moves, inside the caller's transaction."""
    journal = parts.journal
    journal.chain.append(encode_entry(parts.stamp(), decision.fact.KIND, decision.fact, decision.moves))
    point("desk.entry_written")
    journal.rights.move(decision.moves)
    point("desk.rights_moved")
