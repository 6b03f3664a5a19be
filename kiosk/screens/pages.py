"""Which page this is, and how to turn it: at the right of a head, or in a column of its own."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.actions import Action
from kiosk.screens.box import Box
from kiosk.screens.button import WordButton
from kiosk.screens.screen import Screen
from kiosk.screens.text import Text
from kiosk.theme import Theme
from kiosk.views import Button


class Pages:
    """Two buttons and the words between; nothing where there is one page."""

    def __init__(self, theme: Theme, act: Callable[[Action], None], screen: Screen) -> None:
        self.theme, self._screen = theme, screen
        self._page = Text(theme, across="right", colour=theme.palette.soft_ink)
        self._previous, self._next = WordButton(theme, act), WordButton(theme, act)

    def beside(self, page: str, previous: Button | None, following: Button | None, head: Box) -> Box:
        """Stand at the right of ``head``; return what is left of it."""
        theme, show = self.theme, self._screen.show
        for widget, button in ((self._next, following), (self._previous, previous)):
            if show(widget, wanted=button is not None) and button is not None:
                place, head = head.cut_right(widget.natural_width(button.label), theme.gap)
                widget.offer(button, place.middle(place.width, theme.target))
        if show(self._page, wanted=bool(page)):
            place, head = head.cut_right(self._page.width_of(page), theme.mm(4))
            self._page.put(page, place)
        return head

    def under(self, previous: Button | None, following: Button | None, side: Box) -> Box:
        """Stand at the foot of a column ``side``; return what is left of it. The words are the caller's."""
        theme, show = self.theme, self._screen.show
        for widget, button in ((self._next, following), (self._previous, previous)):
            if show(widget, wanted=button is not None) and button is not None:
                place, side = side.cut_bottom(theme.target, theme.gap)
                widget.offer(button, place)
        return side
