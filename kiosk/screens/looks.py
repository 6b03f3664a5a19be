"""How the screen looks and speaks: four switches, and the way back."""

from __future__ import annotations

from collections.abc import Callable

from kiosk import actions as a
from kiosk.screens.box import Box
from kiosk.screens.button import WordButton
from kiosk.screens.screen import Screen
from kiosk.screens.text import Text
from kiosk.theme import Size, Theme
from kiosk.views import LookView

SIGNS: dict[type, str] = {
    a.ToggleLarge: "letters",
    a.ToggleContrast: "contrast",
    a.ToggleLanguage: "globe",
    a.ToggleMute: "speaker",
    a.RepeatLine: "speaker",
}
"""Which sign stands before a choice; the same in the top bar."""

COLUMNS = 2


class LookScreen(Screen):
    """The question above, two columns of switches, and below them the button that goes back."""

    def __init__(self, theme: Theme, act: Callable[[a.Action], None]) -> None:
        super().__init__(theme, act)
        self._title = Text(theme, Size.TITLE, bold=True)
        self._choices = {
            kind: WordButton(theme, act, size=Size.LEAD, sign=sign, sign_mm=12) for kind, sign in SIGNS.items()
        }
        self._done = WordButton(theme, act, size=Size.TITLE)
        self.add_widget(self._title)
        self.add_widget(self._done)

    def refill(self, body: LookView, box: Box) -> None:
        """Show what each switch makes of the screen."""
        theme, gap = self.theme, self.theme.mm(4)
        title, rest = box.cut_top(theme.first_line(Size.TITLE), theme.mm(2))
        self._title.put(body.title, title)
        foot, grid = rest.cut_bottom(theme.mm(21), theme.mm(4))
        done, _ = foot.cut_right(theme.mm(72))
        self._done.offer(body.done, done)
        rows = -(-len(body.choices) // COLUMNS)
        places = [cell for row in grid.rows(max(1, rows), gap) for cell in row.columns(COLUMNS, gap)]
        offered = {type(choice.action): (choice, place) for choice, place in zip(body.choices, places, strict=False)}
        for kind, widget in self._choices.items():
            if self.show(widget, wanted=kind in offered):
                widget.offer(*offered[kind])
