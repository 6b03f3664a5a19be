"""The list of papers to bring for a matter of the service guide 办事指南, to be ticked off at home. Pure."""

from __future__ import annotations

import msgspec

from devices.paper import Align, Cut, Feed, Pair, Paper, Part, Qr, Rule, Text
from kiosk.texts import Texts

BOX = "□"
MODULE_DOTS = 5


class Bring(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One document to bring: 户口簿, with what to mind: 原件和复印件."""

    document: str
    note: str = ""


class ChecklistContent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All that stands on the list."""

    station: str
    matter: str  # 高龄津贴申请
    for_whom: str  # who qualifies, in one sentence; or ""
    bring: tuple[Bring, ...]
    where: str
    hours: str
    phone: str  # of the counter, never of a person; or ""
    printed: str  # "2026-11-22", or ""
    code: str = ""  # to read on a phone; "" for none
    sample: bool = False  # demonstration data: not a real rule


def checklist_paper(content: ChecklistContent, texts: Texts) -> Paper:
    """Lay out the list: boxes to tick, large enough for tired eyes."""
    t = texts
    return (
        Text(content.station, Align.CENTRE),
        Text(t("paper.checklist.title"), Align.CENTRE, scale=2, bold=True),
        Text(content.matter, Align.CENTRE, scale=2),
        *((Text(t("paper.sample"), Align.CENTRE),) if content.sample else ()),
        Rule(),
        *((Text(content.for_whom), Rule()) if content.for_whom else ()),
        *(part for bring in content.bring for part in _one(bring)),
        Rule(),
        *_place(content, t),
        *((Qr(content.code, MODULE_DOTS), Text(t("paper.checklist.phone_hint"), Align.CENTRE)) if content.code else ()),
        Text(t("paper.checklist.hint"), Align.CENTRE),
        Feed(1),
        Cut(),
    )


def _one(bring: Bring) -> tuple[Part, ...]:
    line = Text(f"{BOX} {bring.document}", scale=2)
    return (line, Text(f"   {bring.note}"), Feed(1)) if bring.note else (line, Feed(1))


def _place(content: ChecklistContent, texts: Texts) -> tuple[Part, ...]:
    rows = (
        ("paper.checklist.where", content.where),
        ("paper.ticket.hours", content.hours),
        ("paper.checklist.phone", content.phone),
        ("paper.checklist.printed", content.printed),
    )
    return tuple(Pair(texts(key), value) for key, value in rows if value)
