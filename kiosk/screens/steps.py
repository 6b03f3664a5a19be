"""Numbered steps under each other: done, under way, to come. Nothing moves."""

from __future__ import annotations

from kivy.uix.widget import Widget

from kiosk.screens.box import Box
from kiosk.screens.pen import Pen
from kiosk.screens.text import Text
from kiosk.theme import Size, Theme

STEPS_MAX = 4


class Steps(Widget):
    """At most four steps. ``current`` below 0 means that none is under way: a plain list of what to do."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(size_hint=(None, None))
        self.theme = theme
        self._texts = [Text(theme) for _ in range(STEPS_MAX)]
        self._strong = [Text(theme, bold=True) for _ in range(STEPS_MAX)]
        self._numbers = [Text(theme, bold=True, across="center") for _ in range(STEPS_MAX)]
        self._marks = Widget(size_hint=(None, None))

    def put(self, steps: tuple[str, ...], box: Box, current: int = -1) -> None:
        """Fill ``box`` with the steps."""
        steps = steps[:STEPS_MAX]
        self.pos, self.size = (box.x, box.y), (box.width, box.height)
        self.clear_widgets()
        self._marks.canvas.clear()
        self.add_widget(self._marks)
        high = box.height // max(1, len(steps))
        side, gap = min(self.theme.first_line(Size.BODY), high), self.theme.mm(3)
        for at, (step, row) in enumerate(zip(steps, box.rows(max(1, len(steps)), 0), strict=True)):
            mark, words = row.cut_left(side, gap)
            self._mark(at, current, mark)
            text = (self._strong if at == current else self._texts)[at]
            soft = at > current >= 0
            text.put(step, words, self.theme.palette.soft_ink if soft else self.theme.palette.ink)
            self.add_widget(text)

    def _mark(self, at: int, current: int, box: Box) -> None:
        colours = self.theme.palette
        done, ahead = at < current, at > current >= 0
        ground = colours.jade if done else colours.paper if ahead else colours.cinnabar
        side = min(box.width, box.height - self.theme.mm(0.8))
        with self._marks.canvas:
            pen = Pen(box.middle(side, side), colours.line if ahead else ground, ground)
            pen.ring(50, 50, 50, 5)
            if done:
                pen.ink(colours.on_strong)
                pen.line(28, 51, 44, 34, 73, 66, width=10)
        if not done:
            self._numbers[at].put(str(at + 1), box, colours.soft_ink if ahead else colours.on_strong)
            self.add_widget(self._numbers[at])
