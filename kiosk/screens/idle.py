"""Nobody is here: how to begin, and what can be had."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.actions import Action
from kiosk.screens.band import Band
from kiosk.screens.box import Box
from kiosk.screens.card import Card
from kiosk.screens.card_reader import CardReaderDrawing
from kiosk.screens.screen import Piece, Screen, stack
from kiosk.screens.signs import Sign
from kiosk.screens.steps import Steps
from kiosk.screens.text import Text
from kiosk.theme import Size, Theme
from kiosk.views import IdleView

KINDS = ("goods", "service", "repair")
SIGN_MM, BESIDE_MM, BETWEEN_MM = 13.0, 2.4, 5.0
LINES_MAX = 3


class IdleScreen(Screen):
    """The card before the scanner on the left, three steps on the right, the offers below."""

    def __init__(self, theme: Theme, act: Callable[[Action], None]) -> None:
        super().__init__(theme, act)
        self._title = Text(theme, Size.TITLE, bold=True, across="center")
        self._card = Card(theme, lift=True)
        self._drawing = CardReaderDrawing(theme)
        self._invitation = Text(theme, Size.LEAD, bold=True, colour=theme.palette.cinnabar)
        self._steps = Steps(theme)
        self._band = Band(theme)
        self._signs = [Sign(theme) for _ in KINDS]
        self._offers = [Text(theme) for _ in KINDS]
        for part in (self._title, self._card, self._drawing, self._invitation, self._steps):
            self.add_widget(part)

    def refill(self, body: IdleView, box: Box) -> None:
        """Show the welcome, or in place of the offers why the last card was not taken."""
        theme = self.theme
        title, rest = box.cut_top(theme.first_line(Size.TITLE), theme.mm(1))
        self._title.put(body.title, title)
        foot, middle = rest.cut_bottom(self._foot_height(body, rest.width), theme.mm(2.4))
        self._card.put(middle)
        left, right = middle.inset(theme.mm(5), theme.mm(2.4)).cut_left(middle.height * 11 // 10, theme.mm(8))
        self._drawing.put(left)
        used = self._invite(body, right)
        self._steps.put(body.steps, Box(right.x, right.y, right.width, right.height - used))
        self._show_foot(body, foot)

    def _invite(self, body: IdleView, box: Box) -> int:
        gap = self.theme.mm(1.2)
        piece = Piece(self._invitation, body.invitation, Size.LEAD)
        return stack([piece], box.cut_top(self.theme.lines(Size.LEAD, 2))[0]) + gap

    def _show_foot(self, body: IdleView, foot: Box) -> None:
        if self.show(self._band, wanted=bool(body.message)):
            self._band.put(body.message, body.message_tone, foot)
        side = self.theme.mm(SIGN_MM)
        columns = foot.columns(len(KINDS), self.theme.mm(BETWEEN_MM))
        for at, column in enumerate(columns):
            wanted = not body.message and at < len(body.offers)
            self.show(self._signs[at], wanted=wanted)
            if self.show(self._offers[at], wanted=wanted):
                place, words = column.cut_left(side, self.theme.mm(BESIDE_MM))
                self._signs[at].put(KINDS[at], place, self.theme.palette.cinnabar, self.theme.palette.paper)
                self._offers[at].put(apart(body.offers[at]), words)

    def _foot_height(self, body: IdleView, width: int) -> int:
        """Room for the longest offer: two lines, or three where the goods take two."""
        theme = self.theme
        column = (width - (len(KINDS) - 1) * theme.mm(BETWEEN_MM)) // len(KINDS)
        words = column - theme.mm(SIGN_MM) - theme.mm(BESIDE_MM)
        counts = [len(self._offers[0].needs(apart(offer), words).lines) for offer in body.offers[: len(KINDS)]]
        lines = 2 if body.message else min(LINES_MAX, max(counts, default=2))
        return theme.lines(Size.BODY, max(2, lines)) + (theme.mm(3) if lines <= 2 else 0)


def apart(offer: str) -> str:
    """The name of a class on a line of its own, what is in it below: they come with a colon or two spaces between."""
    return offer.replace("：", "\n", 1) if "：" in offer else offer.replace("  ", "\n", 1)
