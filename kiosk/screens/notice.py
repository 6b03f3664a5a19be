"""What is kept of a person, in a few lines, and two answers: they are read first, so they stand below."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.actions import Action
from kiosk.screens.box import Box
from kiosk.screens.button import WordButton
from kiosk.screens.card import Card
from kiosk.screens.screen import Screen
from kiosk.screens.text import Text
from kiosk.theme import Size, Theme
from kiosk.views import NoticeView

LINES_MAX = 4


class NoticeScreen(Screen):
    """A sheet of paper with the lines on it; yes and no under it, the same size."""

    def __init__(self, theme: Theme, act: Callable[[Action], None]) -> None:
        super().__init__(theme, act)
        self._title = Text(theme, Size.LEAD if theme.look.large else Size.TITLE, bold=True)
        self._card = Card(theme, lift=True)
        self._labels = [Text(theme, colour=theme.palette.soft_ink) for _ in range(LINES_MAX)]
        self._values = [Text(theme, bold=True) for _ in range(LINES_MAX)]
        self._yes, self._no = WordButton(theme, act, size=Size.LEAD), WordButton(theme, act, size=Size.LEAD)
        for part in (self._title, self._card, self._yes, self._no):
            self.add_widget(part)

    def refill(self, body: NoticeView, box: Box) -> None:
        """Show these lines."""
        theme = self.theme
        title, rest = box.cut_top(theme.first_line(self._title.wanted), theme.mm(1))
        self._title.put(body.title, title)
        foot, page = rest.cut_bottom(theme.mm(20), theme.mm(3.4))
        no, yes = foot.columns(2, theme.mm(8))
        self._no.offer(body.no, no)
        self._yes.offer(body.yes, yes)
        self._card.put(page)
        self._put_lines(body.rows, page.inset(theme.mm(4), theme.mm(1.4)))

    def _put_lines(self, rows: tuple[tuple[str, str], ...], box: Box) -> None:
        """Every line has the same room: a long one grows smaller, and takes nothing from the one below it."""
        rows = rows[:LINES_MAX]
        wide = min(max((self._labels[0].width_of(label) for label, _ in rows), default=0), box.width // 3)
        places = box.rows(max(1, len(rows)), self.theme.mm(0.6))
        for at, (label, value) in enumerate(zip(self._labels, self._values, strict=True)):
            shown = at < len(rows)
            if self.show(label, wanted=shown) and self.show(value, wanted=shown):
                left, right = places[at].cut_left(wide, self.theme.mm(4))
                label.put(rows[at][0], left)
                value.put(rows[at][1], right)
            elif not shown:
                self.show(value, wanted=False)
