"""Printed papers on the screen: a new one slides out of the slot at the top and pushes the older ones down."""

from __future__ import annotations

from collections import deque
from typing import Any

from kivy.animation import Animation
from kivy.graphics import Color, Rectangle
from kivy.graphics.texture import Texture
from kivy.properties import NumericProperty
from kivy.uix.scrollview import ScrollView
from kivy.uix.widget import Widget
from PIL import Image

from kiosk.screens.box import Box

SLIDE_SECONDS = 0.6
KEPT_MAX = 12
GAP_PX = 10


class Roll(ScrollView):
    """Shows the newest papers in ``box``; older ones are reached with the wheel."""

    out = NumericProperty(1.0)
    """How much of the newest paper has come out, 0 to 1."""

    def __init__(self, box: Box) -> None:
        super().__init__(
            size_hint=(None, None),
            pos=(box.x, box.y),
            size=(box.width, box.height),
            do_scroll_x=False,
            bar_width=4,
            scroll_type=["bars", "content"],
        )
        self._box = box
        self._sheets: deque[_Sheet] = deque()
        self._strip = Widget(size_hint=(None, None), size=(box.width, 0))
        self.add_widget(self._strip)
        self.bind(out=self._place)

    def feed(self, picture: Image.Image) -> None:
        """Let a new paper out. The picture is shrunk to the width of the box."""
        Animation.cancel_all(self, "out")
        sheet = _Sheet(picture, self._box.width)
        self._sheets.appendleft(sheet)
        self._strip.add_widget(sheet)
        if len(self._sheets) > KEPT_MAX:
            self._strip.remove_widget(self._sheets.pop())
        self.scroll_y = 1
        self.out = 0
        self._place()
        Animation(out=1, duration=SLIDE_SECONDS, transition="out_quad").start(self)

    def _place(self, *_changed: Any) -> None:
        heights = [sheet.height for sheet in self._sheets]
        heights[0] = round(heights[0] * self.out)
        self._strip.height = top = sum(heights) + GAP_PX * (len(heights) - 1)
        for sheet, height in zip(self._sheets, heights, strict=True):
            sheet.lie_at(top - height)
            top -= height + GAP_PX


class _Sheet(Widget):
    """One paper."""

    def __init__(self, picture: Image.Image, width: int) -> None:
        height = round(picture.height * width / picture.width)
        super().__init__(size_hint=(None, None), size=(width, height))
        small = picture.resize((width, height), Image.Resampling.LANCZOS)
        texture = Texture.create(size=small.size, colorfmt="rgba")
        rows = small.transpose(Image.Transpose.FLIP_TOP_BOTTOM).tobytes()
        texture.blit_buffer(rows, colorfmt="rgba", bufferfmt="ubyte")
        with self.canvas:
            Color(1, 1, 1, 1)
            self._face = Rectangle(texture=texture, pos=self.pos, size=self.size)

    def lie_at(self, bottom: int) -> None:
        """Move the lower edge there."""
        self._face.pos = (0, bottom)
