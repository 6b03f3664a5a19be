"""The end of a redemption: a ticket with its number, readable even when the paper jammed."""

from __future__ import annotations

from collections.abc import Callable

from kivy.graphics import Color, Rectangle, SmoothEllipse
from kivy.uix.widget import Widget

from kiosk.actions import Action
from kiosk.palette import rgba
from kiosk.screens.band import Band
from kiosk.screens.box import Box
from kiosk.screens.button import WordButton
from kiosk.screens.card import draw_card
from kiosk.screens.facts import Facts
from kiosk.screens.screen import Piece, Screen, stack
from kiosk.screens.signs import Sign, put_tone
from kiosk.screens.text import Text
from kiosk.theme import Size, Theme
from kiosk.views import DoneView


class DoneScreen(Screen):
    """Sign and title, the ticket, what to do now, and two ways on."""

    def __init__(self, theme: Theme, act: Callable[[Action], None]) -> None:
        super().__init__(theme, act)
        self._sign = Sign(theme)
        large = theme.look.large  # the number keeps the height that it has in standard type: there is not room for more
        self._title = Text(theme, Size.LEAD if large else Size.TITLE, bold=True)
        self._ticket = Widget(size_hint=(None, None))
        self._label = Text(theme, Size.SNUG, colour=theme.palette.soft_ink)
        self._number = Text(theme, Size.TITLE if large else Size.NUMBER, bold=True, colour=theme.palette.cinnabar)
        self._name = Text(theme, Size.LEAD, bold=True)
        self._facts = Facts(theme)
        self._band = Band(theme, Size.SNUG)
        self._finish = WordButton(theme, act, size=Size.LEAD)
        self._again = WordButton(theme, act, size=Size.LEAD, bold=False)
        for part in (
            self._sign,
            self._title,
            self._ticket,
            self._label,
            self._number,
            self._name,
            self._facts,
            self._band,
            self._finish,
            self._again,
        ):
            self.add_widget(part)

    def refill(self, body: DoneView, box: Box) -> None:
        """Show how it ended."""
        theme = self.theme
        foot, rest = box.cut_bottom(theme.mm(20), theme.mm(2))
        # A tap too many on confirm, on the left, must not take the number away.
        again, finish = foot.columns(2, theme.mm(8))
        if self.show(self._again, wanted=body.again is not None) and body.again is not None:
            self._again.offer(body.again, again)
        self._finish.offer(body.finish, foot if body.again is None else finish)
        title, rest = rest.cut_top(theme.first_line(self._title.wanted), theme.mm(0.6))
        mark, words = title.cut_left(title.height, theme.mm(3))
        put_tone(self._sign, body.tone, mark.inset(theme.mm(0.6)))
        self._title.put(body.title, words, self.theme.palette.bands[body.tone].words)
        high = self._band.height_for(body.message, rest.width)
        band, ticket = rest.cut_bottom(high, theme.mm(1.6))
        self._band.put(body.message, body.tone, band)
        self._show_ticket(body, ticket)

    def _show_ticket(self, body: DoneView, box: Box) -> None:
        theme, pad = self.theme, self.theme.mm(4)
        inner = box.inset(pad, theme.mm(0.8))
        least = self._facts.height_for(body.rows, inner.width)
        beside = self._label.width_of(body.number_label) + theme.mm(3)
        size = self._number.wanted
        for size in (self._number.wanted, Size.TITLE, Size.LEAD):  # a long name takes room from the number
            wide = min(self._number.width_of(body.number, size), (inner.width - beside) * 7 // 10)
            left = inner.width - beside - wide - theme.mm(6)
            high = self._name.needs(body.name, left, Size.SNUG).height
            upper = max(theme.first_line(size), high)
            if upper + least <= inner.height:
                break
        spare = max(0, inner.height - upper - least) // 3
        # The facts never lose all their room, however long the name is.
        upper = min(upper, inner.height - min(least, self.theme.lines(Size.NOTE, 2)))
        above, below = inner.cut_top(upper + spare + spare // 2)
        self._draw_ticket(box, above.y)
        label, rest = above.cut_left(beside - theme.mm(3), theme.mm(3))
        self._label.put(body.number_label, label)
        number, name = rest.cut_left(wide, theme.mm(6))
        self._number.put(body.number, number, size=size)
        stack([Piece(self._name, body.name, Size.LEAD)], name, up="middle")
        self._facts.put(body.rows, below)

    def _draw_ticket(self, box: Box, tear: int) -> None:
        theme, notch, dash = self.theme, self.theme.mm(2.6), self.theme.mm(1.2)
        self._ticket.canvas.clear()
        with self._ticket.canvas:
            draw_card(theme, box, ground=theme.palette.card, edge=theme.palette.gold, lift=True)
            Color(*rgba(theme.palette.gold))
            for left in range(box.x + 2 * notch, box.right - 2 * notch, theme.mm(2.4)):
                Rectangle(pos=(left, tear - 1), size=(dash, 2))
            for middle in (box.x, box.right):
                SmoothEllipse(pos=(middle - notch, tear - notch), size=(2 * notch, 2 * notch))
            Color(*rgba(theme.palette.paper))
            inner = notch - max(2, theme.mm(0.3))
            for middle in (box.x, box.right):
                SmoothEllipse(pos=(middle - inner, tear - inner), size=(2 * inner, 2 * inner))
                edge = box.x - notch if middle == box.x else box.right
                Rectangle(pos=(edge, tear - notch), size=(notch, 2 * notch))
