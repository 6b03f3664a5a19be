"""Rounded grounds that things lie on: cards, bands, veils."""

from __future__ import annotations

from kivy.graphics import Color, Rectangle, SmoothRoundedRectangle
from kivy.uix.widget import Widget

from kiosk.palette import rgba
from kiosk.screens.box import Box
from kiosk.theme import Theme

RADIUS_MM = 2.8
LIFT_MM = 0.7


def draw_card(
    theme: Theme,
    box: Box,
    *,
    ground: str,
    edge: str = "",
    lift: bool = False,
    dashes: bool = False,
    pressed: bool = False,
    radius_mm: float = RADIUS_MM,
) -> None:
    """Draw a rounded rectangle into the open canvas: ground, an edge if one is given, a soft lower rim if lifted.

    ``pressed``: a finger is on it, and a strong ring says so.
    """
    radius, rim = theme.mm(radius_mm), theme.mm(LIFT_MM)
    edge = theme.palette.focus if pressed else edge or (theme.palette.outline if lift else "")
    if lift and not theme.look.contrast:
        Color(*rgba(theme.palette.shade))
        SmoothRoundedRectangle(pos=(box.x, box.y - rim), size=(box.width, box.height), radius=[radius])
    Color(*rgba(edge or ground))
    SmoothRoundedRectangle(pos=(box.x, box.y), size=(box.width, box.height), radius=[radius])
    if edge:
        inner = box.inset(max(2, theme.mm(0.9 if pressed else 0.3)))
        Color(*rgba(ground))
        SmoothRoundedRectangle(pos=(inner.x, inner.y), size=(inner.width, inner.height), radius=[radius - 2])
    if dashes:
        _cross_out(theme, box)


def _cross_out(theme: Theme, box: Box) -> None:
    """Short strokes along the lower edge: a thing that cannot be pressed is told by more than its colour."""
    inner = box.inset(theme.mm(RADIUS_MM), theme.mm(1.4))
    stroke = theme.mm(1.6)
    Color(*rgba(theme.palette.line))
    for left in range(inner.x, inner.right - stroke, 2 * stroke):
        Rectangle(pos=(left, inner.y), size=(stroke, 2))


class Card(Widget):
    """A ground that is drawn anew only when its box or its colours change."""

    def __init__(
        self, theme: Theme, *, ground: str = "", edge: str = "", lift: bool = False, radius_mm: float = RADIUS_MM
    ) -> None:
        super().__init__(size_hint=(None, None))
        self.theme, self.lift, self.radius_mm = theme, lift, radius_mm
        self.ground, self.edge = ground or theme.palette.card, edge
        self._drawn: tuple[object, ...] = ()

    def put(self, box: Box, ground: str = "", edge: str = "") -> None:
        """Lie at ``box``; colours stay as they were unless given."""
        self.ground, self.edge = ground or self.ground, edge or self.edge
        key = (box, self.ground, self.edge)
        if key == self._drawn:
            return
        self._drawn = key
        self.pos, self.size = (box.x, box.y), (box.width, box.height)
        self.canvas.clear()
        with self.canvas:
            draw_card(self.theme, box, ground=self.ground, edge=self.edge, lift=self.lift, radius_mm=self.radius_mm)


class Veil(Widget):
    """A dark veil over the whole window."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(size_hint=(None, None))
        panel = theme.panel
        self.size = (panel.width_px, panel.height_px)
        with self.canvas:
            Color(*rgba(theme.palette.veil, 0.78))
            Rectangle(pos=(0, 0), size=self.size)
