"""What makes the screen rest: a black veil over everything, and the small wandering of a picture that stands long."""

from __future__ import annotations

from typing import Any

from kivy.graphics import Color, PopMatrix, PushMatrix, Rectangle, Translate
from kivy.uix.widget import Widget

from kiosk.dimness import Dimness
from kiosk.theme import Theme

STEP_MM = 0.5
ALPHA = {Dimness.BRIGHT: 0.0, Dimness.DIM: 0.5, Dimness.DARK: 0.8, Dimness.OFF: 1.0}


class Shade(Widget):
    """The veil; larger than the window, for it wanders with the picture."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(size_hint=(None, None))
        edge, panel = 2 * theme.mm(STEP_MM), theme.panel
        self.pos, self.size = (-edge, -edge), (panel.width_px + 2 * edge, panel.height_px + 2 * edge)
        with self.canvas:
            self._colour = Color(0, 0, 0, 0)
            Rectangle(pos=self.pos, size=self.size)

    def put(self, dimness: Dimness) -> None:
        """Be as dark as that."""
        self._colour.a = ALPHA[dimness]


class Wandering:
    """Moves all that ``widget`` draws by whole steps; where its buttons are touched moves less than a finger feels."""

    def __init__(self, theme: Theme, widget: Any) -> None:
        self._step = theme.mm(STEP_MM)
        with widget.canvas.before:
            PushMatrix()
            self._place = Translate(0, 0)
        with widget.canvas.after:
            PopMatrix()

    def put(self, shift: tuple[int, int]) -> None:
        """Lie so many steps right and up."""
        x, y = shift[0] * self._step, shift[1] * self._step
        if (self._place.x, self._place.y) != (x, y):
            self._place.x, self._place.y = x, y
