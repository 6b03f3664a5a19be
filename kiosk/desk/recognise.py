"""Who is it? From a scanned code to a resident with points, one of the staff, or a refusal."""

from __future__ import annotations

from dataclasses import replace

from domain.calendar import date_of
from domain.card import CardKind
from domain.decide_limits import may_act
from domain.entries import encode_entry
from domain.facts import CardRekeyed
from domain.ids import NO_STAFF, ItemId, ResidentId, StaffId
from domain.joining import needs_guardian
from domain.recognise import Recognised, read_card
from domain.refusals import RefusalCode, Refused
from domain.rights import points_of
from domain.rules import Rules
from kiosk.desk.answers import ActFor, ResidentHere, StaffHere, UnknownCard
from kiosk.desk.parts import DeskParts
from kiosk.desk.pins import has_pin, why_locked
from kiosk.desk.requests import request_of
from kiosk.desk.situation import allowance_of, limits_left
from kiosk.faults import point
from kiosk.journal.people import Resident

Known = ResidentHere | StaffHere | UnknownCard | Refused


def recognise(parts: DeskParts, code: str) -> Known:
    """Return who holds the card that reads ``code``."""
    journal = parts.journal
    county = journal.identity.station[:6]
    found = read_card(code, county, parts.pepper, parts.verify_office)
    if isinstance(found, Refused):
        return found
    older = [read_card(code, county, pepper, parts.verify_office) for pepper in parts.older]
    return _whose(parts, [found.digest, *(card.digest for card in older if isinstance(card, Recognised))], found.kind)


def recognise_card(parts: DeskParts, digest: str, birth_year: int | None = None) -> Known:
    """Return who laid an ID card on the reader, known by the digests of its number (``id_card_digests``).

    Staff have badges for their work. ``birth_year`` says who needs a guardian, and is kept nowhere.
    """
    minor = _is_minor(parts, birth_year)
    return _whose(parts, digest.split(","), CardKind.RESIDENT, id_card=True, minor=minor)


def recognise_digests(parts: DeskParts, card: UnknownCard) -> Known:
    """Look once more: the office may have listed whose card it is meanwhile."""
    return _whose(parts, list(card.digests), CardKind.RESIDENT, id_card=card.id_card, minor=card.minor)


def _is_minor(parts: DeskParts, birth_year: int | None) -> bool | None:
    today = date_of(parts.desk(parts.stamp()).today)
    return None if birth_year is None or today is None else needs_guardian(birth_year, today.year)


def _whose(
    parts: DeskParts, digests: list[str], kind: CardKind, *, id_card: bool = False, minor: bool | None = None
) -> Known:
    """``digests``: of the same card under every version of the pepper, the newest first."""
    journal = parts.journal
    _rekey(parts, digests)
    with journal.reading():
        # Where nothing may be written the card is still known by the older version.
        person = next(filter(None, map(journal.people.find, digests)), None)
        if person is None and kind is CardKind.RESIDENT:
            return UnknownCard(tuple(digests), id_card, minor, request_of(parts, digests))
        if person is None:
            return Refused(RefusalCode.CARD_UNKNOWN)
        if person.blocked:
            return Refused(RefusalCode.CARD_BLOCKED)
        if person.kind == "staff":
            # A badge must also say that it is one: a resident's card never opens the staff's screens.
            staff = StaffHere(StaffId(person.id), person.name)
            return staff if kind is CardKind.STAFF else Refused(RefusalCode.CARD_UNKNOWN)
        here = resident_here(parts, ResidentId(person.id), person.name)
        return here if isinstance(here, Refused) else replace(here, minor=minor)


def resident_here(
    parts: DeskParts, resident: ResidentId, name: str, by_staff: StaffId = NO_STAFF
) -> ResidentHere | Refused:
    """Return what a visit of this resident needs, within the caller's reading."""
    catalogue = parts.catalogue()
    if catalogue is None:
        return Refused(RefusalCode.CATALOGUE_MISSING)
    journal = parts.journal
    rights = journal.rights
    stock = {ItemId(int(item)): left for item, left in rights.available("stock").items()}
    who, rules = journal.people.resident(resident), parts.rules()
    return ResidentHere(
        resident=resident,
        name=name,
        points=rights.get(points_of(resident)).available,
        catalogue=catalogue,
        stock=stock,
        rules=rules,
        away=who is not None and _away(parts, who),
        may_act_for=_may_act_for(parts, resident, rules),
        limits=limits_left(parts, _household(who) or resident, rules),
        recent=journal.vouchers.recent(resident),
        notice=rules.notice if journal.awards.notice(resident) < rules.notice else 0,
        pin=has_pin(parts, resident),
        pin_locked=why_locked(parts, resident),
        by_staff=by_staff,
    )


def _may_act_for(parts: DeskParts, holder: ResidentId, rules: Rules) -> tuple[ActFor, ...]:
    today, rights = parts.desk(parts.stamp()).today, parts.journal.rights
    return tuple(
        ActFor(
            resident=who.id,
            name=who.name,
            points=rights.get(points_of(who.id)).available,
            away=_away(parts, who),
            allowance=allowance_of(parts, who.id, holder, rules),
            limits=limits_left(parts, who.household or who.id, rules),
            recent=parts.journal.vouchers.recent(who.id),
        )
        for who, named in parts.journal.people.trusting(holder)
        if may_act(named, today, spend=True)
    )


def _household(who: Resident | None) -> str:
    return "" if who is None else who.household


def _away(parts: DeskParts, who: Resident) -> bool:
    return who.home != parts.journal.identity.station


def _rekey(parts: DeskParts, digests: list[str]) -> None:
    """A card that is listed under an older version of the pepper is known by the newest from now on."""
    journal = parts.journal
    if len(digests) == 1 or journal.people.find(digests[0]) is not None:
        return
    old = next((digest for digest in digests[1:] if journal.people.find(digest) is not None), None)
    if old is not None and journal.chain.head().number > 0:
        with journal.transaction("rekey"):
            if journal.office.mute() or journal.people.find(digests[0]) is not None:
                return  # the other process may have heard of it meanwhile
            fact = CardRekeyed(old, digests[0])
            journal.chain.append(encode_entry(parts.stamp(), fact.KIND, fact))
            point("rekey.entry_written")
            journal.people.rekey(old, digests[0])
