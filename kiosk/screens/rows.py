"""Rows of a label and its value, with thin lines between: a receipt that can be read from afar."""

from __future__ import annotations

from kivy.graphics import Color, Rectangle
from kivy.uix.widget import Widget

from kiosk.palette import rgba
from kiosk.screens.box import Box
from kiosk.screens.text import Text
from kiosk.theme import Size, Theme

ROWS_MAX = 6
_RULE_MM = 0.8
_SPARE_MAX_MM = 6

Pairs = tuple[tuple[str, str], ...]


class Rows(Widget):
    """At most six rows. With ``strong_last`` the last value is large and red: what remains after all."""

    def __init__(
        self, theme: Theme, *, strong_last: bool = False, across: str = "right", size: Size = Size.BODY
    ) -> None:
        super().__init__(size_hint=(None, None))
        self.theme, self._strong_last, self._size = theme, strong_last, size
        soft = theme.palette.soft_ink
        self._labels = [Text(theme, size, colour=soft) for _ in range(ROWS_MAX)]
        self._values = [Text(theme, size, bold=True, across=across) for _ in range(ROWS_MAX)]
        self._lines = Widget(size_hint=(None, None))

    def put(self, rows: Pairs, box: Box) -> None:
        """Fill ``box`` with the rows, each as high as its words need, spare room shared out (within reason)."""
        rows = rows[:ROWS_MAX]
        self.pos, self.size = (box.x, box.y), (box.width, box.height)
        self.clear_widgets()
        self.add_widget(self._lines)
        gap, split = self._split(rows, box.width)
        heights = self._heights(rows, box.width)
        spare = (box.height - sum(heights)) // max(1, len(rows))
        spare = min(spare, self.theme.mm(_SPARE_MAX_MM))
        _, rest = box.cut_top(max(0, box.height - sum(heights) - spare * len(rows)) // 2)
        edges = []
        for at, (label, value) in enumerate(rows):
            row, rest = rest.cut_top(max(0, heights[at] + spare))
            left, right = row.cut_left(split, gap)
            self._fill(at, label, value, left, right, last=at == len(rows) - 1)
            edges.append(row.y)
        self._rule(box, edges[:-1])

    def height_for(self, rows: Pairs, width: int) -> int:
        """Least height in pixels for these rows in that width."""
        return sum(self._heights(rows[:ROWS_MAX], width))

    def _split(self, rows: Pairs, width: int) -> tuple[int, int]:
        gap = self.theme.mm(2.5)
        widest = max((self._labels[0].width_of(label) for label, _ in rows), default=0)
        return gap, min(widest, (width - gap) * 6 // 10)

    def _heights(self, rows: Pairs, width: int) -> list[int]:
        gap, left = self._split(rows, width)
        right, rule = width - gap - left, self.theme.mm(_RULE_MM)
        return [
            rule + max(self._labels[0].needs(label, left).height, self._values[0].needs(value, right).height)
            for label, value in rows
        ]

    def _fill(self, at: int, label: str, value: str, left: Box, right: Box, *, last: bool) -> None:
        strong = last and self._strong_last
        colour = self.theme.palette.cinnabar if strong else self.theme.palette.ink
        self._labels[at].put(label, left)
        self._values[at].put(value, right, colour, Size.LEAD if strong else self._size)
        self.add_widget(self._labels[at])
        self.add_widget(self._values[at])

    def _rule(self, box: Box, edges: list[int]) -> None:
        self._lines.canvas.clear()
        with self._lines.canvas:
            Color(*rgba(self.theme.palette.shade))
            for edge in edges:
                Rectangle(pos=(box.x, edge), size=(box.width, 2))
