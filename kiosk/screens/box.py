"""Rectangles in whole pixels, cut like paper: all layout is made of these. The origin is the lower left. Pure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle: lower left corner and size, in pixels."""

    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        """x of the right edge."""
        return self.x + self.width

    @property
    def top(self) -> int:
        """y of the upper edge."""
        return self.y + self.height

    def inset(self, across: int, up: int | None = None) -> Box:
        """Smaller by ``across`` on the left and right, and by ``up`` (the same if not given) below and above."""
        up = across if up is None else up
        return Box(self.x + across, self.y + up, max(0, self.width - 2 * across), max(0, self.height - 2 * up))

    def cut_top(self, height: int, gap: int = 0) -> tuple[Box, Box]:
        """The upper part of that height, and the rest under a gap."""
        height = min(height, self.height)
        rest = max(0, self.height - height - gap)
        return Box(self.x, self.top - height, self.width, height), Box(self.x, self.y, self.width, rest)

    def cut_bottom(self, height: int, gap: int = 0) -> tuple[Box, Box]:
        """The lower part of that height, and the rest above a gap."""
        height = min(height, self.height)
        rest = max(0, self.height - height - gap)
        return Box(self.x, self.y, self.width, height), Box(self.x, self.top - rest, self.width, rest)

    def cut_left(self, width: int, gap: int = 0) -> tuple[Box, Box]:
        """The left part of that width, and the rest right of a gap."""
        width = min(width, self.width)
        rest = max(0, self.width - width - gap)
        return Box(self.x, self.y, width, self.height), Box(self.right - rest, self.y, rest, self.height)

    def cut_right(self, width: int, gap: int = 0) -> tuple[Box, Box]:
        """The right part of that width, and the rest left of a gap."""
        width = min(width, self.width)
        rest = max(0, self.width - width - gap)
        return Box(self.right - width, self.y, width, self.height), Box(self.x, self.y, rest, self.height)

    def columns(self, count: int, gap: int) -> list[Box]:
        """``count`` equal columns from left to right."""
        width = (self.width - (count - 1) * gap) // count
        return [Box(self.x + at * (width + gap), self.y, width, self.height) for at in range(count)]

    def rows(self, count: int, gap: int) -> list[Box]:
        """``count`` equal rows from the top down."""
        height = (self.height - (count - 1) * gap) // count
        return [Box(self.x, self.top - at * (height + gap) - height, self.width, height) for at in range(count)]

    def middle(self, width: int, height: int) -> Box:
        """A box of that size (at most this one's) in the middle."""
        width, height = min(width, self.width), min(height, self.height)
        return Box(self.x + (self.width - width) // 2, self.y + (self.height - height) // 2, width, height)

    def square(self) -> Box:
        """The largest square in the middle."""
        side = min(self.width, self.height)
        return self.middle(side, side)

    def holds(self, x: float, y: float, slack: float = 0) -> bool:
        """Whether a point lies in it, or within ``slack`` pixels around."""
        return self.x - slack <= x <= self.right + slack and self.y - slack <= y <= self.top + slack
