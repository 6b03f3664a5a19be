"""Facts in a line, as on a ticket: label and value beside each other, the next pair after them, lines as needed."""

from __future__ import annotations

from kivy.uix.widget import Widget

from kiosk.screens.box import Box
from kiosk.screens.text import Text
from kiosk.theme import Size, Theme

FACTS_MAX = 6


class Facts(Widget):
    """At most six pairs, set from left to right."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(size_hint=(None, None))
        self.theme = theme
        self._labels = [Text(theme, colour=theme.palette.soft_ink) for _ in range(FACTS_MAX)]
        self._values = [Text(theme, bold=True) for _ in range(FACTS_MAX)]

    def height_for(self, pairs: tuple[tuple[str, str], ...], width: int) -> int:
        """Least height in pixels for these pairs in that width."""
        return self.theme.lines(Size.SNUG, len(self._lines(pairs[:FACTS_MAX], width, Size.SNUG)))

    def put(self, pairs: tuple[tuple[str, str], ...], box: Box) -> None:
        """Fill ``box`` from the top; as notes if they do not fit otherwise."""
        self.pos, self.size = (box.x, box.y), (box.width, box.height)
        self.clear_widgets()
        for size in (Size.BODY, Size.SNUG, Size.NOTE):
            lines = self._lines(pairs[:FACTS_MAX], box.width, size)
            if self.theme.lines(size, len(lines)) <= box.height:
                break
        at = 0
        for line, row in zip(lines, box.rows(max(1, len(lines)), 0), strict=False):
            used = sum(width for _, _, width in line)
            between = min(self.theme.mm(12), (box.width - used) // max(1, len(line) - 1))
            rest = row
            for label, value, width in line:
                place, rest = rest.cut_left(width, between)
                self._fill(at, label, value, place, size)
                at += 1

    def _fill(self, at: int, label: str, value: str, place: Box, size: Size) -> None:
        left, right = place.cut_left(self._labels[at].width_of(label, size), self.theme.mm(2))
        self._labels[at].put(label, left, size=size)
        self._values[at].put(value, right, size=size)
        self.add_widget(self._labels[at])
        self.add_widget(self._values[at])

    def _lines(self, pairs: tuple[tuple[str, str], ...], width: int, size: Size) -> list[list[tuple[str, str, int]]]:
        lines: list[list[tuple[str, str, int]]] = []
        left = 0
        for label, value in pairs:
            wide = self._labels[0].width_of(label, size) + self.theme.mm(2) + self._values[0].width_of(value, size)
            wide = min(wide, width)
            if not lines or wide > left:
                lines.append([])
                left = width
            lines[-1].append((label, value, wide))
            left -= wide + self.theme.mm(3)
        return lines
