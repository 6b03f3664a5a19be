"""The resident's own: two large ways on, and the points above them."""

from __future__ import annotations

from collections.abc import Callable

from kivy.uix.widget import Widget

from kiosk.actions import Action
from kiosk.screens.box import Box
from kiosk.screens.card import draw_card
from kiosk.screens.pressable import Pressable
from kiosk.screens.screen import Piece, Screen, stack
from kiosk.screens.signs import Sign
from kiosk.screens.text import Text
from kiosk.theme import Size, Theme
from kiosk.views import Button, ChoiceTile, MineView, Tone

CHOICES_MAX = 2


class ChoiceTileButton(Pressable):
    """A drawing above, then what it is and what is found there."""

    def __init__(self, theme: Theme, act: Callable[[Action], None]) -> None:
        super().__init__(theme, act)
        self._ground = Widget(size_hint=(None, None))
        self._sign = Sign(theme)
        self._label = Text(theme, Size.TITLE, bold=True, across="center")
        self._caption = Text(theme, across="center")
        self._tile: ChoiceTile | None = None
        for part in (self._ground, self._sign, self._label, self._caption):
            self.add_widget(part)

    def offer_tile(self, tile: ChoiceTile, box: Box) -> None:
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
        inner = self.box.inset(theme.mm(4))
        top, words = inner.cut_top(theme.mm(16 if theme.look.large else 26), theme.mm(3))
        place = top.square()
        self._ground.canvas.clear()
        with self._ground.canvas:
            ground = face.pressed if self.pressed else face.ground
            draw_card(theme, self.box, ground=ground, edge=face.edge, lift=not self.pressed)
            draw_card(theme, place, ground=colours.blush)
        self._sign.put(self._tile.kind, place.inset(theme.mm(3.4)), colours.cinnabar, colours.blush)
        pieces = [
            Piece(self._label, self._tile.label, Size.TITLE, theme.mm(2)),
            Piece(self._caption, self._tile.caption, Size.BODY, 0, colours.soft_ink),
        ]
        stack(pieces, words, up="middle")


class MineScreen(Screen):
    """Title and points, two tiles."""

    def __init__(self, theme: Theme, act: Callable[[Action], None]) -> None:
        super().__init__(theme, act)
        self._title = Text(theme, Size.TITLE, bold=True)
        self._message = Text(theme, Size.LEAD, colour=theme.palette.cinnabar)
        self._tiles = [ChoiceTileButton(theme, act) for _ in range(CHOICES_MAX)]
        self.add_widget(self._title)
        self.add_widget(self._message)

    def refill(self, body: MineView, box: Box) -> None:
        """Show what can be looked at."""
        theme = self.theme
        high = theme.first_line(Size.TITLE) + theme.first_line(Size.LEAD) + theme.mm(2)
        head, rest = box.cut_top(high, theme.mm(3.4))
        pieces = [
            Piece(self._title, body.title, Size.TITLE, theme.mm(1)),
            Piece(self._message, body.message, Size.LEAD),
        ]
        stack(pieces, head)
        for at, (tile, place) in enumerate(zip(self._tiles, rest.columns(CHOICES_MAX, theme.mm(5)), strict=True)):
            if self.show(tile, wanted=at < len(body.choices)):
                tile.offer_tile(body.choices[at], place)
