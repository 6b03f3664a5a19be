"""Residents who have neither card with them: one of the staff finds them in the list, by surname."""

from __future__ import annotations

from domain.ids import ResidentId, StaffId
from domain.refusals import RefusalCode, Refused
from domain.rights import points_of
from kiosk.desk.answers import FoundResident, ResidentHere
from kiosk.desk.parts import DeskParts
from kiosk.desk.recognise import resident_here

NAMES_MAX = 60  # ten pages; whoever is not among them comes with a card


def list_surnames(parts: DeskParts) -> tuple[str, ...]:
    """Return the surnames of the residents who are listed here, the most frequent first."""
    with parts.journal.reading():
        counted = parts.journal.people.surnames()
    return tuple(surname for surname, _ in sorted(counted, key=lambda pair: (-pair[1], pair[0])))


def list_residents(parts: DeskParts, surname: str) -> tuple[FoundResident, ...]:
    """Return residents of a surname, those of this station first."""
    journal = parts.journal
    with journal.reading():
        return tuple(
            FoundResident(
                resident=who.id,
                name=who.name,
                points=journal.rights.get(points_of(who.id)).available,
                home=who.home == journal.identity.station,
            )
            for who in journal.people.named(surname, journal.identity.station, NAMES_MAX)
        )


def recognise_by_staff(parts: DeskParts, resident: ResidentId, staff: StaffId) -> ResidentHere | Refused:
    """Return a resident whom one of the staff found in the list."""
    with parts.journal.reading():
        if (refused := parts.why_not_staff(staff)) is not None:
            return refused
        who = parts.journal.people.resident(resident)
        if who is None:
            return Refused(RefusalCode.CARD_UNKNOWN)
        return resident_here(parts, resident, who.name, by_staff=staff)
