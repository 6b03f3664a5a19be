"""A keypad for six digits: large keys on the right, what is asked and the dots on the left. No digit is ever shown."""

from __future__ import annotations

from collections.abc import Callable

from kivy.uix.widget import Widget

from kiosk.actions import Action
from kiosk.screens.box import Box
from kiosk.screens.button import WordButton
from kiosk.screens.card import Card
from kiosk.screens.pen import Pen
from kiosk.screens.screen import Piece, Screen, stack
from kiosk.screens.text import Text
from kiosk.theme import Size, Theme
from kiosk.views import KeypadView

COLUMNS, ROWS = 3, 4
KEY_MM = 26.0
DOT_MM = 9.0


class KeypadScreen(Screen):
    """Keys as on a telephone; "enter" is at the left, away from them."""

    def __init__(self, theme: Theme, act: Callable[[Action], None]) -> None:
        super().__init__(theme, act)
        self._title = Text(theme, Size.TITLE, bold=True)
        self._message = Text(theme)
        self._dots = Widget(size_hint=(None, None))
        self._card = Card(theme)
        self._keys = [WordButton(theme, act, size=Size.TITLE) for _ in range(COLUMNS * ROWS)]
        self._enter = WordButton(theme, act, size=Size.LEAD)
        self._forgot = WordButton(theme, act, bold=False)
        for part in (self._title, self._card, self._message, self._dots, *self._keys, self._enter):
            self.add_widget(part)

    def refill(self, body: KeypadView, box: Box) -> None:
        """Show what is asked, and how many digits are there."""
        theme = self.theme
        wide = COLUMNS * theme.mm(KEY_MM) + (COLUMNS - 1) * theme.mm(3.4)
        pad, words = box.cut_right(wide, theme.mm(7))
        rows = pad.rows(ROWS, theme.mm(3.2))
        places = [place for row in rows for place in row.columns(COLUMNS, theme.mm(3.4))]
        for key, button, place in zip(self._keys, body.keys, places, strict=True):
            key.offer(button, place)
        foot, words = words.cut_bottom(rows[-1].height, theme.mm(3.2))
        if self.show(self._forgot, wanted=body.forgot is not None) and body.forgot is not None:
            place, foot = foot.cut_left(self._forgot.natural_width(body.forgot.label), theme.mm(4))
            self._forgot.offer(body.forgot, place)
        self._enter.offer(body.enter, foot)
        title, words = words.cut_top(theme.first_line(Size.TITLE), theme.mm(1.4))
        self._title.put(body.title, title)
        dots, words = words.cut_bottom(theme.mm(DOT_MM + 4))
        self._draw_dots(body, dots)
        self._say(body, words)

    def _say(self, body: KeypadView, box: Box) -> None:
        face, pad = self.theme.palette.bands[body.tone], self.theme.mm(3)
        self._card.put(box, face.ground, face.edge)
        stack([Piece(self._message, body.message, Size.LEAD, 0, face.words)], box.inset(pad, pad // 2), up="middle")

    def _draw_dots(self, body: KeypadView, box: Box) -> None:
        side, gap = self.theme.mm(DOT_MM), self.theme.mm(5)
        whole = box.middle(body.wanted * side + (body.wanted - 1) * gap, side)
        self._dots.canvas.clear()
        with self._dots.canvas:
            for at, place in enumerate(whole.columns(body.wanted, gap)):
                pen = Pen(place, self.theme.palette.ink, self.theme.palette.card)
                if at < body.entered:
                    pen.disc(50, 50, 50)
                else:
                    pen.ring(50, 50, 50, 9)
