"""Effects of agreement, PIN and look-up by staff, carried out on the journal's thread."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.desk.consent import consent, withdraw
from kiosk.desk.finding import list_residents, list_surnames, recognise_by_staff
from kiosk.desk.parts import DeskParts
from kiosk.desk.pins import check_pin, look_at_pin, set_pin, unlock_pin
from kiosk.flow.events import Event, Recognised
from kiosk.flow.trust_events import (
    CheckPin,
    ConsentKept,
    GiveConsent,
    ListResidents,
    ListSurnames,
    LookAtPin,
    LookUpResident,
    PinAnswered,
    ResidentsListed,
    SetPin,
    SurnamesListed,
    TrustEffect,
    UnlockPin,
    WithdrawConsent,
)
from kiosk.worker import Worker


def carry_out(effect: TrustEffect, parts: DeskParts, worker: Worker, post: Callable[[Event], None]) -> None:
    """Hand an effect to the journal's thread; its answer is posted from there."""
    match effect:
        case GiveConsent(visit, resident, notice, staff):
            worker.then(lambda: consent(parts, resident, notice, staff), lambda no: post(ConsentKept(visit, no)))
        case WithdrawConsent(visit, resident, staff):
            worker.then(lambda: withdraw(parts, resident, staff), lambda no: post(ConsentKept(visit, no)))
        case CheckPin(key, holder, pin, rules):
            worker.then(lambda: check_pin(parts, key, holder, pin, rules), lambda no: post(PinAnswered(key, no)))
        case SetPin(key, holder, pin, staff):
            worker.then(lambda: set_pin(parts, key, holder, pin, staff), lambda no: post(PinAnswered(key, no)))
        case UnlockPin(key, holder, staff):
            worker.then(lambda: unlock_pin(parts, holder, staff), lambda no: post(PinAnswered(key, no)))
        case LookAtPin(key, holder):
            worker.then(lambda: look_at_pin(parts, holder), lambda no: post(PinAnswered(key, no)))
        case ListSurnames():
            worker.then(lambda: list_surnames(parts), lambda found: post(SurnamesListed(found)))
        case ListResidents(surname):
            worker.then(lambda: list_residents(parts, surname), lambda found: post(ResidentsListed(surname, found)))
        case LookUpResident(visit, resident, staff):
            worker.then(
                lambda: recognise_by_staff(parts, resident, staff), lambda answer: post(Recognised(visit, answer))
            )
