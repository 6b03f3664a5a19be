"""Points come from elsewhere: what is happening, a bar that fills up second by second, and a way out."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.actions import Action
from kiosk.screens.bar import Bar
from kiosk.screens.box import Box
from kiosk.screens.button import WordButton
from kiosk.screens.card import Card
from kiosk.screens.screen import Piece, Screen, stack
from kiosk.screens.signs import Sign
from kiosk.screens.text import Text
from kiosk.theme import Size, Theme
from kiosk.views import FetchingView

SIGN_MM, BAR_MM = 20.0, 7.0


class FetchingScreen(Screen):
    """The way out stands where the confirmation has its own, so that a late finger spends nothing."""

    def __init__(self, theme: Theme, act: Callable[[Action], None]) -> None:
        super().__init__(theme, act)
        self._card = Card(theme, lift=True)
        self._sign = Sign(theme)
        self._title = Text(theme, Size.TITLE, bold=True, colour=theme.palette.cinnabar)
        self._message = Text(theme, Size.LEAD)
        self._bar = Bar(theme)
        self._left = Text(theme, across="center", colour=theme.palette.soft_ink)
        self._cancel = WordButton(theme, act, size=Size.LEAD, bold=False)
        for part in (self._card, self._sign, self._title, self._message, self._bar, self._left, self._cancel):
            self.add_widget(part)

    def refill(self, body: FetchingView, box: Box) -> None:
        """Show how long it may still take."""
        theme = self.theme
        foot, page = box.cut_bottom(theme.mm(21), theme.mm(3.6))
        cancel, _ = foot.cut_right(theme.mm(72))
        self._cancel.offer(body.cancel, cancel)
        self._card.put(page)
        inner = page.inset(theme.mm(7), theme.mm(4))
        left, rest = inner.cut_bottom(theme.first_line(Size.BODY))
        bar, words = rest.cut_bottom(theme.mm(BAR_MM), theme.mm(3))
        self._left.put(body.left, left)
        self._bar.put(body.seconds - body.seconds_left, body.seconds, bar.inset(0, theme.mm(1)))
        mark, right = words.cut_left(theme.mm(SIGN_MM), theme.mm(6))
        self._sign.put("hourglass", mark.square(), theme.palette.gold, theme.palette.card)
        pieces = [
            Piece(self._title, body.title, Size.TITLE, theme.mm(2)),
            Piece(self._message, body.message, Size.LEAD),
        ]
        stack(pieces, right, up="middle")
