"""A page of what moved the points: the day, what it was, how many points; beside it what that adds up to."""

from __future__ import annotations

from collections.abc import Callable

from kivy.uix.widget import Widget

from kiosk.actions import Action
from kiosk.screens.box import Box
from kiosk.screens.card import Card
from kiosk.screens.pages import Pages
from kiosk.screens.screen import Piece, Screen, stack
from kiosk.screens.text import Text
from kiosk.theme import Size, Theme
from kiosk.views import HistoryRow, HistoryView, Tone

ROWS = 4


class HistoryLine(Widget):
    """One row; nothing here can be pressed, so nothing looks like a button."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(size_hint=(None, None))
        self.theme = theme
        self._card = Card(theme)
        self._day = Text(theme, colour=theme.palette.soft_ink)
        self._what = Text(theme)
        self._points = Text(theme, bold=True, across="right")
        for part in (self._card, self._day, self._what, self._points):
            self.add_widget(part)

    def widths(self, row: HistoryRow) -> tuple[int, int]:
        """Pixels that day and points need."""
        return self._day.width_of(row.day), self._points.width_of(row.points)

    def put(self, row: HistoryRow, box: Box, wide: tuple[int, int]) -> None:
        """Show ``row`` at ``box``; ``wide``: columns of day and points, shared by the page."""
        theme, colours = self.theme, self.theme.palette
        self.pos, self.size = (box.x, box.y), (box.width, box.height)
        self._card.put(box)
        inner = box.inset(theme.mm(2.4), theme.mm(0.6))
        third = inner.width * 3 // 10
        day, rest = inner.cut_left(min(wide[0], third), theme.mm(3))
        points, what = rest.cut_right(min(wide[1], third), theme.mm(3))
        self._day.put(row.day, day)
        self._points.put(row.points, points, colours.jade if row.tone is Tone.GOOD else colours.ink)
        self._what.put(row.what, what)  # what is too long even so is told whole by its voucher


class HistoryScreen(Screen):
    """Four rows, and a column with title, balance and pages."""

    def __init__(self, theme: Theme, act: Callable[[Action], None]) -> None:
        super().__init__(theme, act)
        self._title = Text(theme, bold=True, across="center")
        self._balance = Text(theme, across="center", colour=theme.palette.cinnabar, bold=True)
        self._page = Text(theme, across="center", colour=theme.palette.soft_ink)
        self._message = Text(theme, Size.LEAD, across="center")
        self._pages = Pages(theme, act, self)
        self._lines = [HistoryLine(theme) for _ in range(ROWS)]
        self.add_widget(self._title)
        self.add_widget(self._balance)

    def refill(self, body: HistoryView, box: Box) -> None:
        """Show this page."""
        theme = self.theme
        side, page = box.cut_right(theme.mm(36), theme.mm(3))
        rest = self._pages.under(body.previous, body.next, side)
        self.show(self._page, wanted=bool(body.page))
        pieces = [
            Piece(self._title, body.title, Size.BODY, theme.mm(2)),
            Piece(self._balance, body.balance, Size.BODY, theme.mm(2)),
            Piece(self._page, body.page, Size.BODY),
        ]
        stack(pieces, rest)
        needed = [line.widths(row) for line, row in zip(self._lines, body.lines, strict=False)] or [(0, 0)]
        wide = max(days for days, _ in needed), max(points for _, points in needed)
        for at, (line, place) in enumerate(zip(self._lines, page.rows(ROWS, theme.mm(1.6)), strict=True)):
            if self.show(line, wanted=at < len(body.lines)):
                line.put(body.lines[at], place, wide)
        if self.show(self._message, wanted=bool(body.message)):
            self._message.put(body.message, page)
