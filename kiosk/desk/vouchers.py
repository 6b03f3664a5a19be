"""A resident's vouchers, page by page, and the wish for another paper, which staff print."""

from __future__ import annotations

from domain.calendar import UNKNOWN_DAY, china_time, day_of
from domain.commands import VoucherRecord
from domain.decide_limits import may_act
from domain.ids import Day, ResidentId
from domain.refusals import RefusalCode, Refused
from domain.voucher_number import VoucherNumber
from kiosk.desk.mine_answers import PaperState, VoucherSeen, VouchersPage, VoucherState
from kiosk.desk.parts import DeskParts
from kiosk.faults import JournalError, point
from kiosk.journal.print_jobs import PrintJob
from kiosk.papers.voucher import decode_content

PAGE_SIZE = 3


def vouchers(parts: DeskParts, resident: ResidentId, proxy: ResidentId, page: int) -> VouchersPage | Refused:
    """Return a page of a resident's vouchers that were issued here, newest first.

    ``proxy``: who asks in the resident's place; they see what they took themselves.
    """
    journal = parts.journal
    with journal.reading():
        today = parts.desk(parts.stamp()).today
        if (refused := may_see(parts, resident, proxy, today)) is not None:
            return refused
        pages = max(1, -(-journal.vouchers.count(resident, proxy) // PAGE_SIZE))
        page = max(0, min(page, pages - 1))
        numbers = journal.vouchers.of_resident(resident, proxy, page * PAGE_SIZE, PAGE_SIZE)
        return VouchersPage(tuple(_seen(parts, number, today) for number in numbers), page, pages)


def ask_paper(parts: DeskParts, resident: ResidentId, proxy: ResidentId, number: VoucherNumber) -> Refused | None:
    """Put the paper of an open voucher on the list of those that wait for staff; once more changes nothing."""
    journal = parts.journal
    with journal.transaction("ask_paper"):
        today = parts.desk(parts.stamp()).today
        if (refused := may_see(parts, resident, proxy, today)) is not None:
            return refused
        if not journal.vouchers.is_of(number, resident, proxy):
            return Refused(RefusalCode.VOUCHER_UNKNOWN)
        record, job = _found(parts, number)
        if record.fate is not None:
            return Refused(RefusalCode.VOUCHER_DECIDED, {"fate": record.fate})
        journal.jobs.ask(job.id)
        point("ask_paper.asked")
    return None


def may_see(parts: DeskParts, resident: ResidentId, proxy: ResidentId, today: Day) -> Refused | None:
    """Say why nothing of a resident is shown: erased meanwhile, or the neighbour is not named any more."""
    people = parts.journal.people
    if people.resident(resident) is None:
        return Refused(RefusalCode.CARD_UNKNOWN)
    if proxy and not may_act(people.proxy(resident, proxy), today, spend=True):
        return Refused(RefusalCode.PROXY_NOT_ALLOWED)
    return None


def _seen(parts: DeskParts, number: VoucherNumber, today: Day) -> VoucherSeen:
    record, job = _found(parts, number)
    content, voucher = decode_content(job.content), record.voucher
    fate_at = parts.journal.vouchers.fate_at(number)
    state = VoucherState.OPEN if record.fate is None else VoucherState(record.fate)
    if record.fate is None and UNKNOWN_DAY not in (voucher.expires, today) and voucher.expires < today:
        state = VoucherState.EXPIRED  # it will get that as its fate; nobody hands goods over for it any more
    return VoucherSeen(
        number=number,
        text=content.number,
        item=content.item,
        pieces=content.pieces,
        unit=content.unit,
        points=content.points,
        place=content.place,
        issued=content.issued[:10],
        expires=content.expires,
        state=state,
        decided="" if day_of(fate_at) == UNKNOWN_DAY else china_time(fate_at).date().isoformat(),
        paper=_paper(job),
        proxy=content.proxy,
    )


def _paper(job: PrintJob) -> PaperState:
    if job.settled or not job.waits:
        return PaperState.OUT
    return PaperState.ASKED if job.asked else PaperState.WAITS


def _found(parts: DeskParts, number: VoucherNumber) -> tuple[VoucherRecord, PrintJob]:
    record, job = parts.journal.vouchers.get(number), parts.journal.jobs.of_voucher(number)
    if record is None or job is None:
        raise JournalError("a voucher stands in the journal without its entry or its print job")
    return record, job
