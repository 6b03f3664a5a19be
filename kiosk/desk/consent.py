"""What a resident agreed to, and that they do so no more; the office erases then."""

from __future__ import annotations

from domain.commands import Accepted
from domain.facts import ConsentGiven, ConsentWithdrawn
from domain.ids import NO_STAFF, ResidentId, StaffId
from domain.refusals import RefusalCode, Refused
from kiosk.desk.award import write
from kiosk.desk.parts import DeskParts


def consent(parts: DeskParts, resident: ResidentId, notice: int, by_staff: StaffId = NO_STAFF) -> Refused | None:
    """Write down to which version of the notice a resident agreed; the same once more changes nothing.

    ``by_staff``: who found them in the list, where no card was shown.
    """
    journal = parts.journal
    with journal.transaction("consent"):
        if (refused := _why_not(parts, resident, by_staff)) is not None:
            return refused
        if journal.awards.notice(resident) != notice:
            write(parts, Accepted(ConsentGiven(resident, notice, by_staff), ()))
            journal.awards.consent(resident, notice)
    return None


def withdraw(parts: DeskParts, resident: ResidentId, by_staff: StaffId = NO_STAFF) -> Refused | None:
    """Write down that a resident agrees no more, and who found them if they showed no card."""
    journal = parts.journal
    with journal.transaction("withdraw"):
        if (refused := _why_not(parts, resident, by_staff)) is not None:
            return refused
        write(parts, Accepted(ConsentWithdrawn(resident, by_staff), ()))
        journal.awards.withdraw(resident)
    return None


def _why_not(parts: DeskParts, resident: ResidentId, by_staff: StaffId) -> Refused | None:
    if parts.journal.office.mute():
        return Refused(RefusalCode.STATION_HALTED)
    if by_staff and (refused := parts.why_not_staff(by_staff)) is not None:
        return refused
    return Refused(RefusalCode.CARD_UNKNOWN) if parts.journal.people.resident(resident) is None else None
