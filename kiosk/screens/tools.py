"""The tools in the top bar: hear it again, larger type, the other language, all of the choices.

They are as large in extra-large type as in the standard one: the switch does not slip away under the finger.
"""

from __future__ import annotations

from collections.abc import Callable

from kivy.uix.widget import Widget

from kiosk import actions as a
from kiosk.screens.box import Box
from kiosk.screens.button import WordButton
from kiosk.theme import Size, Theme
from kiosk.views import Button

TOOLS: tuple[type[a.Action], ...] = (a.ToggleLanguage, a.RepeatLine, a.ToggleLarge, a.ChooseLook)
"""From left to right. The last one stands in the same corner on every screen."""

_MAY_BE_LEFT_OUT = a.ToggleLanguage


class Tools(Widget):
    """A row of quiet buttons at the right end of the bar."""

    def __init__(self, theme: Theme, act: Callable[[a.Action], None]) -> None:
        super().__init__(size_hint=(None, None))
        self.theme = theme
        self._buttons = {kind: WordButton(theme, act, size=Size.SNUG, bold=False) for kind in TOOLS}

    def width_of(self, offered: tuple[Button, ...], *, all_of_them: bool) -> int:
        """Width in pixels of all of them, or without what may be left out (it stands on the page of looks too)."""
        widths = [self._buttons[type(b.action)].natural_width(b.label) for b in self._wanted(offered, all_of_them)]
        return sum(widths) + max(0, len(widths) - 1) * self.theme.gap

    def put(self, offered: tuple[Button, ...], box: Box, *, all_of_them: bool) -> None:
        """Stand at the right end of ``box``."""
        self.pos, self.size = (box.x, box.y), (box.width, box.height)
        self.clear_widgets()
        for button in reversed(self._wanted(offered, all_of_them)):
            widget = self._buttons[type(button.action)]
            place, box = box.cut_right(widget.natural_width(button.label), self.theme.gap)
            widget.offer(button, place)
            self.add_widget(widget)

    def _wanted(self, offered: tuple[Button, ...], all_of_them: bool) -> list[Button]:
        known = [b for kind in TOOLS for b in offered if isinstance(b.action, kind)]
        return [b for b in known if all_of_them or not isinstance(b.action, _MAY_BE_LEFT_OUT)]
