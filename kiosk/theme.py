"""Design tokens: colours, the closed type scale and distances. Pure; everything is in millimetres of the real panel.

The driver's dpi is never asked: SDL reports 96 on every panel. The settings give the diagonal and the resolution.
Sources: EN 301 549 (capital height 0.7 degrees at 50 cm = 6.1 mm), WCAG 2.2 (contrast), targets of 16 mm for old hands.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum

from kiosk.palette import PALETTE, Palette

CAPITAL_EM = 0.733
"""Height of a capital in Noto Sans CJK, in em."""

FIRST_LINE_EM = 1.2
"""Height of a text of one line: the ink of hanzi and Latin descenders with a little air."""

NEXT_LINE_EM = 1.3
"""Distance from one line to the next (MIIT: at least 1.3)."""

TARGET_MM = 16.0
MAIN_TARGET_MM = (25.0, 20.0)
GAP_MM = 3.0


class Size(Enum):
    """The closed type scale: millimetres of capital height. A resident reads nothing smaller than ``BODY``."""

    NOTE = 4.0  # only the notice in the bottom bar and the code of a trouble
    BODY = 6.1
    LEAD = 7.2
    TITLE = 8.8
    NUMBER = 12.0


@dataclass(frozen=True, slots=True)
class Panel:
    """The glass: diagonal in inches, resolution in pixels.

    Raises ``ValueError`` when a size is not positive or the panel is under 200 × 120 mm (a 7″ panel cannot be read).
    """

    diagonal_inches: float
    width_px: int
    height_px: int

    def __post_init__(self) -> None:
        if self.diagonal_inches <= 0 or self.width_px <= 0 or self.height_px <= 0:
            raise ValueError("a panel has a positive diagonal and resolution")
        if self.width_px < self.mm(200) or self.height_px < self.mm(120):
            raise ValueError("the panel is too small for readable type: 200 × 120 mm is the least")

    @property
    def px_per_mm(self) -> float:
        """Pixels in a millimetre of the glass."""
        return math.hypot(self.width_px, self.height_px) / (self.diagonal_inches * 25.4)

    def mm(self, millimetres: float) -> int:
        """Whole pixels that are at least so many millimetres."""
        return math.ceil(millimetres * self.px_per_mm - 1e-9)


@dataclass(frozen=True, slots=True)
class Theme:
    """A panel and its palette: what every widget is given."""

    panel: Panel
    palette: Palette = PALETTE

    def mm(self, millimetres: float) -> int:
        """Whole pixels that are at least so many millimetres."""
        return self.panel.mm(millimetres)

    def font(self, size: Size) -> int:
        """Font size in pixels whose capital is at least ``size`` millimetres high."""
        return math.ceil(size.value * self.panel.px_per_mm / CAPITAL_EM - 1e-9)

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


def smaller(size: Size, least: Size = Size.BODY) -> Size | None:
    """The next step down the scale; None when that would go under ``least``."""
    below = [step for step in Size if least.value <= step.value < size.value]
    return below[-1] if below else None
