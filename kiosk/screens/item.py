"""One item: picture, points, facts, and the button to redeem it."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.actions import Action
from kiosk.screens.band import Band
from kiosk.screens.box import Box
from kiosk.screens.button import WordButton
from kiosk.screens.card import Card
from kiosk.screens.picture import Picture
from kiosk.screens.rows import Rows
from kiosk.screens.screen import Piece, Screen, stack
from kiosk.screens.stepper import Stepper
from kiosk.screens.text import Text
from kiosk.theme import Size, Theme
from kiosk.views import ItemView


class ItemScreen(Screen):
    """Picture and points on the left, words on the right, the button below right."""

    def __init__(self, theme: Theme, act: Callable[[Action], None]) -> None:
        super().__init__(theme, act)
        self._card = Card(theme, lift=True)
        self._picture = Picture(theme)
        self._price = Text(theme, Size.NUMBER, bold=True, across="center", colour=theme.palette.cinnabar)
        self._name = Text(theme, Size.TITLE, bold=True)
        self._description = Text(theme, colour=theme.palette.soft_ink)
        self._facts = Rows(theme, across="left", size=Size.SNUG)
        self._band = Band(theme)
        self._stock = Text(theme, across="center", colour=theme.palette.soft_ink)
        self._stepper = Stepper(theme, act)
        self._redeem = WordButton(theme, act, size=Size.TITLE)
        for part in (self._card, self._picture, self._price, self._name, self._description, self._facts, self._redeem):
            self.add_widget(part)

    def refill(self, body: ItemView, box: Box) -> None:
        """Show this item; a reason stands beside the button that it holds back."""
        theme = self.theme
        foot, page = box.cut_bottom(theme.mm(21.6 if body.stepper else 20), theme.mm(3.4))
        button, rest = foot.cut_right(theme.mm(64 if body.stepper else 72), theme.gap)
        self._redeem.offer(body.redeem, button)
        if self.show(self._stepper, wanted=body.stepper is not None) and body.stepper is not None:
            self._stepper.put(body.stepper, rest)
        if self.show(self._band, wanted=bool(body.reason)):
            self._band.put(body.reason, body.reason_tone, rest)
        self._card.put(page)
        left, right = page.inset(theme.mm(3.4), theme.mm(1.6)).cut_left(
            max(theme.mm(52), page.width * 27 // 100), theme.mm(4)
        )
        self._show_words(body, right)
        if self.show(self._stock, wanted=bool(body.stock)):
            stock, left = left.cut_bottom(theme.first_line(Size.BODY), 0)
            self._stock.put(body.stock, stock)
        price, picture = left.cut_bottom(theme.first_line(Size.NUMBER), theme.mm(0.6))
        self._price.put(body.price, price)
        side = min(picture.width, picture.height)
        self._picture.put(body.picture, picture.middle(side, side))

    def _show_words(self, body: ItemView, right: Box) -> None:
        theme = self.theme
        least = self._facts.height_for(body.facts, right.width)
        _, words = right.cut_bottom(least, theme.mm(1.2))
        pieces = [
            Piece(self._name, body.name, Size.TITLE, theme.mm(1)),
            Piece(self._description, body.description, Size.BODY),
        ]
        used = stack(pieces, words)
        _, facts = right.cut_top(used, theme.mm(1.2))
        self._facts.put(body.facts, facts)
