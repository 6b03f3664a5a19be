"""Pictures of goods, loaded at the size they are shown in: a photograph of 4 MB costs 100 kB here."""

from __future__ import annotations

import logging
from functools import lru_cache
from pathlib import Path
from typing import Any

from kivy.graphics import Color, Rectangle
from kivy.graphics.texture import Texture
from kivy.uix.widget import Widget
from PIL import Image

from kiosk.screens.box import Box
from kiosk.screens.card import draw_card
from kiosk.screens.pen import Pen
from kiosk.screens.signs import SIGNS
from kiosk.theme import Theme

_LOG = logging.getLogger(__name__)
_KEPT_MAX = 24
"""Textures kept: two pages of tiles and the large ones beside them."""

_SIDE_MAX_PX = 8192


class Picture(Widget):
    """A picture; a drawn bag on a pale ground where there is none, or none that can be read."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(size_hint=(None, None))
        self.theme = theme
        self._drawn: tuple[object, ...] = ()

    def put(self, path: str, box: Box) -> None:
        """Show the PNG at ``path`` as large as ``box`` allows."""
        if self._drawn == (path, box):
            return
        self._drawn = (path, box)
        self.pos, self.size = (box.x, box.y), (box.width, box.height)
        texture, colours = _shown(path, box.width, box.height), self.theme.palette
        self.canvas.clear()
        with self.canvas:
            if texture is None or self.theme.look.contrast:
                draw_card(self.theme, box, ground=colours.plate, radius_mm=2.0)
            if texture is None:
                side = min(box.width, box.height) // 2
                SIGNS["goods"](Pen(box.middle(side, side), colours.on_plate, colours.plate))
            else:
                place = box.middle(texture.width, texture.height)
                Color(1, 1, 1, 1)
                Rectangle(texture=texture, pos=(place.x, place.y), size=(place.width, place.height))


def _shown(path: str, width: int, height: int) -> Any:
    """The texture, or None if there is no picture or none that can be read (it may arrive later: not remembered)."""
    try:
        return _texture(path, width, height) if path else None
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as fault:
        _LOG.warning("picture %s cannot be shown: %s", Path(path).name, fault)
        return None


@lru_cache(maxsize=_KEPT_MAX)
def _texture(path: str, width: int, height: int) -> Any:
    """The picture, fitted into that many pixels."""
    with Image.open(Path(path), formats=["PNG"]) as opened:
        if max(opened.size) > _SIDE_MAX_PX:
            raise ValueError(f"more than {_SIDE_MAX_PX} pixels a side")
        # Premultiplied while it shrinks: else a dark seam shows where the picture is cut out.
        picture = opened.convert("RGBA").convert("RGBa")
    part = min(width / picture.width, height / picture.height)
    size = (max(1, round(picture.width * part)), max(1, round(picture.height * part)))
    small = picture.resize(size, Image.Resampling.LANCZOS).convert("RGBA")
    texture = Texture.create(size=small.size, colorfmt="rgba")
    texture.blit_buffer(small.transpose(Image.Transpose.FLIP_TOP_BOTTOM).tobytes(), colorfmt="rgba", bufferfmt="ubyte")
    return texture
