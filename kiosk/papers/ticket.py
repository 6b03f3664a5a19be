"""The two papers of a ticket 服务单: the stub that its owner keeps, and the tag that stays with the garment. Pure.

Neither says who it belongs to: the number is enough, and a tag hangs where everybody sees it.
"""

from __future__ import annotations

import msgspec

from devices.paper import Align, Cut, Feed, Pair, Paper, Part, Qr, Rule, Text
from kiosk.texts import Texts

STUB_MODULE_DOTS, TAG_MODULE_DOTS = 5, 4


class TicketContent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All that stands on both papers, kept with the print job so that a reprint says exactly the same."""

    station: str
    service: str  # 爱心裁缝铺
    number: str  # as it is called and found: 缝 A-012
    job: str  # 改裤脚
    measure: str  # 裤脚 -3 cm, or ""
    pieces: int
    unit: str  # 件
    received: str  # "2026-11-22 10:24", or "" when the clock was not known to be right
    promised: str  # "2026-11-26", or "" for a day that nobody can say yet
    shelf: str  # where the garment lies, or ""
    hours: str  # when it can be fetched: 周一至周五 9:00-17:00, or ""
    code: str  # opens the ticket when it is scanned; only 0-9 A-Z :
    demo: bool = False


def stub_and_tag(content: TicketContent, copy: int, texts: Texts) -> Paper:
    """Lay out both, cut apart; ``copy`` 0 is the first time, later ones are marked 补打."""
    return (*ticket_stub(content, copy, texts), *garment_tag(content, copy, texts))


def ticket_stub(content: TicketContent, copy: int, texts: Texts) -> Paper:
    """Lay out what the owner takes along."""
    t = texts
    return (
        Text(content.station, Align.CENTRE, bold=True),
        Text(t("paper.stub.title"), Align.CENTRE, scale=2, bold=True),
        *_marks(content, copy, t),
        Text(content.number, Align.CENTRE, scale=3, bold=True),
        Rule(),
        Pair(t("paper.ticket.service"), content.service, bold=True),
        *_what(content, t),
        Pair(t("paper.ticket.received"), content.received or t("paper.day.unknown")),
        Pair(t("paper.ticket.promised"), content.promised or t("paper.ticket.promised.none"), bold=True),
        *((Pair(t("paper.ticket.hours"), content.hours),) if content.hours else ()),
        Pair(t("paper.ticket.price"), t("paper.ticket.free")),
        Rule(),
        Qr(content.code, STUB_MODULE_DOTS),
        Text(t("paper.stub.hint"), Align.CENTRE),
        Feed(1),
        Cut(),
    )


def garment_tag(content: TicketContent, copy: int, texts: Texts) -> Paper:
    """Lay out what is pinned to the garment: the number first, large enough to be found in a heap."""
    t = texts
    return (
        Text(content.number, Align.CENTRE, scale=4, bold=True),
        *_marks(content, copy, t),
        Rule(),
        Text(content.job, scale=2, bold=True),
        *((Text(content.measure, scale=2, bold=True),) if content.measure else ()),
        Pair(t("paper.pieces"), t("paper.pieces.value", pieces=content.pieces, unit=content.unit)),
        Pair(t("paper.ticket.promised"), content.promised or t("paper.ticket.promised.none"), bold=True),
        *((Pair(t("paper.ticket.shelf"), content.shelf, bold=True),) if content.shelf else ()),
        Pair(t("paper.ticket.received"), content.received or t("paper.day.unknown")),
        Qr(content.code, TAG_MODULE_DOTS),
        Text(t("paper.tag.hint"), Align.CENTRE),
        Cut(),
    )


def _marks(content: TicketContent, copy: int, texts: Texts) -> tuple[Part, ...]:
    again = (Text(texts("paper.reprint", copy=copy), Align.CENTRE, bold=True),) if copy else ()
    return (*again, *((Text(texts("paper.demo"), Align.CENTRE),) if content.demo else ()))


def _what(content: TicketContent, texts: Texts) -> tuple[Part, ...]:
    measure = (Pair(texts("paper.ticket.measure"), content.measure),) if content.measure else ()
    pieces = texts("paper.pieces.value", pieces=content.pieces, unit=content.unit)
    return (Pair(texts("paper.ticket.job"), content.job), *measure, Pair(texts("paper.pieces"), pieces))
