"""Everything that moved a resident's points here, line by line, newest first."""

from __future__ import annotations

from dataclasses import replace

from domain.calendar import china_time
from domain.entries import Entry, decode_entry
from domain.facts import (
    DOWN,
    UP,
    AwardUndone,
    Fact,
    PointsAwarded,
    VoucherExpired,
    VoucherIssued,
    VoucherRefunded,
    VoucherVoided,
    fact_of,
)
from domain.ids import NOBODY, ResidentId
from domain.refusals import Refused
from domain.rights import points_of
from domain.voucher_number import VoucherNumber
from kiosk.desk.mine_answers import HistoryLine, HistoryPage
from kiosk.desk.parts import DeskParts
from kiosk.desk.vouchers import may_see
from kiosk.journal.point_moves import PointMove
from kiosk.papers.voucher import VoucherContent, decode_content

PAGE_SIZE = 4


def history(parts: DeskParts, resident: ResidentId, page: int) -> HistoryPage | Refused:
    """Return a page of a resident's own history. Nobody else is ever shown it."""
    journal = parts.journal
    with journal.reading():
        if (refused := may_see(parts, resident, NOBODY, parts.desk(parts.stamp()).today)) is not None:
            return refused
        pages = max(1, -(-journal.point_moves.count(resident) // PAGE_SIZE))
        page = max(0, min(page, pages - 1))
        moves = journal.point_moves.page(resident, page * PAGE_SIZE, PAGE_SIZE)
        lines = tuple(_line(parts, move) for move in moves)
        return HistoryPage(lines, journal.rights.get(points_of(resident)).available, page, pages)


def _line(parts: DeskParts, move: PointMove) -> HistoryLine:
    entry = decode_entry(move.entry)
    fact = fact_of(entry, UP if move.up else DOWN)
    day = china_time(entry.at).date().isoformat() if entry.clock_ok else ""
    what, why = _what(entry, fact)
    number = _voucher(parts, fact)
    content = None if number is None else _content(parts, number)
    proxy = content.proxy if content is not None and isinstance(fact, VoucherIssued) else ""
    line = HistoryLine(what, move.points, day, why=why)
    if content is None:
        return line
    return replace(line, item=content.item, pieces=content.pieces, unit=content.unit, proxy=proxy)


def _what(entry: Entry, fact: Fact | None) -> tuple[str, str]:
    """The name of the sentence, and what staff wrote."""
    match fact:
        case PointsAwarded(reason=reason):
            return "awarded", reason
        case AwardUndone(reason=reason):
            return "undone", reason
        case VoucherVoided():
            return "void", ""
        case VoucherExpired():
            return "expired", ""
        case VoucherRefunded(fate=fate):
            return fate, ""
        case VoucherIssued():
            return "issued", ""
        case _:
            return {"granted": "granted", "returned": "returned", "rights_handed_back": "handed_back"}.get(
                entry.kind, "other"
            ), ""


def _voucher(parts: DeskParts, fact: Fact | None) -> VoucherNumber | None:
    match fact:
        case VoucherIssued(command=command):
            return parts.journal.vouchers.number_of(command)
        case VoucherVoided() | VoucherExpired() | VoucherRefunded():
            return VoucherNumber(fact.epoch, fact.number)
        case _:
            return None


def _content(parts: DeskParts, number: VoucherNumber) -> VoucherContent | None:
    job = parts.journal.jobs.of_voucher(number)
    return None if job is None else decode_content(job.content)
