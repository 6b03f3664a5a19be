"""Something is under way: what it is, and how far. Nothing moves; the steps do."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.actions import Action
from kiosk.screens.box import Box
from kiosk.screens.card import Card
from kiosk.screens.screen import Piece, Screen, stack
from kiosk.screens.signs import Sign
from kiosk.screens.steps import Steps
from kiosk.screens.text import Text
from kiosk.theme import Size, Theme
from kiosk.views import BusyView


class BusyScreen(Screen):
    """Title and message, and below them the steps."""

    def __init__(self, theme: Theme, act: Callable[[Action], None]) -> None:
        super().__init__(theme, act)
        self._card = Card(theme, lift=True)
        self._title = Text(theme, Size.TITLE, bold=True, across="center", colour=theme.palette.cinnabar)
        self._message = Text(theme, Size.LEAD, across="center")
        self._steps = Steps(theme)
        self._sign = Sign(theme)
        for part in (self._card, self._title, self._message):
            self.add_widget(part)

    def refill(self, body: BusyView, box: Box) -> None:
        """Show how far it is."""
        theme = self.theme
        card = box.inset(theme.mm(14), theme.mm(3))
        self._card.put(card)
        inner = card.inset(theme.mm(8), theme.mm(3 if body.steps else 16))
        row = theme.first_line(Size.BODY) + theme.mm(4)
        foot, words = inner.cut_bottom(row * len(body.steps), theme.mm(4)) if body.steps else (inner, inner)
        if self.show(self._sign, wanted=not body.steps):
            mark, words = words.cut_top(theme.mm(22), theme.mm(3))
            self._sign.put("hourglass", mark, theme.palette.gold, theme.palette.card)
        pieces = [
            Piece(self._title, body.title, Size.TITLE, theme.mm(2.4)),
            Piece(self._message, body.message, Size.LEAD),
        ]
        stack(pieces, words, up="middle" if body.steps else "top")
        if self.show(self._steps, wanted=bool(body.steps)):
            widest = max(self._message.width_of(step, Size.BODY) for step in body.steps)
            wide = widest + theme.first_line(Size.BODY) + theme.mm(8)
            self._steps.put(body.steps, foot.middle(wide, foot.height), body.step)
