"""This station as the place that a voucher names: look at it, hand goods over, take it back, let it expire. Offline."""

from __future__ import annotations

from dataclasses import dataclass

from domain.calendar import UNKNOWN_DAY, day_of
from domain.commands import Accepted, Desk, VoucherRecord
from domain.decide_place import Handing, Known, Place, decide_honour, judge
from domain.entries import Stamp, decode_entry, encode_entry
from domain.ids import Day, PlaceId, ResidentId
from domain.refusals import RefusalCode, Refused
from domain.voucher import Voucher, code_of, parse_code, signed_message
from domain.voucher_number import VoucherNumber, parse_voucher_number
from kiosk.desk.parts import DeskParts
from kiosk.faults import point

FIRST_EPOCH = 1


@dataclass(frozen=True, slots=True)
class Shown:
    """A voucher that somebody shows, with what is known of it here."""

    voucher: Voucher
    known: Known
    resident: ResidentId | None = None  # if this life issued it: whose points it cost


@dataclass(frozen=True, slots=True)
class Good:
    """A voucher that may be honoured: what for, and whether its issue is known here."""

    voucher: Voucher
    known: bool


def check(parts: DeskParts, text: str) -> Good | Refused:
    """Say whether a voucher, by its code or its number, would be honoured here and now. Changes nothing."""
    with parts.journal.reading():
        desk = parts.desk(parts.stamp())
        shown = look_up(parts, text, desk)
        if isinstance(shown, Refused):
            return shown
        known = shown.known.record is not None or shown.known.listed is not None
        return judge(shown.voucher, shown.known, _place(parts, desk)) or Good(shown.voucher, known)


def honour(parts: DeskParts, text: str, handing: Handing) -> Voucher | Refused:
    """Hand goods over against a voucher, by its code or its number: once for all time."""
    journal = parts.journal
    with journal.transaction("honour"):
        if (refused := parts.why_not_staff(handing.staff)) is not None:
            return refused
        stamp = parts.stamp()
        desk = parts.desk(stamp)
        shown = look_up(parts, text, desk, handing.proxy)
        if isinstance(shown, Refused):
            return shown
        decision = decide_honour(shown.voucher, shown.known, _place(parts, desk), handing)
        if isinstance(decision, Refused):
            return decision
        write_fate(parts, shown, "honoured", decision, stamp)
    return shown.voucher


def look_up(parts: DeskParts, text: str, desk: Desk, proxy: str = "") -> Shown | Refused:
    """Find a voucher by its code, or by its number if it is known here. ``proxy``: who collects it."""
    try:
        voucher, data, signature = parse_code(text.strip())
    except ValueError:
        return _by_number(parts, text, desk, proxy)
    return shown_of(parts, voucher, desk, proxy, code=(data, signature))


def shown_of(
    parts: DeskParts, voucher: Voucher, desk: Desk, proxy: str = "", code: tuple[bytes, bytes] | None = None
) -> Shown:
    """Return a voucher with what is known here. ``code``: struct and signature of its paper, ``None``: by number."""
    journal, number = parts.journal, voucher.number
    own = (voucher.station, number.epoch) == (desk.station, desk.epoch)
    if own:
        record = journal.vouchers.get(number)
        signed = code is None or parts.signed(parts.signer.public, signed_message(code[0]), code[1])
        fate = None if record is None else record.fate
        named = journal.people.proxy(record.resident, proxy) if record is not None and proxy else None
        at = journal.vouchers.fate_at(number)
        known = Known(signed, record=record, fate=fate, fate_at=at, named=named)
        return Shown(voucher, known, None if record is None else record.resident)
    former = journal.vouchers.former(voucher)
    return Shown(
        voucher, _of_another_life(parts, voucher, desk, code) if former is None else _former(parts, former, proxy, code)
    )


