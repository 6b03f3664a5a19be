"""Many short choices at once, for staff: letters and surnames, at most 24 a page."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.actions import Action
from kiosk.screens.box import Box
from kiosk.screens.button import WordButton
from kiosk.screens.screen import Screen
from kiosk.screens.text import Text
from kiosk.theme import Size, Theme
from kiosk.views import GridView

COLUMNS, ROWS = 8, 3


class GridScreen(Screen):
    """The question above, the choices below it; how to turn the page at the right of the question."""

    def __init__(self, theme: Theme, act: Callable[[Action], None]) -> None:
        super().__init__(theme, act)
        self._title = Text(theme, Size.TITLE, bold=True)
        self._page = Text(theme, across="right", colour=theme.palette.soft_ink)
        self._previous, self._next = WordButton(theme, act), WordButton(theme, act)
        self._choices = [WordButton(theme, act, size=Size.TITLE) for _ in range(COLUMNS * ROWS)]
        self.add_widget(self._title)

    def refill(self, body: GridView, box: Box) -> None:
        """Show these choices."""
        theme = self.theme
        head, rest = box.cut_top(theme.target, theme.mm(3.4))
        for widget, button in ((self._next, body.next), (self._previous, body.previous)):
            if self.show(widget, wanted=button is not None) and button is not None:
                place, head = head.cut_right(widget.natural_width(button.label), theme.gap)
                widget.offer(button, place)
        if self.show(self._page, wanted=bool(body.page)):
            place, head = head.cut_right(self._page.width_of(body.page), theme.gap)
            self._page.put(body.page, place)
        self._title.put(body.title, head)
        places = [cell for row in rest.rows(ROWS, theme.mm(3.4)) for cell in row.columns(COLUMNS, theme.mm(3.4))]
        for at, choice in enumerate(self._choices):
            if self.show(choice, wanted=at < len(body.choices)):
                choice.offer(body.choices[at], places[at])
