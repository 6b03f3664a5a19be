"""A page of a resident's vouchers: three rows, each with its state by a sign and a word."""

from __future__ import annotations

from collections.abc import Callable

from kivy.uix.widget import Widget

from kiosk.actions import Action
from kiosk.screens.box import Box
from kiosk.screens.card import Card, draw_card
from kiosk.screens.pages import Pages
from kiosk.screens.pressable import Pressable
from kiosk.screens.screen import Piece, Screen, stack
from kiosk.screens.signs import Sign
from kiosk.screens.text import Text
from kiosk.theme import Size, Theme
from kiosk.views import Button, Tone, VoucherRow, VouchersView

ROWS = 3
SIGN_MM, PAD_MM = 9.0, 2.0


class VoucherRowButton(Pressable):
    """What it is for, its number and place; at the right how it stands and until when."""

    def __init__(self, theme: Theme, act: Callable[[Action], None]) -> None:
        super().__init__(theme, act)
        self._ground, self._sign = Widget(size_hint=(None, None)), Sign(theme)
        self._name = Text(theme, bold=True)
        self._where = Text(theme, colour=theme.palette.soft_ink)
        self._band = Card(theme)
        self._state = Text(theme, Size.SNUG, bold=True)
        self._when = Text(theme, Size.SNUG)
        self._row: VoucherRow | None = None
        self._wide = 0
        for part in (self._ground, self._name, self._where, self._band, self._sign, self._state, self._when):
            self.add_widget(part)

    def width_for(self, row: VoucherRow) -> int:
        """Pixels that the state needs."""
        words = max(self._state.width_of(row.state), self._when.width_of(row.when))
        return self.theme.mm(SIGN_MM) + 3 * self.theme.mm(PAD_MM) + words

    def offer_row(self, row: VoucherRow, box: Box, wide: int) -> None:
        """Stand for ``row`` at ``box``; ``wide``: the column of states, shared by the page."""
        self._row, self._wide = row, wide
        self.offer(Button(row.name, row.action), box)

    def forget(self) -> None:
        """Stand for nothing."""
        super().forget()
        self._row = None

    def draw(self) -> None:
        """Draw ground, words, and the state on a band of its tone."""
        row, theme = self._row, self.theme
        if row is None:
            return
        face, band = self.theme.palette.buttons[Tone.PLAIN], self.theme.palette.bands[row.tone]
        self._ground.canvas.clear()
        with self._ground.canvas:
            ground = face.pressed if self.pressed else face.ground
            draw_card(theme, self.box, ground=ground, edge=face.edge, lift=not self.pressed)
        side, pad = theme.mm(SIGN_MM), theme.mm(PAD_MM)
        inner = self.box.inset(theme.mm(3), theme.mm(1.2))
        state, words = inner.cut_right(min(self._wide, inner.width * 4 // 10), theme.mm(3))
        self._band.put(state, band.ground, band.ground)
        mark, said = state.inset(pad, 0).cut_left(side, pad)
        self._sign.put(row.sign, mark.middle(side, side), band.edge, band.ground)
        self._when.put("", said)
        pieces = [
            Piece(self._state, row.state, Size.SNUG, 0, band.words),
            Piece(self._when, row.when, Size.SNUG, 0, band.words),
        ]
        stack(pieces, said, up="middle")
        pieces = [
            Piece(self._name, row.name.replace("\n", " "), Size.BODY),
            Piece(self._where, f"{row.number}  {row.place}", Size.BODY),
        ]
        stack(pieces, words, up="middle")


class VouchersScreen(Screen):
    """Title and pages above, the rows below; a sentence where there are none."""

    def __init__(self, theme: Theme, act: Callable[[Action], None]) -> None:
        super().__init__(theme, act)
        self._title = Text(theme, Size.TITLE, bold=True)
        self._message = Text(theme, Size.LEAD, across="center")
        self._pages = Pages(theme, act, self)
        self._rows = [VoucherRowButton(theme, act) for _ in range(ROWS)]
        self.add_widget(self._title)

    def refill(self, body: VouchersView, box: Box) -> None:
        """Show this page."""
        theme = self.theme
        head, rest = box.cut_top(theme.target, theme.gap)
        self._title.put(body.title, self._pages.beside(body.page, body.previous, body.next, head))
        wide = max((self._rows[0].width_for(one) for one in body.vouchers), default=0)
        for at, (row, place) in enumerate(zip(self._rows, rest.rows(ROWS, theme.gap), strict=True)):
            if self.show(row, wanted=at < len(body.vouchers)):
                row.offer_row(body.vouchers[at], place, wide)
        if self.show(self._message, wanted=bool(body.message)):
            self._message.put(body.message, rest.inset(theme.mm(10), 0))
