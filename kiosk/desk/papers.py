"""Papers that wait for staff: list them, print one again, or see that it is in the resident's hand after all."""

from __future__ import annotations

from domain.entries import encode_entry
from domain.facts import PaperReprinted, PaperSettled
from domain.ids import StaffId
from domain.refusals import RefusalCode, Refused
from kiosk.desk.answers import WaitingPaper
from kiosk.desk.parts import DeskParts
from kiosk.journal.print_jobs import PrintJob
from kiosk.papers.voucher import decode_content


def waiting_papers(parts: DeskParts) -> tuple[WaitingPaper, ...]:
    """Return the papers that wait for staff, oldest first."""
    with parts.journal.reading():
        return tuple(_waiting(job) for job in parts.journal.jobs.unsettled())


def reprint(parts: DeskParts, job: int, staff: StaffId) -> int | Refused:
    """Queue the same voucher once more, marked 补打, and write down who asked; return the new job."""
    journal = parts.journal
    with journal.transaction("reprint"):
        old = _unsettled(parts, job, staff)
        if isinstance(old, Refused):
            return old
        record = journal.vouchers.get(old.number)
        if record is None or record.fate is not None:
            return Refused(RefusalCode.VOUCHER_DECIDED, {"fate": "" if record is None else str(record.fate)})
        stamp = parts.stamp()
        copy = old.copy + 1
        fact = PaperReprinted(epoch=old.number.epoch, number=old.number.number, copy=copy, staff=staff)
        journal.chain.append(encode_entry(stamp, fact.KIND, fact))
        journal.jobs.settle(old.id)
        return journal.jobs.add(old.number, copy, old.content, stamp.at)


def set_aside(parts: DeskParts, job: int, staff: StaffId) -> Refused | None:
    """Write down that the paper came out after all."""
    journal = parts.journal
    with journal.transaction("set_aside"):
        old = _unsettled(parts, job, staff)
        if isinstance(old, Refused):
            return old
        fact = PaperSettled(epoch=old.number.epoch, number=old.number.number, staff=staff)
        journal.chain.append(encode_entry(parts.stamp(), fact.KIND, fact))
        journal.jobs.settle(old.id)
    return None


def _unsettled(parts: DeskParts, job: int, staff: StaffId) -> PrintJob | Refused:
    if (refused := parts.why_not_staff(staff)) is not None:
        return refused
    found = next((waiting for waiting in parts.journal.jobs.unsettled() if waiting.id == job), None)
    return found or Refused(RefusalCode.JOB_UNKNOWN)


def _waiting(job: PrintJob) -> WaitingPaper:
    content = decode_content(job.content)
    return WaitingPaper(job.id, content.number, content.item, job.state, job.code, job.queued_at, job.asked)
