"""The sheet of the day's closing 日结单: what was done, what is left to do, two lines to sign. Pure."""

from __future__ import annotations

import msgspec

from devices.paper import Align, Cut, Feed, Pair, Paper, Part, Rule, Text
from kiosk.texts import Texts

_SIGN = "\uff3f" * 8  # full-width low lines: two-byte in every Chinese font of a printer


class Figure(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One line of figures: 开出兑换券, 12 张 / 980 分."""

    label: str
    value: str


class ClosingContent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All that stands on the sheet. A day is opened and closed by staff, not by midnight."""

    station: str
    day: str  # the business day: "2026-11-22", or "" when the clock was not known to be right
    opened: str  # "08:55 何静"
    closed: str
    done: tuple[Figure, ...]
    left: tuple[Figure, ...]  # what waits: papers, tickets, entries that the office does not know yet
    stock: tuple[Figure, ...]  # what should lie there, to be counted
    demo: bool = False


def closing_paper(content: ClosingContent, copy: int, texts: Texts) -> Paper:
    """Lay out the sheet; ``copy`` 0 is the first time, later ones are marked 补打."""
    t = texts
    return (
        Text(content.station, Align.CENTRE, bold=True),
        Text(t("paper.closing.title"), Align.CENTRE, scale=2, bold=True),
        *((Text(t("paper.reprint", copy=copy), Align.CENTRE, bold=True),) if copy else ()),
        *((Text(t("paper.demo"), Align.CENTRE),) if content.demo else ()),
        Pair(t("paper.closing.day"), content.day or t("paper.day.unknown"), bold=True),
        Pair(t("paper.closing.opened"), content.opened),
        Pair(t("paper.closing.closed"), content.closed),
        *_block(t("paper.closing.done"), content.done),
        *_block(t("paper.closing.left"), content.left),
        *_block(t("paper.closing.stock"), content.stock),
        Rule(),
        Feed(1),
        Pair(t("paper.closing.signed"), _SIGN),
        Feed(1),
        Pair(t("paper.closing.checked"), _SIGN),
        Feed(1),
        Cut(),
    )


def _block(title: str, figures: tuple[Figure, ...]) -> tuple[Part, ...]:
    if not figures:
        return ()
    return (Rule(), Text(title, bold=True), *(Pair(figure.label, figure.value) for figure in figures))
