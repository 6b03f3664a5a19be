"""Keys and words of the demonstration's panel: small, dark and neutral, so that nobody takes them for the kiosk."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kivy.graphics import Color, RoundedRectangle
from kivy.uix.label import Label
from kivy.uix.widget import Widget

from kiosk.palette import rgba
from kiosk.screens.box import Box
from kiosk.screens.text import face_of

GROUND = "#26282B"
KEY, KEY_PRESSED = "#3A3D42", "#5A6068"
WORDS, FAINT_WORDS = "#F2F3F5", "#A9AEB6"
RADIUS_PX, AIR_PX = 6, 3
FACE_PX, NOTE_PX = 16, 13


class Words(Label):
    """One or more lines of words at the left of a box."""

    def __init__(self, text: str, box: Box, *, size_px: int = NOTE_PX, colour: str = FAINT_WORDS, across: str = "left"):
        super().__init__(
            text=text,
            size_hint=(None, None),
            pos=(box.x, box.y),
            size=(box.width, box.height),
            text_size=(box.width, box.height),
            font_size=size_px,
            font_name=face_of(text),
            color=rgba(colour),
            halign=across,
            valign="middle",
        )


class Key(Widget):
    """Something to press: a face, and a note under it if one is given. ``press`` is called when it is let go on it."""

    def __init__(self, face: str, note: str, box: Box, press: Callable[[], None]) -> None:
        super().__init__(size_hint=(None, None), pos=(box.x, box.y), size=(box.width, box.height))
        self._press, self._box = press, box
        with self.canvas:
            self._colour = Color(*rgba(KEY))
            RoundedRectangle(pos=self.pos, size=self.size, radius=[RADIUS_PX])
        under, upper = box.inset(0, AIR_PX).cut_bottom(box.height * 2 // 5)
        self._face = Words(face, upper if note else box, size_px=FACE_PX, colour=WORDS, across="center")
        self.add_widget(self._face)
        if note:
            self.add_widget(Words(note, under, across="center"))

    def say(self, face: str) -> None:
        """Change the face."""
        self._face.text = face

    def on_touch_down(self, touch: Any) -> bool:
        """Light up; the wheel presses nothing."""
        if touch.is_mouse_scrolling or not self._box.holds(*touch.pos):
            return False
        touch.grab(self)
        self._colour.rgba = rgba(KEY_PRESSED)
        return True

    def on_touch_up(self, touch: Any) -> bool:
        """Press, if the finger is still on it."""
        if touch.grab_current is not self:
            return False
        touch.ungrab(self)
        self._colour.rgba = rgba(KEY)
        if self._box.holds(*touch.pos):
            self._press()
        return True
