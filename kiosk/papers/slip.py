"""The temporary slip 临时凭条 of somebody who asked to join: their number, a code, and what comes next. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field

from devices.paper import Align, Cut, Feed, Pair, Paper, Qr, Rule, Text
from kiosk.texts import Texts

MODULE_DOTS = 8  # a short code: the modules can be large


@dataclass(frozen=True, slots=True)
class Slip:
    """A temporary slip that is to be printed now. Its code is kept nowhere but here, while the screen shows it."""

    request: str
    number: str
    code: str = field(repr=False)
    station: str
    asked: str  # "2026-11-22 10:24", or "" when the clock was not known to be right
    until: str  # "2026-12-22", or ""
    demo: bool = False


def slip_paper(slip: Slip, texts: Texts) -> Paper:
    """Lay out a slip. No name, card or phone number stands on it."""
    t = texts
    return (
        Text(slip.station, Align.CENTRE, bold=True),
        Text(t("paper.slip.title"), Align.CENTRE, scale=2, bold=True),
        *((Text(t("paper.demo"), Align.CENTRE),) if slip.demo else ()),
        Text(t("paper.slip.number"), Align.CENTRE),
        Text(slip.number, Align.CENTRE, scale=3, bold=True),
        Rule(),
        Pair(t("paper.slip.asked"), slip.asked or t("paper.day.unknown")),
        Pair(t("paper.slip.until"), slip.until or t("paper.expires.none"), bold=True),
        Rule(),
        Text(t("paper.slip.next")),
        Qr(slip.code, MODULE_DOTS),
        Text(t("paper.slip.hint"), Align.CENTRE),
        Feed(1),
        Cut(),
    )
