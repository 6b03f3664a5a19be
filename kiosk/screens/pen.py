"""Drawing signs on a grid of 100 × 100, wherever and however large they stand. All strokes have round ends."""

from __future__ import annotations

from collections.abc import Iterable

from kivy.graphics import (
    Color,
    SmoothEllipse,
    SmoothLine,
    SmoothQuad,
    SmoothRoundedRectangle,
    SmoothTriangle,
)

from kiosk.palette import rgba
from kiosk.screens.blocks import Rect, draw_blocks
from kiosk.screens.box import Box


class Pen:
    """A pen for one square box. Coordinates go from (0, 0), lower left, to (100, 100). Draws into the open canvas.

    ``colour`` is its ink, ``ground`` what the sign stands on: parts of a sign are cut out with it.
    """

    def __init__(self, box: Box, colour: str, ground: str) -> None:
        square = box.square()
        self._x, self._y, self._unit = square.x, square.y, square.width / 100
        self.colour, self.ground = colour, ground
        self.ink(colour)

    def ink(self, colour: str, alpha: float = 1.0) -> None:
        """Draw on in this colour."""
        Color(*rgba(colour, alpha))

    def line(self, *points: float, width: float = 6, closed: bool = False) -> None:
        """A stroke through the points x, y, x, y …"""
        placed = self._placed(points)
        half = max(1.0, width * self._unit / 2)
        SmoothLine(points=placed, width=half, close=closed)
        for at in range(0, len(points), 2):
            self.disc(points[at], points[at + 1], half / self._unit)

    def disc(self, x: float, y: float, radius: float) -> None:
        """A filled circle."""
        side = 2 * radius * self._unit
        # Kivy's 180 segments would cost memory that nobody sees on a dot.
        segments = int(min(120, max(16, side)))
        SmoothEllipse(pos=self._placed((x - radius, y - radius)), size=(side, side), segments=segments)

    def ring(self, x: float, y: float, radius: float, width: float) -> None:
        """A circle of that stroke around the ground. The ink is the ground's colour afterwards."""
        self.disc(x, y, radius)
        self.ink(self.ground)
        self.disc(x, y, radius - width)

    def arc(self, x: float, y: float, radius: float, start: float, end: float, width: float = 6) -> None:
        """A part of a circle, in degrees clockwise from the top."""
        centre = self._placed((x, y))
        SmoothLine(circle=(*centre, radius * self._unit, start, end), width=max(1.0, width * self._unit / 2))

    def half(self, x: float, y: float, radius: float) -> None:
        """The right half of a filled circle."""
        side = 2 * radius * self._unit
        place = self._placed((x - radius, y - radius))
        SmoothEllipse(pos=place, size=(side, side), angle_start=0, angle_end=180, segments=60)

    def oval(self, x: float, y: float, across: float, up: float, width: float) -> None:
        """The outline of an ellipse with these two radii."""
        left, low = self._placed((x - across, y - up))
        size = 2 * across * self._unit, 2 * up * self._unit
        SmoothLine(ellipse=(left, low, *size), width=max(1.0, width * self._unit / 2))

    def block(self, x: float, y: float, width: float, height: float, corner: float = 0) -> None:
        """A filled rectangle, its corners rounded."""
        size = (width * self._unit, height * self._unit)
        SmoothRoundedRectangle(pos=self._placed((x, y)), size=size, radius=[max(1, corner * self._unit)])

    def cells(self, rects: Iterable[Rect]) -> None:
        """Sharp rectangles (x, y, width, height) on whole pixels, so that neighbours leave no seam."""
        draw_blocks(self._whole(*rect) for rect in rects)

    def triangle(self, *points: float) -> None:
        """A filled triangle."""
        SmoothTriangle(points=self._placed(points))

    def quad(self, *points: float) -> None:
        """A filled shape with four corners."""
        SmoothQuad(points=self._placed(points))

    def _whole(self, x: float, y: float, width: float, height: float) -> Rect:
        left, low, right, high = (round(value) for value in self._placed((x, y, x + width, y + height)))
        return left, low, right - left, high - low

    def _placed(self, points: tuple[float, ...]) -> list[float]:
        return [(self._y if at % 2 else self._x) + value * self._unit for at, value in enumerate(points)]
