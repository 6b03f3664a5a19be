"""One message with a drawn sign, and at most two answers."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.actions import Action
from kiosk.screens.box import Box
from kiosk.screens.button import WordButton
from kiosk.screens.card import Card
from kiosk.screens.screen import Piece, Screen, stack
from kiosk.screens.signs import Sign, put_tone
from kiosk.screens.text import Text
from kiosk.theme import Size, Theme
from kiosk.views import MessageView

BUTTONS_MAX = 2


class MessageScreen(Screen):
    """Sign on the left, words on the right, answers below."""

    def __init__(self, theme: Theme, act: Callable[[Action], None]) -> None:
        super().__init__(theme, act)
        self._card = Card(theme)
        self._sign = Sign(theme)
        self._title = Text(theme, Size.TITLE, bold=True)
        self._message = Text(theme, Size.LEAD)
        self._code = Text(theme, Size.NOTE, colour=theme.palette.ink, up="bottom")
        self._buttons = [WordButton(theme, act, size=Size.LEAD) for _ in range(BUTTONS_MAX)]
        for part in (self._card, self._sign, self._title, self._message, self._code):
            self.add_widget(part)

    def refill(self, body: MessageView, box: Box) -> None:
        """Show this message."""
        theme, face = self.theme, self.theme.palette.bands[body.tone]
        foot, page = box.cut_bottom(theme.mm(21), theme.mm(3.6)) if body.buttons else (box, box)
        places = foot.columns(max(1, len(body.buttons)), theme.mm(8))
        for at, widget in enumerate(self._buttons):
            if self.show(widget, wanted=at < len(body.buttons)):
                widget.offer(body.buttons[at], places[at])
        self._card.put(page, face.ground, face.edge)
        inner = page.inset(theme.mm(7), theme.mm(4))
        code, inner = inner.cut_bottom(theme.first_line(Size.NOTE) if body.code else 0, theme.mm(1))
        side = theme.mm(24 if theme.look.large else 34)
        left, right = inner.cut_left(side, theme.mm(8))
        put_tone(self._sign, body.tone, left.middle(side, side))
        pieces = [
            Piece(self._title, body.title, Size.TITLE, theme.mm(2.4), face.words),
            Piece(self._message, body.message, Size.LEAD),
        ]
        stack(pieces, right, up="middle")
        if self.show(self._code, wanted=bool(body.code)):
            self._code.put(body.code, code)
