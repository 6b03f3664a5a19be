"""What an entry of the office does to the tables, group by group. ``False``: it says what does not fit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from domain.calendar import UNKNOWN_DAY
from domain.facts import (
    DocumentActivated,
    DocumentAnnounced,
    EntryCleared,
    EntryParked,
    Fact,
    Fenced,
    Granted,
    JoinAnswered,
    OfficeKeyAnnounced,
    RecallAsked,
    ResidentErased,
    ResidentListed,
    StaffListed,
    StationListed,
    VoucherDecided,
    VoucherListed,
    WishAnswered,
)
from domain.voucher import unpack
from domain.voucher_number import VoucherNumber
from kiosk.faults import point
from kiosk.journal.announcements import Announcements
from kiosk.journal.elsewhere import Elsewhere
from kiosk.journal.erasures import Erasures
from kiosk.journal.joins import Joins
from kiosk.journal.office import Office
from kiosk.journal.office_keys import AnnouncedKeys
from kiosk.journal.people import People
from kiosk.journal.places import Places
from kiosk.journal.recalls import Recalls
from kiosk.journal.rights import Rights
from kiosk.journal.vouchers import Vouchers
from kiosk.journal.wishes import Wishes


@dataclass(frozen=True, slots=True)
class DownEffects:
    """The tables that the office's entries change. ``settle`` answers what an entry asks, if it can be now."""

    rights: Rights
    recalls: Recalls
    wishes: Wishes
    elsewhere: Elsewhere
    people: People
    erasures: Erasures
    vouchers: Vouchers
    places: Places
    office: Office
    announcements: Announcements
    office_keys: AnnouncedKeys
    joins: Joins
    settle: Callable[[], None]


def apply_down(fact: Fact, tables: DownEffects, at: int) -> bool:
    """Apply one entry inside the caller's transaction; return whether it fits what is held.

    ``at``: when the office wrote it, milliseconds since 1970 UTC.
    """
    match fact:
        case Granted() | RecallAsked() | WishAnswered():
            return _rights(fact, tables, at)
        case VoucherListed() | VoucherDecided() | StationListed():
            return _vouchers(fact, tables)
        case ResidentListed() | StaffListed() | ResidentErased():
            return _people(fact, tables)
        case DocumentAnnounced():
            return tables.announcements.put(fact)  # a version never falls
        case DocumentActivated():
            tables.announcements.activate(fact.name, fact.version)
        case OfficeKeyAnnounced():
            return tables.office_keys.put(fact)  # a number is given to one key
        case JoinAnswered():
            tables.joins.answer(fact)
        case EntryParked():
            tables.office.park(fact.epoch, fact.number, fact.code)
        case EntryCleared():
            tables.office.clear(fact.epoch, fact.number)
        case Fenced():
            if fact.epoch == tables.rights.epoch:
                tables.office.fence(fact.reason)
        case _:
            pass
    return True


def _rights(fact: Granted | RecallAsked | WishAnswered, tables: DownEffects, at: int) -> bool:
    match fact:
        case Granted():
            if not tables.rights.grant(fact.right, fact.total, fact.epoch):
                return False  # a granted total never falls
            tables.wishes.granted(fact.right)
        case RecallAsked():
            tables.recalls.ask(fact.right, fact.asked, fact.epoch)
            point("recall.noted")
            tables.settle()
        case WishAnswered(outcome="told"):
            tables.elsewhere.tell(fact.right, fact.elsewhere, at)
        case WishAnswered():
            tables.wishes.answer(fact)
    return True


def _vouchers(fact: VoucherListed | VoucherDecided | StationListed, tables: DownEffects) -> bool:
    if isinstance(fact, VoucherListed):
        return _list_voucher(fact, tables)
    if isinstance(fact, StationListed):
        return tables.places.put_key(fact)
    number = VoucherNumber(fact.epoch, fact.number)
    record = tables.vouchers.get(number)
    if record is None or record.fate not in (None, fact.fate):
        return record is None and fact.epoch != tables.rights.epoch  # another life's: nothing of it is kept here
    if record.fate is None:
        tables.vouchers.write_fate(number, fact.fate)
        point("decided.fate_written")
        if fact.fate != "honoured" and fact.epoch == tables.rights.epoch:
            tables.vouchers.owe_refund(number)
        tables.settle()
    return True


def _list_voucher(fact: VoucherListed, tables: DownEffects) -> bool:
    try:
        if not tables.places.put(fact):
            return False
        voucher = unpack(bytes.fromhex(fact.packed))
    except ValueError:  # bytes that no station packs
        return False
    former = tables.vouchers.former(voucher)
    if former is not None and former.fate is not None:
        held = tables.places.get(voucher.station, voucher.number.epoch, voucher.number.number)
        if held is not None and held.fate is None:  # decided here while the office still took it for open
            at = tables.vouchers.fate_at(voucher.number)
            tables.places.write_fate(voucher, former.fate, at, UNKNOWN_DAY, 0, known=True)
    return True


def _people(fact: ResidentListed | StaffListed | ResidentErased, tables: DownEffects) -> bool:
    if isinstance(fact, ResidentErased):
        tables.wishes.forget(fact.resident)
        tables.elsewhere.forget(fact.resident)
        tables.erasures.erase(fact.resident, fact.entries)
        tables.settle()
    else:
        tables.people.put(fact)
    return True
