"""One of the three large tiles of the home screen."""

from __future__ import annotations

from collections.abc import Callable

from kivy.graphics import Color, Rectangle
from kivy.uix.widget import Widget

from kiosk.actions import Action
from kiosk.palette import rgba
from kiosk.screens.box import Box
from kiosk.screens.card import draw_card
from kiosk.screens.pressable import Pressable
from kiosk.screens.screen import Piece, stack
from kiosk.screens.signs import Sign
from kiosk.screens.text import Text
from kiosk.theme import Size, Theme
from kiosk.views import Button, ClassTile, Tone


class ClassTileButton(Pressable):
    """A drawing, the name of the class, what is in it and how much can be had."""

    def __init__(self, theme: Theme, act: Callable[[Action], None]) -> None:
        super().__init__(theme, act)
        self._ground = Widget(size_hint=(None, None))
        self._sign = Sign(theme)
        self._label = Text(theme, Size.TITLE, bold=True)
        self._caption = Text(theme)
        self._count = Text(theme, bold=True)
        self._tile: ClassTile | None = None
        for part in (self._ground, self._sign, self._label, self._caption, self._count):
            self.add_widget(part)

    def offer_tile(self, tile: ClassTile, box: Box) -> None:
        """Stand for ``tile`` at ``box``."""
        self._tile = tile
        self.offer(Button(tile.label, tile.action), box)

    def forget(self) -> None:
        """Stand for nothing."""
        super().forget()
        self._tile = None

    def draw(self) -> None:
        """Draw ground, sign and words."""
        if self._tile is None:
            return
        theme, colours, face = self.theme, self.theme.palette, self.theme.palette.buttons[Tone.PLAIN]
        ground = face.pressed if self.pressed else face.ground
        pad, side = theme.mm(3), theme.mm(18)
        top, rest = self.box.inset(pad).cut_top(side, theme.mm(2))
        place, words = top.cut_left(side, theme.mm(3.4))
        self._ground.canvas.clear()
        with self._ground.canvas:
            draw_card(theme, self.box, ground=ground, edge=face.edge, lift=not self.pressed, pressed=self.pressed)
            draw_card(theme, place, ground=colours.blush)
            Color(*rgba(colours.shade))
            Rectangle(pos=(rest.x, rest.y + theme.first_line(Size.BODY) + theme.mm(1.4)), size=(rest.width, 2))
        self._sign.put(self._tile.kind, place.inset(theme.mm(2.2)), colours.cinnabar, colours.blush)
        self._label.put(self._tile.label, words)
        foot, rest = rest.cut_bottom(theme.first_line(Size.BODY), theme.mm(2))
        self._count.put(self._tile.count, foot, colours.ink)
        stack([Piece(self._caption, self._tile.caption, Size.BODY, 0, colours.soft_ink)], rest, up="top")
