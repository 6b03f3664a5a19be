"""What a resident agreed to, and that they do so no more; the office erases then."""

from __future__ import annotations

from domain.commands import Accepted
from domain.facts import ConsentGiven, ConsentWithdrawn
from domain.ids import ResidentId
from domain.refusals import RefusalCode, Refused
from kiosk.desk.award import write
from kiosk.desk.parts import DeskParts


def consent(parts: DeskParts, resident: ResidentId, notice: int) -> Refused | None:
    """Write down to which version of the notice a resident agreed; the same once more changes nothing."""
    journal = parts.journal
    with journal.transaction("consent"):
        if journal.office.mute():
            return Refused(RefusalCode.STATION_HALTED)
        if journal.people.resident(resident) is None:
            return Refused(RefusalCode.CARD_UNKNOWN)
        if journal.awards.notice(resident) != notice:
            write(parts, Accepted(ConsentGiven(resident, notice), ()))
            journal.awards.consent(resident, notice)
    return None


def withdraw(parts: DeskParts, resident: ResidentId) -> Refused | None:
    """Write down that a resident agrees no more."""
    journal = parts.journal
    with journal.transaction("withdraw"):
        if journal.office.mute():
            return Refused(RefusalCode.STATION_HALTED)
        if journal.people.resident(resident) is None:
            return Refused(RefusalCode.CARD_UNKNOWN)
        write(parts, Accepted(ConsentWithdrawn(resident), ()))
        journal.awards.withdraw(resident)
    return None
