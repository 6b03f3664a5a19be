"""One voucher, large: its state, its number, where and until when, and the wish for another paper."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.actions import Action
from kiosk.screens.band import Band
from kiosk.screens.box import Box
from kiosk.screens.button import WordButton
from kiosk.screens.card import Card
from kiosk.screens.facts import Facts
from kiosk.screens.screen import Piece, Screen, stack
from kiosk.screens.signs import Sign
from kiosk.screens.text import Text
from kiosk.theme import Size, Theme
from kiosk.views import VoucherView


class VoucherScreen(Screen):
    """Sign and state, the card with its number, what to do, and the ways on."""

    def __init__(self, theme: Theme, act: Callable[[Action], None]) -> None:
        super().__init__(theme, act)
        self._sign, self._title = Sign(theme), Text(theme, Size.LEAD if theme.look.large else Size.TITLE, bold=True)
        self._card = Card(theme, edge=theme.palette.gold, lift=True)
        self._label = Text(theme, Size.SNUG, colour=theme.palette.soft_ink)
        self._number = Text(theme, Size.NUMBER, bold=True, colour=theme.palette.cinnabar)
        self._name = Text(theme, Size.LEAD, bold=True)
        self._facts = Facts(theme)
        self._band = Band(theme, Size.SNUG)
        self._again = WordButton(theme, act, size=Size.LEAD, bold=False)
        self._close = WordButton(theme, act, size=Size.LEAD)
        for part in (self._sign, self._title, self._card, self._label, self._number, self._name, self._facts):
            self.add_widget(part)
        self.add_widget(self._band)
        self.add_widget(self._close)

    def refill(self, body: VoucherView, box: Box) -> None:
        """Show this voucher."""
        theme, face = self.theme, self.theme.palette.bands[body.tone]
        foot, rest = box.cut_bottom(theme.mm(20), theme.mm(2))
        self._show_buttons(body, foot)
        title, rest = rest.cut_top(theme.first_line(self._title.wanted), theme.mm(0.6))
        mark, words = title.cut_left(title.height, theme.mm(3))
        self._sign.put(body.sign, mark.inset(theme.mm(0.6)), face.edge, theme.palette.paper)
        self._title.put(body.title, words, face.words)
        high = self._band.height_for(body.message, rest.width)
        band, card = rest.cut_bottom(high, theme.mm(1.6))
        self._band.put(body.message, body.message_tone, band)
        self._show_card(body, card)

    def _show_buttons(self, body: VoucherView, foot: Box) -> None:
        close = foot
        if self.show(self._again, wanted=body.again is not None) and body.again is not None:
            again, close = foot.columns(2, self.theme.mm(8))
            self._again.offer(body.again, again)
        self._close.offer(body.close, close)

    def _show_card(self, body: VoucherView, box: Box) -> None:
        theme, called = self.theme, body.name.replace("\n", " ")  # lines are broken to the room that is here
        self._card.put(box)
        inner = box.inset(theme.mm(4), theme.mm(0.8))
        beside = self._label.width_of(body.number_label) + theme.mm(3)
        least = self._facts.height_for(body.rows, inner.width)
        size = self._number.wanted
        for size in (self._number.wanted, Size.TITLE, Size.LEAD):  # a long name takes room from the number
            wide = min(self._number.width_of(body.number, size), (inner.width - beside) * 7 // 10)
            left = inner.width - beside - wide - theme.mm(6)
            high = self._name.needs(called, left, Size.SNUG).height
            upper = max(theme.first_line(size), high)
            if upper + least <= inner.height:
                break
        upper = min(upper, max(0, inner.height - least))
        spare = max(0, inner.height - upper - least) // 3
        above, below = inner.cut_top(upper + spare, spare // 2)
        label, rest = above.cut_left(beside - theme.mm(3), theme.mm(3))
        self._label.put(body.number_label, label)
        number, name = rest.cut_left(wide, theme.mm(6))
        self._number.put(body.number, number, size=size)
        stack([Piece(self._name, called, Size.LEAD)], name, up="middle")
        self._facts.put(body.rows, below)
