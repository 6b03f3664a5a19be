"""Are you still there? Laid over everything when nobody touched the screen for a while."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kivy.uix.widget import Widget

from kiosk.actions import Action
from kiosk.screens.box import Box
from kiosk.screens.button import WordButton
from kiosk.screens.card import Card, Veil
from kiosk.screens.screen import Piece, stack
from kiosk.screens.text import Text
from kiosk.theme import Size, Theme
from kiosk.views import StillThere


class StillThereOverlay(Widget):
    """A veil, a card, a count and one big button. Nothing below it can be pressed."""

    def __init__(self, theme: Theme, act: Callable[[Action], None]) -> None:
        super().__init__(size_hint=(None, None))
        self.theme = theme
        self.size = (theme.panel.width_px, theme.panel.height_px)
        self._card = Card(theme, lift=True)
        self._title = Text(theme, Size.TITLE, bold=True, across="center")
        self._count = Text(theme, Size.NUMBER, bold=True, across="center", colour=theme.palette.cinnabar)
        self._message = Text(theme, across="center", colour=theme.palette.soft_ink)
        self._more = WordButton(theme, act, size=Size.TITLE)
        self._finish = WordButton(theme, act, bold=False)
        for part in (Veil(theme), self._card, self._title, self._count, self._message, self._more, self._finish):
            self.add_widget(part)

    def refill(self, view: StillThere) -> None:
        """Show the question and how many seconds are left."""
        panel, theme = self.theme.panel, self.theme
        card = Box(0, 0, panel.width_px, panel.height_px).middle(theme.mm(170), theme.mm(112))
        self._card.put(card)
        inner = card.inset(theme.mm(8), theme.mm(6))
        buttons, words = inner.cut_bottom(theme.mm(26), theme.mm(4))
        least = self._finish.natural_width(view.finish.label) + theme.mm(6)
        finish, more = buttons.cut_right(max(least, theme.mm(32)), theme.mm(6))
        self._more.offer(view.more, more)
        self._finish.offer(view.finish, finish)
        pieces = [
            Piece(self._title, view.title, Size.TITLE, theme.mm(1)),
            Piece(self._count, str(view.seconds_left), Size.NUMBER, theme.mm(1)),
            Piece(self._message, view.message, Size.BODY),
        ]
        stack(pieces, words, up="middle")

    def on_touch_down(self, touch: Any) -> bool:
        """Take every touch: what lies under the veil is out of reach."""
        super().on_touch_down(touch)
        return True
