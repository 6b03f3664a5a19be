"""The resident is recognised: name, points, and three ways on."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.actions import Action
from kiosk.screens.box import Box
from kiosk.screens.button import WordButton
from kiosk.screens.card import Card
from kiosk.screens.class_tile import ClassTileButton
from kiosk.screens.screen import Piece, Screen, stack
from kiosk.screens.text import Text
from kiosk.theme import Size, Theme
from kiosk.views import HomeView

TILES_MAX = 3


class HomeScreen(Screen):
    """Greeting and points above, three tiles below."""

    def __init__(self, theme: Theme, act: Callable[[Action], None]) -> None:
        super().__init__(theme, act)
        self._greeting = Text(theme, Size.TITLE, bold=True)
        self._question = Text(theme, Size.BODY, colour=theme.palette.soft_ink)
        self._card = Card(theme, ground=theme.palette.blush)
        self._label = Text(theme, colour=theme.palette.deep_cinnabar, across="center")
        words = theme.palette.deep_cinnabar  # cinnabar itself is 6.5:1 on blush: too pale
        self._points = Text(theme, Size.NUMBER, bold=True, colour=words, across="center")
        self._total = Text(theme, colour=words, across="center")
        self._mine = WordButton(theme, act)
        self._tiles = [ClassTileButton(theme, act) for _ in range(TILES_MAX)]
        for part in (self._greeting, self._question, self._card, self._label, self._points):
            self.add_widget(part)

    def refill(self, body: HomeView, box: Box) -> None:
        """Show who is here and what can be chosen."""
        theme = self.theme
        high = theme.first_line(Size.NUMBER) + theme.mm(5)
        head, rest = box.cut_top(high, theme.mm(3.4))
        self._show_points(body, head)
        for at, tile in enumerate(self._tiles):
            if self.show(tile, wanted=at < len(body.tiles)):
                tile.offer_tile(body.tiles[at], rest.columns(TILES_MAX, theme.mm(4))[at])

    def _show_points(self, body: HomeView, head: Box) -> None:
        theme = self.theme
        pad = theme.mm(3)
        if self.show(self._mine, wanted=body.mine is not None) and body.mine is not None:
            wide = max(self._mine.natural_width(line) for line in body.mine.label.split("\n"))
            place, head = head.cut_right(max(wide, theme.mm(25)), theme.mm(3))
            self._mine.offer(body.mine, place)
        size = Size.TITLE if body.total else Size.NUMBER
        label, points = self._label.width_of(body.points_label), self._points.width_of(body.points, size)
        total = self._total.width_of(body.total)
        card, words = head.cut_right(max(label + points + pad, total) + 2 * pad, theme.mm(3))
        self._card.put(card)
        inner = card.inset(pad, 0)
        if self.show(self._total, wanted=bool(body.total)):
            under, inner = inner.cut_bottom(theme.first_line(Size.BODY))
            self._total.put(body.total, under)
        left, right = inner.cut_left(label, pad)
        self._label.put(body.points_label, left)
        self._points.put(body.points, right, size=size)
        pieces = [
            Piece(self._greeting, body.greeting, Size.TITLE, theme.mm(0.4)),
            Piece(self._question, body.question, Size.BODY),
        ]
        stack(pieces, words, up="middle")
