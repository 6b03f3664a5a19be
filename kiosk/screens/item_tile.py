"""One item in a page of six: name, picture, points, and a note if something stands in the way."""

from __future__ import annotations

from collections.abc import Callable

from kivy.uix.widget import Widget

from kiosk.actions import Action
from kiosk.screens.box import Box
from kiosk.screens.card import Card, draw_card
from kiosk.screens.picture import Picture
from kiosk.screens.pressable import Pressable
from kiosk.screens.text import Text
from kiosk.theme import Size, Theme
from kiosk.views import Button, ItemTile, Tone


class ItemTileButton(Pressable):
    """A tile that cannot be had is pale and says why; it can still be pressed to read more."""

    def __init__(self, theme: Theme, act: Callable[[Action], None]) -> None:
        super().__init__(theme, act)
        self._ground = Widget(size_hint=(None, None))
        self._name = Text(theme, bold=True, up="top")
        self._picture = Picture(theme)
        self._price = Text(theme, bold=True, across="center")
        self._band = Card(theme, radius_mm=1.4)
        self._note = Text(theme, Size.SNUG, across="center")
        self._tile: ItemTile | None = None
        for part in (self._ground, self._name, self._picture, self._price, self._band, self._note):
            self.add_widget(part)

    def offer_tile(self, tile: ItemTile, box: Box) -> None:
        """Stand for ``tile`` at ``box``."""
        self._tile = tile
        self.offer(Button(tile.name, tile.action), box)

    def forget(self) -> None:
        """Stand for nothing."""
        super().forget()
        self._tile = None

    def draw(self) -> None:
        """Draw the tile from the top down: name, picture beside points, note."""
        tile, theme = self._tile, self.theme
        if tile is None:
            return
        face = self.theme.palette.buttons[Tone.PLAIN] if tile.affordable else self.theme.palette.disabled
        ground = self.theme.palette.buttons[Tone.PLAIN].pressed if self.pressed else face.ground
        self._ground.canvas.clear()
        with self._ground.canvas:
            lift = tile.affordable and not self.pressed
            draw_card(theme, self.box, ground=ground, edge=face.edge, lift=lift, pressed=self.pressed)
        inner = self.box.inset(theme.mm(1.6), theme.mm(1.2))
        note, inner = self._note_and_rest(tile, inner)
        two = theme.lines(Size.BODY, 2)
        left = inner.height - theme.first_line(Size.SNUG) - theme.mm(0.8)  # the price never loses its line
        high = min(self._name.needs(tile.name, inner.width).height, two, left)
        name, rest = inner.cut_top(high, theme.mm(0.8))
        colours = theme.palette
        self._name.put(tile.name, name, colours.ink if tile.affordable else colours.soft_ink)
        self._show_price(tile, rest)
        self._show_note(tile, note)

    def _note_and_rest(self, tile: ItemTile, inner: Box) -> tuple[Box, Box]:
        if not tile.note:
            return Box(inner.x, inner.y, 0, 0), inner
        return inner.cut_bottom(self.theme.first_line(Size.SNUG) + self.theme.mm(0.2), self.theme.mm(0.6))

    def _show_price(self, tile: ItemTile, rest: Box) -> None:
        theme = self.theme
        wide = self._price.width_of(tile.price)
        side = min(rest.height, rest.width - wide - theme.mm(1.5))
        picture, price = rest.cut_left(side, theme.mm(1))
        self._picture.put(tile.picture, picture.middle(side, min(side, rest.height)))
        colours = theme.palette
        self._price.put(tile.price, price, colours.cinnabar if tile.affordable else colours.soft_ink)

    def _show_note(self, tile: ItemTile, place: Box) -> None:
        face = self.theme.palette.bands[Tone.GOOD if tile.affordable else Tone.WARNING]
        for part in (self._band, self._note):
            if tile.note and part.parent is None:
                self.add_widget(part)
            elif not tile.note:
                self.remove_widget(part)
        if tile.note:
            self._band.put(place, face.ground, face.ground)
            self._note.put(tile.note, place, face.words)
