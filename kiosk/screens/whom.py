"""For whom? By which group? Large names to choose from, at most six a page."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.actions import Action
from kiosk.screens.box import Box
from kiosk.screens.button import WordButton
from kiosk.screens.screen import Screen
from kiosk.screens.text import Text
from kiosk.theme import Size, Theme
from kiosk.views import GroupsView, WhomView

COLUMNS, ROWS = 3, 2
HIGH_MM = 46.0


class WhomScreen(Screen):
    """The question above, the names below it; how to turn the page at the right of the question."""

    def __init__(self, theme: Theme, act: Callable[[Action], None]) -> None:
        super().__init__(theme, act)
        self._title = Text(theme, Size.TITLE, bold=True)
        self._page = Text(theme, Size.SNUG, across="right", colour=theme.palette.soft_ink)
        self._previous, self._next = WordButton(theme, act, size=Size.SNUG), WordButton(theme, act, size=Size.SNUG)
        self._choices = [WordButton(theme, act, size=Size.TITLE) for _ in range(COLUMNS * ROWS)]
        self.add_widget(self._title)

    def refill(self, body: WhomView | GroupsView, box: Box) -> None:
        """Show these names."""
        theme = self.theme
        head, rest = box.cut_top(theme.target if body.page else theme.first_line(Size.TITLE), theme.mm(3.4))
        self._title.put(body.title, self._show_pages(body, head))
        places = self._places(len(body.choices), rest)
        for at, choice in enumerate(self._choices):
            if self.show(choice, wanted=at < len(body.choices)):
                choice.offer(body.choices[at], places[at])

    def _places(self, count: int, box: Box) -> list[Box]:
        gap = self.theme.mm(4)
        columns = min(COLUMNS, max(1, count))
        rows = -(-count // columns) if count else 1
        high = min(box.height, rows * self.theme.mm(HIGH_MM) + (rows - 1) * gap)
        used, _ = box.cut_top(high)
        return [cell for row in used.rows(rows, gap) for cell in row.columns(columns, gap)]

    def _show_pages(self, body: WhomView | GroupsView, head: Box) -> Box:
        gap = self.theme.gap
        for widget, button in ((self._next, body.next), (self._previous, body.previous)):
            if self.show(widget, wanted=button is not None) and button is not None:
                place, head = head.cut_right(widget.natural_width(button.label), gap)
                widget.offer(button, place)
        if self.show(self._page, wanted=bool(body.page)):
            place, head = head.cut_right(self._page.width_of(body.page), gap)
            self._page.put(body.page, place)
        return head
