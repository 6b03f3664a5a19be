"""A keypad for a telephone number: what is asked on the left, ten large keys on the right."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.actions import Action
from kiosk.screens.box import Box
from kiosk.screens.button import WordButton
from kiosk.screens.card import Card
from kiosk.screens.screen import Piece, Screen, stack
from kiosk.screens.text import Text
from kiosk.theme import Size, Theme
from kiosk.views import PhoneView

KEY_MM = (24.0, 19.0)  # as wide and high as there is room for, at most
ROWS, COLUMNS = 4, 3


class PhoneScreen(Screen):
    """The keys as on a telephone; the last row takes a digit back, and sends."""

    def __init__(self, theme: Theme, act: Callable[[Action], None]) -> None:
        super().__init__(theme, act)
        self._card = Card(theme)
        self._title = Text(theme, Size.TITLE, bold=True, colour=theme.palette.cinnabar)
        self._message = Text(theme)
        self._number = Text(theme, Size.TITLE, bold=True, across="center")
        self._hint = Text(theme, across="center", colour=theme.palette.soft_ink)
        self._field = Card(theme)
        self._keys = [WordButton(theme, act, size=Size.TITLE) for _ in range(10)]
        self._erase = WordButton(theme, act, bold=False)
        self._send = WordButton(theme, act, size=Size.LEAD)
        words = (self._card, self._field, self._title, self._message, self._number, self._hint)
        for part in (*words, *self._keys, self._erase, self._send):
            self.add_widget(part)

    def refill(self, body: PhoneView, box: Box) -> None:
        """Show what was typed so far."""
        theme, gap = self.theme, self.theme.gap
        high = min(theme.mm(KEY_MM[1]), (box.height - (ROWS - 1) * gap) // ROWS)
        wide = theme.mm(KEY_MM[0])
        pad, left = box.cut_right(COLUMNS * wide + (COLUMNS - 1) * gap, theme.mm(6))
        rows = pad.middle(pad.width, ROWS * high + (ROWS - 1) * gap).rows(ROWS, gap)
        places = [place for row in rows for place in row.columns(COLUMNS, gap)]
        for key, button, place in zip(self._keys, body.digits, (*places[:9], places[10]), strict=True):
            key.offer(button, place)
        self._erase.offer(body.erase, places[11])
        self._show_words(body, left)

    def _show_words(self, body: PhoneView, box: Box) -> None:
        theme = self.theme
        foot, page = box.cut_bottom(theme.mm(21), theme.mm(3.6))
        self._send.offer(body.send, foot)
        self._card.put(page)
        inner = page.inset(theme.mm(4), theme.mm(3))
        hint, rest = inner.cut_bottom(theme.first_line(Size.BODY))
        field, words = rest.cut_bottom(theme.first_line(Size.TITLE) + theme.mm(3), theme.mm(1.5))
        self._field.put(field.inset(0, 0), theme.palette.paper, theme.palette.gold)
        self._number.put(body.number, field.inset(theme.mm(2), theme.mm(1)))
        self._hint.put(body.hint, hint)
        pieces = [
            Piece(self._title, body.title, Size.TITLE, theme.mm(2)),
            Piece(self._message, body.message, Size.BODY),
        ]
        stack(pieces, words, up="middle")
