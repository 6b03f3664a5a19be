"""Nobody is here: how to begin, what the office wants known, today's hours, and what can be had."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.actions import Action
from kiosk.screens.band import Band
from kiosk.screens.board_card import BoardCard
from kiosk.screens.box import Box
from kiosk.screens.card import Card
from kiosk.screens.card_reader import CardReaderDrawing, IdCardDrawing
from kiosk.screens.offers import Offers
from kiosk.screens.screen import Screen
from kiosk.screens.signs import Sign
from kiosk.screens.steps import Steps
from kiosk.screens.text import Text
from kiosk.theme import Size, Theme
from kiosk.views import IdleView

PAD_MM, GAP_MM = 2.4, 2.4
SIGN_MM = 7.0


class IdleScreen(Screen):
    """The invitation above all; the cards before their readers beside the board; then the hours, then the offers."""

    def __init__(self, theme: Theme, act: Callable[[Action], None]) -> None:
        super().__init__(theme, act)
        self._invitation = Text(theme, Size.LEAD, bold=True, across="center", colour=theme.palette.cinnabar)
        self._card = Card(theme, lift=True)
        self._qr_card, self._id_card = CardReaderDrawing(theme), IdCardDrawing(theme)
        self._board, self._ground = BoardCard(theme), Card(theme, lift=True)
        self._steps = Steps(theme)
        self._clock = Sign(theme)
        self._line = Text(theme, Size.SNUG, bold=True)
        self._band, self._offers = Band(theme), Offers(theme)
        for part in (self._invitation, self._card, self._qr_card, self._clock, self._line):
            self.add_widget(part)

    def refill(self, body: IdleView, box: Box) -> None:
        """Show the welcome; in place of the offers why the last card was not taken, or who is being served."""
        theme, gap = self.theme, self.theme.mm(GAP_MM)
        title, rest = box.cut_top(theme.first_line(Size.LEAD), theme.mm(0.6))
        self._invitation.put(body.invitation, title)
        foot_height, line_height = self._below(body, rest, gap)
        foot, rest = rest.cut_bottom(foot_height, gap if foot_height else 0)
        line, middle = rest.cut_bottom(line_height, theme.mm(1.4))
        self._show_line(body, line)
        self._show_middle(body, middle)
        if self.show(self._band, wanted=bool(body.message)):
            self._band.put(body.message, body.message_tone, foot)
        if self.show(self._offers, wanted=not body.message and foot_height > 0):
            self._offers.put(body, foot)

    def _below(self, body: IdleView, room: Box, gap: int) -> tuple[int, int]:
        """Heights of foot and line that leave the middle what it needs: in large type the offers are let go first."""
        theme = self.theme
        line = theme.first_line(Size.LEAD)
        foot = self._offers.height_of(body, room.width)
        must_stay = body.message or body.serving
        ways = ((foot, line), (foot, 0)) if must_stay else ((foot, line), (self._offers.names_height, line), (0, line))
        for foot, line in ways:
            if room.height - foot - line - gap - theme.mm(1.4) >= self._board.least_height:
                break
        return foot, line

    def _show_middle(self, body: IdleView, box: Box) -> None:
        """The drawings get what their height allows; two of them stand side by side."""
        theme, pad = self.theme, self.theme.mm(PAD_MM)
        side = max(0, box.height - 2 * pad)
        both = 2 * side + theme.mm(4) if body.id_cards else side + theme.mm(8)
        left, right = box.cut_left(min(both + 2 * theme.mm(4), box.width * 19 // 50), theme.mm(3))
        self._card.put(left)
        places = left.inset(theme.mm(4), pad).columns(2 if body.id_cards else 1, theme.mm(4))
        self._qr_card.put(places[0])
        if self.show(self._id_card, wanted=body.id_cards):
            self._id_card.put(places[1])
        self._show_right(body, right)

    def _show_right(self, body: IdleView, box: Box) -> None:
        if self.show(self._board, wanted=body.page is not None) and body.page is not None:
            self._board.put(body.page, box)
        self.show(self._ground, wanted=body.page is None)
        if self.show(self._steps, wanted=body.page is None):
            self._ground.put(box)
            self._steps.put(body.steps, box.inset(self.theme.mm(4), self.theme.mm(PAD_MM)))

    def _show_line(self, body: IdleView, box: Box) -> None:
        """The hours with a clock; without hours the motto stands there."""
        self.show(self._line, wanted=box.height > 0)
        if not self.show(self._clock, wanted=bool(body.hours) and box.height > 0) and not box.height:
            return
        theme, colours = self.theme, self.theme.palette
        words, colour = body.hours or body.title, colours.ink
        width = self._line.width_of(words)
        if body.hours:
            side, between = theme.mm(SIGN_MM), theme.mm(2)
            colour = colours.jade if body.hours_open else colours.amber
            row = box.middle(side + between + width, box.height)
            place, box = row.cut_left(side, between)
            self._clock.put("clock", place.middle(side, side), colour, colours.paper)
        self._line.across = "left" if body.hours else "center"
        self._line.put(words, box, colour)
