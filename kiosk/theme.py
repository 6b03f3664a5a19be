"""Design tokens of a panel and a look: colours, the closed type scale and distances. Pure.

Everything is in millimetres as on a 10.1″ panel; on a larger one all of it is larger (``Panel.zoom``).
Sources: EN 301 549 (capital height 0.7 degrees at 50 cm = 6.1 mm), WCAG 2.2 (contrast), targets of 16 mm for old hands.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from enum import IntEnum

from kiosk.look import Look
from kiosk.palette import CONTRAST, LIGHT, Palette
from kiosk.panel import Panel

__all__ = ["Panel", "Size", "Theme", "smaller"]

CAPITAL_EM = 0.733
"""Height of a capital in Noto Sans CJK, in em."""

FIRST_LINE_EM = 1.2
"""Height of a text of one line: the ink of hanzi and Latin descenders with a little air."""

NEXT_LINE_EM = 1.3
"""Distance from one line to the next (MIIT: at least 1.3)."""

TARGET_MM = 16.0
MAIN_TARGET_MM = (25.0, 20.0)
GAP_MM = 3.0


class Size(IntEnum):
    """The closed type scale, in ascending order; ``CAPITALS_MM`` says how large each step is."""

    NOTE = 1  # only the notice in the bottom bar, the station's name and the code of a trouble
    SNUG = 2  # body as it is in the standard look: where extra-large does not fit; a resident reads nothing smaller
    BODY = 3
    LEAD = 4
    TITLE = 5
    NUMBER = 6


CAPITALS_MM: dict[Size, tuple[float, float]] = {
    Size.NOTE: (4.0, 4.0),
    Size.SNUG: (6.1, 6.1),
    Size.BODY: (6.1, 7.6),
    Size.LEAD: (7.2, 9.0),
    Size.TITLE: (8.8, 11.0),
    Size.NUMBER: (12.0, 15.0),
}
"""Millimetres of capital height: standard and extra-large. Small print stays as it is, to leave room."""


@dataclass(frozen=True, slots=True)
class Theme:
    """A panel and a look at it: what every widget is given."""

    panel: Panel
    look: Look = field(default_factory=Look)

    @property
    def palette(self) -> Palette:
        """The colours of this look."""
        return CONTRAST if self.look.contrast else LIGHT

    def mm(self, millimetres: float) -> int:
        """Whole pixels that are at least so many millimetres."""
        return self.panel.mm(millimetres * self.panel.zoom)

    def capital_mm(self, size: Size) -> float:
        """Height of a capital in millimetres of this glass."""
        return CAPITALS_MM[size][self.look.large] * self.panel.zoom

    def font(self, size: Size) -> int:
        """Font size in pixels whose capital is at least as high as ``size`` promises."""
        return math.ceil(self.capital_mm(size) * self.panel.px_per_mm / CAPITAL_EM - 1e-9)

    def first_line(self, size: Size) -> int:
        """Height in pixels of a text of one line."""
        return math.ceil(self.font(size) * FIRST_LINE_EM)

    def next_line(self, size: Size) -> int:
        """Pixels that each further line adds."""
        return math.ceil(self.font(size) * NEXT_LINE_EM)

    def lines(self, size: Size, count: int) -> int:
        """Height in pixels of ``count`` lines; 0 when there are none."""
        return self.first_line(size) + (count - 1) * self.next_line(size) if count else 0

    @property
    def gap(self) -> int:
        """Least distance between two targets, in pixels."""
        return self.mm(GAP_MM)

    @property
    def target(self) -> int:
        """Least side of a target, in pixels."""
        return self.mm(TARGET_MM)


def smaller(size: Size, least: Size = Size.SNUG) -> Size | None:
    """The next step down the scale; None when that would go under ``least``."""
    return Size(size - 1) if size > least else None