def _of_another_life(parts: DeskParts, voucher: Voucher, desk: Desk, code: tuple[bytes, bytes] | None) -> Known:
    places, number = parts.journal.places, voucher.number
    key = places.key(voucher.station, number.epoch, voucher.key_id)
    held = places.get(voucher.station, number.epoch, number.number)
    listed = held.voucher if held is not None and held.listed else None
    if key is None or (voucher.station == desk.station and parts.journal.chain.holds(number.epoch)):
        # Of a life whose key was never told, and of our own former ones, what is listed counts as shown by its number.
        signed = code is None or listed is not None
    else:
        signed = code is None or parts.signed(key.key, signed_message(code[0]), code[1])
    return Known(
        signed,
        last_good=None if key is None else key.last_good,
        listed=listed,
        fate=None if held is None else held.fate,
        fate_at=0 if held is None else held.fate_at,
        unconfirmed=places.unconfirmed(voucher.station, desk.today),
    )


def _former(parts: DeskParts, record: VoucherRecord, proxy: str, code: tuple[bytes, bytes] | None) -> Known:
    """What a former life of this station issued stands in this journal, with its signature and its fate."""
    journal, number = parts.journal, record.voucher.number
    signed = code is None or journal.vouchers.code(number) == code_of(*code)
    named = journal.people.proxy(record.resident, proxy) if proxy else None
    at = journal.vouchers.fate_at(number)
    return Known(signed, listed=record.voucher, fate=record.fate, fate_at=at, named=named)


def write_fate(parts: DeskParts, shown: Shown, fate: str, decision: Accepted, stamp: Stamp) -> None:
    """Commit a fate, inside the caller's transaction: entry, counters, row, and no paper waits any more."""
    journal, voucher, known = parts.journal, shown.voucher, shown.known
    entry = journal.chain.append(encode_entry(stamp, decision.fact.KIND, decision.fact, decision.moves))
    point("fate.entry_written")
    journal.rights.move(decision.moves)
    point("fate.rights_moved")
    if known.record is not None:
        journal.vouchers.write_fate(voucher.number, fate, stamp.at)
        journal.jobs.settle_voucher(voucher.number)
    else:
        day, listed = parts.desk(stamp).today, known.listed is not None
        journal.write_place_fate(voucher, fate, stamp.at, Day(day), entry, known=listed)
    point("fate.row_written")


def _place(parts: DeskParts, desk: Desk) -> Place:
    first = parts.journal.chain.first() if desk.epoch > FIRST_EPOCH else None
    opened = None if first is None else decode_entry(first)
    since = None if opened is None else day_of(opened.at) if opened.clock_ok else UNKNOWN_DAY
    return Place(desk, parts.rules(), since)


def _by_number(parts: DeskParts, text: str, desk: Desk, proxy: str) -> Shown | Refused:
    own = parse_voucher_number(text, desk.station)
    record = None if own is None else parts.journal.vouchers.get(own)
    if record is not None and record.voucher.number.epoch == desk.epoch:
        return shown_of(parts, record.voucher, desk, proxy)
    numbered = _numbered(parts, text) if record is None else {record.voucher, *_numbered(parts, text)}
    found = [held for held in numbered if held.place == PlaceId(desk.station)]
    if len(found) != 1:
        return Refused(RefusalCode.VOUCHER_UNKNOWN)  # none, or two issuers: then the paper's code must be scanned
    return shown_of(parts, found[0], desk, proxy)


def _numbered(parts: DeskParts, text: str) -> list[Voucher]:
    """Listed vouchers of any issuer whose number reads like this; the check digit names the issuer."""
    found = []
    for station in parts.journal.places.issuers():
        number = parse_voucher_number(text, station)
        held = None if number is None else _held(parts, station, number)
        found += [] if held is None else [held]
    return found


def _held(parts: DeskParts, station: str, number: VoucherNumber) -> Voucher | None:
    held = parts.journal.places.get(station, number.epoch, number.number)
    return held.voucher if held is not None and held.listed else None
