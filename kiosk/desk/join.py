"""Asking to join, and taking that back: the entry, its erasable part and the row in one transaction."""

from __future__ import annotations

import msgspec

from domain import slip
from domain.calendar import UNKNOWN_DAY, china_time, date_of
from domain.entries import SALT_SIZE, Stamp, encode_entry, private_digest
from domain.facts import JoinAsked, JoinWithdrawn
from domain.identity_digest import identity_digest
from domain.ids import Day
from domain.joining import NOTICE, NUMBER_MAX, JoinPrivate, join_number
from domain.refusals import RefusalCode, Refused
from kiosk.desk.answers import AskToJoin, Joined, Request
from kiosk.desk.parts import DeskParts
from kiosk.desk.requests import as_request
from kiosk.faults import point
from kiosk.papers.slip import Slip


def join(parts: DeskParts, asked: AskToJoin) -> Joined | Refused:
    """Write a request down, once however often it is asked: who asked before has that request."""
    journal = parts.journal
    with journal.transaction("join"):
        if journal.office.mute():
            return Refused(RefusalCode.STATION_HALTED)
        before = journal.joins.get(asked.command) or journal.joins.find(asked.id_cards)
        if before is not None:
            return Joined(as_request(before))
        number = journal.joins.next_number()
        if journal.joins.waiting() >= parts.rules().join_waiting_max or number > NUMBER_MAX:
            return Refused(RefusalCode.JOIN_FULL)
        return _write(parts, asked, number)


def withdraw_request(parts: DeskParts, request: str) -> Refused | None:
    """Take a request back: it is forgotten here at once, and at the office when it hears of it."""
    journal = parts.journal
    with journal.transaction("join_withdrawn"):
        if journal.office.mute():
            return Refused(RefusalCode.STATION_HALTED)
        kept = journal.joins.get(request)
        if kept is None or kept.state == "accepted":
            return Refused(RefusalCode.JOIN_DECIDED)
        fact = JoinWithdrawn(request)
        journal.chain.append(encode_entry(parts.stamp(), fact.KIND, fact))
        point("withdraw.entry_written")
        journal.joins.forget(request)
    return None


def _write(parts: DeskParts, asked: AskToJoin, number: int) -> Joined:
    journal, system, stamp = parts.journal, parts.system, parts.stamp()
    county, secret = journal.identity.station[:6], system.random_bytes(slip.NUMBER_SIZE)
    id_card = asked.id_cards[0] if asked.id_cards else ""
    given = JoinPrivate(id_card, asked.guardian, asked.guardian_card, asked.phone)
    salt, private = system.random_bytes(SALT_SIZE), msgspec.json.encode(given)
    fact = JoinAsked(
        request=asked.command,
        number=number,
        slip=identity_digest(parts.pepper, slip.SOURCE, secret),
        notice=NOTICE,
        minor=asked.minor,
    )
    sealed = private_digest(salt, private)
    entry = journal.chain.append(encode_entry(stamp, fact.KIND, fact, private=sealed), salt, private)
    point("join.entry_written")
    journal.joins.add(fact, id_card, entry, stamp.at)
    journal.joins.count(number)
    point("join.row_written")
    request = Request(fact.request, join_number(journal.identity.epoch, number), "asked")
    return Joined(request, _slip(parts, request, slip.code_of(county, secret), stamp))


def _slip(parts: DeskParts, request: Request, code: str, stamp: Stamp) -> Slip:
    today = parts.desk(stamp).today
    last = None if today == UNKNOWN_DAY else date_of(Day(today + parts.rules().join_days))
    return Slip(
        request=request.request,
        number=request.number,
        code=code,
        station=parts.station_name,
        asked=china_time(stamp.at).strftime("%Y-%m-%d %H:%M") if stamp.clock_ok else "",
        until="" if last is None else last.isoformat(),
        demo=parts.demo,
    )
