"""Spend points: entry, counters, voucher and print job in one transaction."""

from __future__ import annotations

from typing import NamedTuple

from domain.calendar import china_time, date_of
from domain.catalogue import Catalogue, Item
from domain.commands import Accepted, RedeemItem, VoucherRecord
from domain.decide import decide_redeem
from domain.entries import Stamp, encode_entry
from domain.ids import PlaceId
from domain.refusals import Refused
from domain.rights import points_of
from domain.rules import Rules
from domain.voucher import Voucher, code_of, pack, signed_message
from kiosk.desk.answers import Issued
from kiosk.desk.parts import DeskParts
from kiosk.desk.situation import situation_of, why_closed
from kiosk.faults import JournalError, point
from kiosk.papers.voucher import VoucherContent, decode_content, encode_content


class Names(NamedTuple):
    """Masked names for the paper; ``proxy`` is empty if nobody came in the resident's place."""

    resident: str
    proxy: str


def redeem(
    parts: DeskParts,
    command: RedeemItem,
    catalogue: Catalogue,
    name: str,
    rules: Rules | None = None,
    proxy: str = "",
) -> Issued | Refused:
    """Carry a redemption out, once however often it is asked.

    ``name`` is the resident's masked name for the paper, ``proxy`` that of who came in their place, empty: nobody.
    ``rules`` are those that the visit began with, ``None``: the newest.
    """
    journal = parts.journal
    with journal.transaction("redeem"):
        done = journal.vouchers.number_of(command.command)
        if done is None:
            rules = rules or parts.rules()
            stamp = parts.stamp()
            refusal = why_closed(parts, rules, stamp)
            if refusal is None and command.by_staff:
                refusal = parts.why_not_staff(command.by_staff)
            refusal = refusal or _issue(parts, command, catalogue, Names(name, proxy), rules, stamp)
            if refusal is not None:
                return refusal
    return _issued(parts, command)


def _issue(
    parts: DeskParts, command: RedeemItem, catalogue: Catalogue, names: Names, rules: Rules, stamp: Stamp
) -> Refused | None:
    situation = situation_of(parts, command, catalogue, rules, parts.desk(stamp))
    decision = decide_redeem(command, situation)
    item = catalogue.item(command.item)
    if isinstance(decision, Refused):
        return decision
    if decision.voucher is None or item is None:
        raise JournalError("a redemption was accepted without a voucher")  # the rules would have to be broken
    _commit(parts, command, decision, decision.voucher, item, stamp, names)
    return None


def _commit(
    parts: DeskParts,
    command: RedeemItem,
    decision: Accepted,
    voucher: Voucher,
    item: Item,
    stamp: Stamp,
    names: Names,
) -> None:
    journal = parts.journal
    packed = pack(voucher)
    signature = parts.signer.sign(signed_message(packed))
    entry = journal.chain.append(encode_entry(stamp, decision.fact.KIND, decision.fact, decision.moves))
    point("redeem.entry_written")
    journal.rights.move(decision.moves)
    point("redeem.rights_moved")
    journal.vouchers.add(VoucherRecord(voucher, command.resident, item.stocked), command.command, signature, entry)
    point("redeem.voucher_written")
    left = journal.rights.get(points_of(command.resident)).available
    content = _content(parts, voucher, item, stamp, names, left, code_of(packed, signature))
    journal.jobs.add(voucher.number, 0, encode_content(content), stamp.at)
    point("redeem.job_written")


def _content(
    parts: DeskParts, voucher: Voucher, item: Item, stamp: Stamp, names: Names, left: int, code: str
) -> VoucherContent:
    expires = date_of(voucher.expires)
    return VoucherContent(
        station=parts.station_name,
        kind=item.kind.value,
        item=item.name,
        pieces=voucher.pieces,
        unit=item.unit,
        points=voucher.points,
        left=left,
        name=names.resident,
        place=parts.station_name if voucher.place == PlaceId(voucher.station) else item.place_name or voucher.place,
        issued=china_time(stamp.at).strftime("%Y-%m-%d %H:%M") if stamp.clock_ok else "",
        expires=expires.isoformat() if expires else "",
        number=voucher.text,
        code=code,
        demo=parts.demo,
        proxy=names.proxy,
    )


def _issued(parts: DeskParts, command: RedeemItem) -> Issued:
    journal = parts.journal
    with journal.reading():
        number = journal.vouchers.number_of(command.command)
        job = journal.jobs.of_voucher(number) if number else None
    if job is None:
        raise JournalError("a voucher stands in the journal without its print job")
    content = decode_content(job.content)
    return Issued(
        number=content.number,
        item_name=content.item,
        points=content.points,
        left=content.left,
        expires=content.expires,
        job=job.id,
        pieces=content.pieces,
        unit=content.unit,
        place=content.place,
    )
