"""The glass of the station: its real size decides how large everything is. Pure.

The driver's dpi is never asked: SDL reports 96 on every panel. The settings give the diagonal and the resolution.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

WHOLE_MM = (217.5, 135.9)
"""The glass of a 10.1″ panel, for which every screen is composed."""

RESIDENTS_MM = (200.0, 120.0)
ZOOM_MAX = 1.4
STAFF_ZOOM_MIN = 0.6


@dataclass(frozen=True, slots=True)
class Panel:
    """Diagonal in inches, resolution in pixels, and whether only staff stand before it.

    Raises ``ValueError`` when a size is not positive or the panel is too small: for residents under 200 × 120 mm, as a
    7″ panel is; for staff, who stand near it, under six tenths of a 10.1″ panel.
    """

    diagonal_inches: float
    width_px: int
    height_px: int
    staff: bool = False

    def __post_init__(self) -> None:
        if self.diagonal_inches <= 0 or self.width_px <= 0 or self.height_px <= 0:
            raise ValueError("a panel has a positive diagonal and resolution")
        if self.staff and self._share() < STAFF_ZOOM_MIN:
            raise ValueError("the panel is too small even for staff: 131 × 82 mm is the least")
        if not self.staff and (self.width_px < self.mm(RESIDENTS_MM[0]) or self.height_px < self.mm(RESIDENTS_MM[1])):
            raise ValueError("the panel is too small for readable type: 200 × 120 mm is the least")

    @property
    def px_per_mm(self) -> float:
        """Pixels in a millimetre of the glass."""
        return math.hypot(self.width_px, self.height_px) / (self.diagonal_inches * 25.4)

    @property
    def zoom(self) -> float:
        """How much larger everything is than on a 10.1″ panel. Below 1 only where residents never stand."""
        return min(ZOOM_MAX, self._share() if self.staff else max(1.0, self._share()))

    def mm(self, millimetres: float) -> int:
        """Whole pixels that are at least so many millimetres."""
        return math.ceil(millimetres * self.px_per_mm - 1e-9)

    def _share(self) -> float:
        return min(self.width_px / WHOLE_MM[0], self.height_px / WHOLE_MM[1]) / self.px_per_mm
