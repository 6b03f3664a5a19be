"""How many pieces: a large minus, how many and what they cost, a large plus."""

from __future__ import annotations

from collections.abc import Callable

from kivy.uix.widget import Widget

from kiosk.actions import Action
from kiosk.screens.box import Box
from kiosk.screens.button import WordButton
from kiosk.screens.card import Card
from kiosk.screens.screen import Piece, stack
from kiosk.screens.text import Text
from kiosk.theme import Size, Theme
from kiosk.views import Stepper as StepperView


class Stepper(Widget):
    """Minus and plus are squares as high as the row; between them stand two lines."""

    def __init__(self, theme: Theme, act: Callable[[Action], None]) -> None:
        super().__init__(size_hint=(None, None))
        self.theme = theme
        self._card = Card(theme)
        self._fewer, self._more = (WordButton(theme, act, size=Size.NUMBER) for _ in range(2))
        self._count = Text(theme, bold=True, across="center")
        self._note = Text(theme, across="center", colour=theme.palette.soft_ink)
        for part in (self._card, self._fewer, self._more, self._count, self._note):
            self.add_widget(part)

    def put(self, view: StepperView, box: Box) -> None:
        """Fill ``box``."""
        theme = self.theme
        self.pos, self.size = (box.x, box.y), (box.width, box.height)
        fewer, rest = box.cut_left(box.height, theme.gap)
        more, words = rest.cut_right(box.height, theme.gap)
        self._fewer.offer(view.fewer, fewer)
        self._more.offer(view.more, more)
        self._card.put(words)
        pieces = [Piece(self._count, view.count, Size.BODY), Piece(self._note, view.note, Size.BODY)]
        stack(pieces, words, up="middle")
