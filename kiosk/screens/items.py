"""One page of a class: six tiles, and beside them where we are and how to turn the page."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.actions import Action
from kiosk.screens.box import Box
from kiosk.screens.button import WordButton
from kiosk.screens.item_tile import ItemTileButton
from kiosk.screens.screen import Piece, Screen, stack
from kiosk.screens.text import Text
from kiosk.theme import Size, Theme
from kiosk.views import ItemsView

COLUMNS, ROWS = 3, 2


class ItemsScreen(Screen):
    """Three columns, two rows, never scrolled."""

    def __init__(self, theme: Theme, act: Callable[[Action], None]) -> None:
        super().__init__(theme, act)
        self._title = Text(theme, Size.TITLE, bold=True, across="center")
        self._page = Text(theme, across="center", colour=theme.palette.soft_ink)
        self._groups, self._previous, self._next = (WordButton(theme, act) for _ in range(3))
        self._tiles = [ItemTileButton(theme, act) for _ in range(COLUMNS * ROWS)]
        self.add_widget(self._title)
        self.add_widget(self._page)

    def refill(self, body: ItemsView, box: Box) -> None:
        """Show this page."""
        theme = self.theme
        side, grid = box.cut_right(theme.mm(35), theme.mm(4))
        places = [cell for row in grid.rows(ROWS, theme.gap) for cell in row.columns(COLUMNS, theme.gap)]
        for at, (tile, place) in enumerate(zip(self._tiles, places, strict=True)):
            if self.show(tile, wanted=at < len(body.tiles)):
                tile.offer_tile(body.tiles[at], place)
        self._show_side(body, side)

    def _show_side(self, body: ItemsView, side: Box) -> None:
        theme = self.theme
        high = theme.mm(20)
        below, rest = side.cut_bottom(high, theme.gap)
        above, rest = rest.cut_bottom(high, theme.gap)
        for widget, button, place in ((self._previous, body.previous, above), (self._next, body.next, below)):
            if self.show(widget, wanted=button is not None) and button is not None:
                widget.offer(button, place)
        self.show(self._page, wanted=bool(body.page))
        if self.show(self._groups, wanted=body.groups is not None) and body.groups is not None:
            place, rest = rest.cut_bottom(high, theme.gap)
            self._groups.offer(body.groups, place)
        pieces = [
            Piece(self._title, body.title, Size.TITLE, theme.mm(1)),
            Piece(self._page, body.page, Size.BODY),
        ]
        stack(pieces, rest)
