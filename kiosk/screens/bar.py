"""A bar that fills up from the left. It moves when its view does, once a second at most."""

from __future__ import annotations

from kivy.uix.widget import Widget

from kiosk.screens.box import Box
from kiosk.screens.card import draw_card
from kiosk.theme import Theme


class Bar(Widget):
    """``done`` of ``whole``, drawn anew only when something changes."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(size_hint=(None, None))
        self.theme = theme
        self._drawn: tuple[object, ...] = ()

    def put(self, done: int, whole: int, box: Box) -> None:
        """Stand at ``box``."""
        key = (done, whole, box)
        if key == self._drawn:
            return
        self._drawn = key
        self.pos, self.size = (box.x, box.y), (box.width, box.height)
        colours, radius = self.theme.palette, 1.4
        inner = box.inset(self.theme.mm(0.6))
        filled, _ = inner.cut_left(inner.width * max(0, min(done, whole)) // max(1, whole))
        self.canvas.clear()
        with self.canvas:
            draw_card(self.theme, box, ground=colours.paper, edge=colours.line, radius_mm=radius)
            if filled.width > self.theme.mm(radius):
                draw_card(self.theme, filled, ground=colours.jade, radius_mm=radius)
