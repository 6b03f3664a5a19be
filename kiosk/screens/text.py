"""Words on the screen: one texture a line, broken by our own rules, never clipped and never off the type scale."""

from __future__ import annotations

from functools import lru_cache
from typing import Any
from weakref import WeakSet

from kivy.core.text import DEFAULT_FONT
from kivy.core.text import Label as Glyphs
from kivy.graphics import Color, Rectangle
from kivy.uix.widget import Widget

from kiosk.palette import rgba
from kiosk.screens.box import Box
from kiosk.screens.environment import WHOLE_FACE
from kiosk.screens.typesetting import Setting, set_at, typeset
from kiosk.theme import FIRST_LINE_EM, Size, Theme

_DESCENT_EM = 0.288
"""How far Noto Sans CJK reaches below the baseline by its own account; its ink needs less."""

_INK_DESCENT_EM = 0.23

_MARKS = str.maketrans("", "", "·—…")

_ALL: WeakSet[Text] = WeakSet()


class Text(Widget):
    """A text in a box. ``across`` is left, center or right; ``up`` is top, middle or bottom."""

    def __init__(
        self,
        theme: Theme,
        size: Size = Size.BODY,
        *,
        bold: bool = False,
        colour: str = "",
        across: str = "left",
        up: str = "middle",
        least: Size = Size.SNUG,
    ) -> None:
        super().__init__(size_hint=(None, None))
        self.theme, self.wanted, self.bold, self.least = theme, size, bold, least
        self.colour = colour or theme.palette.ink
        self.across, self.up = across, up
        self.text = ""
        self.setting = Setting(size, (), 0, 0)
        self._drawn: tuple[Any, ...] = ()
        _ALL.add(self)

    def forget(self) -> None:
        """Keep neither words nor picture of them."""
        self._drawn, self.text, self.setting = (), "", Setting(self.wanted, (), 0, 0)
        self.canvas.clear()

    def put(self, text: str, box: Box, colour: str = "", size: Size | None = None) -> Setting:
        """Write ``text`` into ``box``, in the wanted size or the next smaller that fits."""
        self.colour = colour or self.colour
        wanted = size or self.wanted
        key = (text, box, self.colour, wanted)
        if key != self._drawn:
            self._drawn = key
            self.text = text
            self.pos, self.size = (box.x, box.y), (box.width, box.height)
            room = (box.width, box.height)
            measure = _bold_width if self.bold else _width
            self.setting = typeset(self.theme, text, wanted, room, measure, self.least)
            self._draw(box)
        return self.setting

    def needs(self, text: str, width: int, size: Size | None = None) -> Setting:
        """How ``text`` would stand in this width at exactly this size."""
        measure = _bold_width if self.bold else _width
        return set_at(self.theme, text, size or self.wanted, width, measure)

    def width_of(self, text: str, size: Size | None = None) -> int:
        """Width of ``text`` on one line, in pixels."""
        measure = _bold_width if self.bold else _width
        return int(measure(text, self.theme.font(size or self.wanted))) + 1

    @property
    def texture_size(self) -> tuple[int, int]:
        """Room that the words take, in pixels: never more than ``size``."""
        return self.setting.width, self.setting.height

    def _draw(self, box: Box) -> None:
        self.canvas.clear()
        if not self.text.strip():
            return
        first, step = self.theme.first_line(self.setting.size), self.theme.next_line(self.setting.size)
        spare = {"top": 0, "middle": (box.height - self.setting.height) // 2}
        top = box.top - spare.get(self.up, box.height - self.setting.height)
        with self.canvas:
            Color(*rgba(self.colour))
            for number, line in enumerate(self.setting.lines):
                self._draw_line(line, box, top - first - number * step, first)

    def _draw_line(self, line: str, box: Box, bottom: int, height: int) -> None:
        font = self.theme.font(self.setting.size)
        glyphs = Glyphs(text=line or " ", font_size=font, bold=self.bold, font_name=face_of(line))
        glyphs.refresh()
        texture = glyphs.texture
        spare = {"left": 0, "center": (box.width - texture.width) // 2}
        left = box.x + spare.get(self.across, box.width - texture.width)
        below = round(font * (_DESCENT_EM - _INK_DESCENT_EM)) / texture.height
        above = below + height / texture.height
        coords = _cropped(texture.tex_coords, below, above)
        Rectangle(texture=texture, pos=(left, bottom), size=(texture.width, height), tex_coords=coords)


def face_of(line: str) -> str:
    """Return the face that has every character: the small one (ASCII, GB2312, a few marks), else the whole one."""
    try:
        line.translate(_MARKS).encode("gb2312")
    except UnicodeEncodeError:
        return WHOLE_FACE
    return str(DEFAULT_FONT)


def forget_hidden() -> None:
    """Forget the words of every text that is not in the window: no name stays behind on a screen that was left."""
    for text in list(_ALL):
        if text.text and text.get_root_window() is None:
            text.forget()


def _cropped(coords: tuple[float, ...], below: float, above: float) -> tuple[float, ...]:
    """Texture coordinates of the strip from ``below`` to ``above`` (parts of the height)."""
    u0, bottom, u1, _, _, top, _, _ = coords
    low, high = bottom + (top - bottom) * below, bottom + (top - bottom) * above
    return u0, low, u1, low, u1, high, u0, high


def _width(text: str, font: int) -> float:
    return float(_ruler(font, bold=False).get_extents(text)[0])


def _bold_width(text: str, font: int) -> float:
    return float(_ruler(font, bold=True).get_extents(text)[0])


@lru_cache(maxsize=16)
def _ruler(font: int, bold: bool) -> Any:
    glyphs = Glyphs(text="", font_size=font, bold=bold)
    glyphs.resolve_font_name()
    return glyphs


assert FIRST_LINE_EM < 1.0 + _DESCENT_EM
