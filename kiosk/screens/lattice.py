"""The ornament under the top bar: a fine meander (回纹), as on window frames and door lintels."""

from __future__ import annotations

from kivy.graphics import Color
from kivy.uix.widget import Widget

from kiosk.palette import rgba
from kiosk.screens.blocks import draw_blocks
from kiosk.screens.box import Box
from kiosk.theme import Theme


class Lattice(Widget):
    """A strip of meander between two thin lines, drawn once."""

    def __init__(self, theme: Theme, box: Box) -> None:
        super().__init__(size_hint=(None, None))
        self.pos, self.size = (box.x, box.y), (box.width, box.height)
        with self.canvas:
            Color(*rgba(theme.palette.gold))
            _meander(box)


def _meander(box: Box) -> None:
    unit = max(2, box.height // 7)
    strokes = [(0, 1, 1, 5), (0, 5, 6, 1), (5, 2, 1, 4), (2, 2, 4, 1), (2, 2, 1, 2), (2, 3, 2, 1), (0, 0, 8, 1)]
    draw_blocks(
        (left + x * unit, box.y + y * unit, width * unit, height * unit)
        for left in range(box.x, box.right, 8 * unit)
        for x, y, width, height in strokes
    )
