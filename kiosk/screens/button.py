"""A button of words, with a drawn sign before them if one is given."""

from __future__ import annotations

from collections.abc import Callable

from kivy.uix.widget import Widget

from kiosk.actions import Action
from kiosk.screens.box import Box
from kiosk.screens.card import draw_card
from kiosk.screens.pressable import Pressable
from kiosk.screens.signs import Sign
from kiosk.screens.text import Text
from kiosk.theme import Size, Theme, smaller

PAD_MM = 1.9
SIGN_MM = 7.4


class WordButton(Pressable):
    """A button whose face follows the tone of its view."""

    def __init__(
        self,
        theme: Theme,
        act: Callable[[Action], None],
        *,
        size: Size = Size.BODY,
        sign: str = "",
        bold: bool = True,
        sign_mm: float = SIGN_MM,
    ) -> None:
        super().__init__(theme, act)
        self._sign_name, self._sign_side = sign, theme.mm(sign_mm)
        self._ground = Widget(size_hint=(None, None))
        self._sign = Sign(theme)
        self._text = Text(theme, size, bold=bold, across="center")
        self.add_widget(self._ground)
        self.add_widget(self._text)
        if sign:
            self.add_widget(self._sign)

    def natural_width(self, label: str, size: Size | None = None) -> int:
        """Width in pixels that this label needs on one line, in the button's own size or another."""
        pad, sign = self.theme.mm(PAD_MM), self._sign_side
        words = self._text.width_of(label, size) + 2 * pad + (sign + pad if self._sign_name else 0)
        return max(self.theme.target, words)

    def draw(self) -> None:
        """Draw ground, sign and words."""
        button = self.view_button
        if button is None:
            return
        face = self.theme.palette.buttons[button.tone] if button.enabled else self.theme.palette.disabled
        ground = face.pressed if self.pressed else face.ground
        self._ground.canvas.clear()
        with self._ground.canvas:
            draw_card(
                self.theme,
                self.box,
                ground=ground,
                edge=face.edge,
                lift=button.enabled and not self.pressed,
                dashes=not button.enabled,
                pressed=self.pressed,
            )
        self._write(button.label, face.words, ground)

    def _write(self, label: str, words: str, ground: str) -> None:
        pad, side = self.theme.mm(PAD_MM), self._sign_side
        room = self.box.inset(pad, self.theme.mm(0.8))
        if not self._sign_name:
            self._text.put(label, room, words)
            return
        size = self._text.wanted
        if side + pad + self._text.width_of(label) > room.width:
            size = smaller(size) or size
        wide = side + pad + self._text.width_of(label, size)
        row = room.middle(min(wide, room.width), room.height)
        place, rest = row.cut_left(side, pad)
        self._sign.put(self._sign_name, place.middle(side, side), words, ground)
        self._text.put(
            label, Box(rest.x, rest.y, room.right - rest.x if wide > room.width else rest.width, rest.height), words
        )
