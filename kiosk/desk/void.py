"""Take a voucher back before it is honoured, and write of those whose last day has passed that it has."""

from __future__ import annotations

from domain.alone import ABSURD_DAYS
from domain.commands import Accepted, Desk, VoidVoucher
from domain.decide import decide_void
from domain.decide_place import Place, decide_expire, decide_void_here
from domain.ids import Day, PlaceId, StaffId, place_number
from domain.refusals import RefusalCode, Refused
from kiosk.desk.parts import DeskParts
from kiosk.desk.place import Shown, look_up, shown_of, write_fate

BATCH = 50  # fates written in one transaction


def void(parts: DeskParts, command: VoidVoucher) -> Refused | None:
    """Take back a voucher that this station issued, once: what it cost is refunded."""
    journal = parts.journal
    with journal.transaction("void"):
        if (refused := parts.why_not_staff(command.staff)) is not None:
            return refused
        stamp = parts.stamp()
        desk = parts.desk(stamp)
        record = journal.vouchers.get(command.number)
        decision = decide_void(command, record, desk)
        if isinstance(decision, Refused):
            return decision
        if record is not None:
            write_fate(parts, shown_of(parts, record.voucher, desk), "void", decision, stamp)
    return None


def void_shown(parts: DeskParts, text: str, staff: StaffId, reason: str) -> Refused | None:
    """Take back the voucher of a code or number, whoever issued it; another issuer refunds when it hears of it."""
    with parts.journal.transaction("void"):
        if (refused := parts.why_not_staff(staff)) is not None:
            return refused
        stamp = parts.stamp()
        desk = parts.desk(stamp)
        shown = look_up(parts, text, desk)
        if isinstance(shown, Refused):
            return shown
        decision = _decide_void(shown, desk, staff, reason)
        if isinstance(decision, Refused):
            return decision
        write_fate(parts, shown, "void", decision, stamp)
    return None


def _decide_void(shown: Shown, desk: Desk, staff: StaffId, reason: str) -> Accepted | Refused:
    if shown.known.record is None:
        return decide_void_here(shown.voucher, shown.known, desk, staff, reason)
    if not shown.known.signed or shown.known.record.voucher != shown.voucher:
        return Refused(RefusalCode.VOUCHER_FORGED)
    return decide_void(VoidVoucher(shown.voucher.number, staff, reason), shown.known.record, desk)


def expire(parts: DeskParts, day: Day) -> int:
    """Write the fate of vouchers for this place whose last day lies before ``day``; return of how many.

    At most one batch: call it again while it returns ``BATCH``. Nothing is done by a clock that may be wrong.
    """
    journal = parts.journal
    with journal.transaction("expire"):
        stamp = parts.stamp()
        desk = parts.desk(stamp)
        if not stamp.clock_ok or desk.today < day or journal.chain.head().number == 0 or journal.office.mute():
            return 0
        place = place_number(PlaceId(desk.station)).to_bytes(6, "big")
        # What seems to be over for years was not left to itself: the clock has leapt, and a fate is for ever.
        since = Day(max(1, day - ABSURD_DAYS))
        numbers = journal.vouchers.over(place, since, day, BATCH)
        records = [record for record in map(journal.vouchers.get, numbers) if record is not None]
        vouchers = [record.voucher for record in records]
        vouchers += journal.places.over(since, day, BATCH - len(vouchers))
        for voucher in vouchers:
            shown, stamp = shown_of(parts, voucher, desk), parts.stamp()
            decision = decide_expire(voucher, shown.known.record, Place(desk, parts.rules()))
            if decision is not None:
                write_fate(parts, shown, "expired", decision, stamp)
    return len(vouchers)
