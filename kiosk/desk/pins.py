"""A resident's PIN at the desk: checked, chosen, unlocked. Each answers ``None`` when it went well."""

from __future__ import annotations

from math import ceil

from domain.calendar import china_time
from domain.commands import Accepted
from domain.facts import PinLocked, PinSet, PinUnlocked
from domain.ids import CommandId, ResidentId, StaffId
from domain.pin import SALT_SIZE, is_pin, is_right, is_trivial, make_verifier, pepper_for
from domain.refusals import RefusalCode, Refused
from domain.rules import Rules
from kiosk.desk.award import write
from kiosk.desk.parts import DeskParts
from kiosk.faults import point
from kiosk.journal.pins import Pin

MINUTE_MS = 60_000


def check_pin(parts: DeskParts, command: CommandId, holder: ResidentId, pin: str, rules: Rules) -> Refused | None:
    """Check a PIN for one redemption. A wrong one is counted before anybody hears that it was wrong."""
    with parts.journal.reading():
        known = parts.journal.pins.get(holder)
    pepper = pepper_for(known.verifier, (parts.pepper, *parts.older))
    if pepper is None:
        return Refused(RefusalCode.PIN_NONE)
    if (locked := _locked(parts, known)) is not None:
        return locked
    right = is_right(known.verifier, pepper, holder, pin)  # slow on purpose, so outside of the transaction
    with parts.journal.transaction("pin_check"):
        if parts.journal.office.mute():
            return Refused(RefusalCode.STATION_HALTED)
        now = parts.journal.pins.get(holder)
        if (locked := _locked(parts, now)) is not None:
            return locked
        if now.verifier != known.verifier:
            return Refused(RefusalCode.PIN_WRONG, {"left": max(1, rules.pin_tries - now.tries)})
        if right:
            parts.journal.pins.unlock(holder)
            parts.journal.pins.let_pass(command, holder)
            return None
        return _missed(parts, holder, rules)


def set_pin(parts: DeskParts, command: CommandId, holder: ResidentId, pin: str, staff: StaffId) -> Refused | None:
    """Keep a PIN that a resident chose beside one of the staff; it counts for this redemption already."""
    if not is_pin(pin) or is_trivial(pin):
        return Refused(RefusalCode.PIN_TRIVIAL)
    verifier = make_verifier(parts.pepper, holder, pin, parts.system.random_bytes(SALT_SIZE))
    with parts.journal.transaction("pin_set"):
        if (refused := _why_not(parts, holder, staff)) is not None:
            return refused
        write(parts, Accepted(PinSet(holder, verifier, staff), ()))
        parts.journal.pins.set(holder, verifier)
        point("pin.verifier_kept")
        parts.journal.pins.let_pass(command, holder)
    return None


def unlock_pin(parts: DeskParts, holder: ResidentId, staff: StaffId) -> Refused | None:
    """Let a resident try again, because one of the staff knows them."""
    with parts.journal.transaction("pin_unlock"):
        if (refused := _why_not(parts, holder, staff)) is not None:
            return refused
        if parts.journal.pins.get(holder).locked_until:
            write(parts, Accepted(PinUnlocked(holder, staff), ()))
            parts.journal.pins.unlock(holder)
    return None


def look_at_pin(parts: DeskParts, holder: ResidentId) -> Refused | None:
    """Say whether a PIN is still locked."""
    with parts.journal.reading():
        return why_locked(parts, holder)


def has_pin(parts: DeskParts, holder: ResidentId) -> bool:
    """Whether a resident has a PIN that can be checked here. Within the caller's reading."""
    return pepper_for(parts.journal.pins.get(holder).verifier, (parts.pepper, *parts.older)) is not None


def why_locked(parts: DeskParts, holder: ResidentId) -> Refused | None:
    """Return until when no PIN of a resident is taken, ``None`` if one is. Within the caller's reading."""
    return _locked(parts, parts.journal.pins.get(holder))


def _missed(parts: DeskParts, holder: ResidentId, rules: Rules) -> Refused:
    tries = parts.journal.pins.missed(holder)
    point("pin.miss_counted")
    if tries < rules.pin_tries:
        return Refused(RefusalCode.PIN_WRONG, {"left": rules.pin_tries - tries})
    lasts = rules.pin_lock_minutes * MINUTE_MS
    write(parts, Accepted(PinLocked(holder, rules.pin_lock_minutes), ()))
    parts.journal.pins.lock(holder, _monotonic(parts) + lasts, lasts)
    return _until(parts, lasts)


def _locked(parts: DeskParts, known: Pin) -> Refused | None:
    left = known.locked_until - _monotonic(parts) if known.locked_until else 0
    return _until(parts, left) if left > 0 else None


def _until(parts: DeskParts, left: int) -> Refused:
    clock = china_time(parts.system.now_ms() + left + MINUTE_MS - 1).strftime("%H:%M")  # never a minute too early
    return Refused(RefusalCode.PIN_LOCKED, {"minutes": ceil(left / MINUTE_MS), "clock": clock})


def _why_not(parts: DeskParts, holder: ResidentId, staff: StaffId) -> Refused | None:
    known = parts.journal.people.resident(holder) is not None
    return parts.why_not_staff(staff) or (None if known else Refused(RefusalCode.CARD_UNKNOWN))


def _monotonic(parts: DeskParts) -> int:
    return int(parts.system.monotonic() * 1000)
