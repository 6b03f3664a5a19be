"""Who is it? From a scanned code to a resident with points, one of the staff, or a refusal."""

from __future__ import annotations

from domain.card import CardKind
from domain.ids import ItemId, ResidentId, StaffId
from domain.recognise import read_card
from domain.refusals import RefusalCode, Refused
from domain.rights import points_of
from kiosk.desk.answers import ResidentHere, StaffHere
from kiosk.desk.parts import DeskParts


def recognise(parts: DeskParts, code: str) -> ResidentHere | StaffHere | Refused:
    """Return who holds the card that reads ``code``."""
    journal = parts.journal
    county = journal.identity.station[:6]
    found = read_card(code, county, parts.pepper, parts.verify_office)
    if isinstance(found, Refused):
        return found
    return _whose(parts, found.digest, found.kind)


def recognise_card(parts: DeskParts, digest: str) -> ResidentHere | StaffHere | Refused:
    """Return who laid an ID card on the reader, known by the digest of its number. Staff have badges for their work."""
    return _whose(parts, digest, CardKind.RESIDENT)


def _whose(parts: DeskParts, digest: str, kind: CardKind) -> ResidentHere | StaffHere | Refused:
    journal = parts.journal
    with journal.reading():
        person = journal.people.find(digest)
        if person is None:
            return Refused(RefusalCode.CARD_UNKNOWN)
        if person.blocked:
            return Refused(RefusalCode.CARD_BLOCKED)
        if person.kind == "staff":
            # A badge must also say that it is one: a resident's card never opens the staff's screens.
            here = StaffHere(StaffId(person.id), person.name)
            return here if kind is CardKind.STAFF else Refused(RefusalCode.CARD_UNKNOWN)
        return _resident_here(parts, ResidentId(person.id), person.name)


def _resident_here(parts: DeskParts, resident: ResidentId, name: str) -> ResidentHere | Refused:
    catalogue = parts.catalogue()
    if catalogue is None:
        return Refused(RefusalCode.CATALOGUE_MISSING)
    rights = parts.journal.rights
    stock = {ItemId(int(item)): left for item, left in rights.available("stock").items()}
    return ResidentHere(resident, name, rights.get(points_of(resident)).available, catalogue, stock)
