"""The board of the first screen: one page of it on a card, and dots that tell how many there are."""

from __future__ import annotations

from kivy.uix.widget import Widget

from kiosk.screens.box import Box
from kiosk.screens.card import Card
from kiosk.screens.pen import Pen
from kiosk.screens.screen import Piece, stack
from kiosk.screens.signs import Sign
from kiosk.screens.text import Text
from kiosk.theme import Size, Theme, smaller
from kiosk.views import BoardPage

PAD_MM, UP_MM, SIGN_MM, DOT_MM = 4.0, 1.6, 6.0, 2.2
LINES_MAX = 3  # that a text of the board takes in the smallest type, by its length


class BoardCard(Widget):
    """A heading with its sign, and the words."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(size_hint=(None, None))
        self.theme = theme
        self._card = Card(theme, lift=True)
        self._sign = Sign(theme)
        self._title = Text(theme, bold=True, colour=theme.palette.cinnabar)
        self._words = Text(theme)
        self._dots = Widget(size_hint=(None, None))
        for part in (self._card, self._sign, self._title, self._words, self._dots):
            self.add_widget(part)

    @property
    def least_height(self) -> int:
        """Height in pixels that the longest page needs, in the smallest type that a resident reads."""
        theme, least = self.theme, self._words.least
        return theme.first_line(least) + theme.lines(least, LINES_MAX) + theme.mm(1) + 2 * theme.mm(UP_MM)

    def put(self, page: BoardPage, box: Box) -> None:
        """Show one page."""
        theme, colours = self.theme, self.theme.palette
        self.pos, self.size = (box.x, box.y), (box.width, box.height)
        self._card.put(box)
        self._put_dots(page, box.cut_right(theme.mm(PAD_MM))[0])
        inner = box.inset(theme.mm(PAD_MM), theme.mm(UP_MM))
        roomy = inner.height >= theme.lines(Size.LEAD, 5)  # a larger panel than the smallest
        heading = self._heading(page, box, roomy=roomy)
        head, rest = inner.cut_top(theme.first_line(heading), theme.mm(1))
        side = theme.mm(SIGN_MM)
        place, head = head.cut_left(side, theme.mm(1.5))
        self._sign.put("star" if page.featured else "horn", place.middle(side, side), colours.cinnabar, colours.card)
        self._title.put(page.title, head, size=heading)
        stack([Piece(self._words, page.text, Size.LEAD if roomy else Size.BODY)], rest, up="middle")

    def _heading(self, page: BoardPage, box: Box, *, roomy: bool) -> Size:
        """The largest type in which the words still have room under the heading, down to the smallest of all."""
        theme, least = self.theme, self._words.least
        size: Size | None = Size.LEAD if roomy else Size.BODY
        width = box.width - 2 * theme.mm(PAD_MM)
        under = self._words.needs(page.text, width, least).height + theme.mm(1) + 2 * theme.mm(UP_MM)
        while size is not None and theme.first_line(size) + under > box.height:
            size = smaller(size, least)
        return size or least

    def _put_dots(self, page: BoardPage, edge: Box) -> None:
        """A dot a page down the right edge, the shown one filled; nothing where there is but one."""
        colours, side = self.theme.palette, self.theme.mm(DOT_MM)
        self._dots.canvas.clear()
        if page.pages < 2:
            return
        dots = edge.middle(side, page.pages * 2 * side - side).rows(page.pages, side)
        with self._dots.canvas:
            for at, dot in enumerate(dots):
                shown = at == page.place
                pen = Pen(dot, colours.cinnabar if shown else colours.line, colours.card)
                pen.ring(50, 50, 50, 50 if shown else 16)
