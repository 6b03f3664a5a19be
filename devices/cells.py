"""Characters on the dot grid of a receipt printer: 24 dots high, 24 wide for hanzi, 12 for ASCII."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image, ImageFont

CELL_HEIGHT_DOTS = 24
HALF_CELL_DOTS = 12
LINE_PITCH_DOTS = 30  # the usual power-on line spacing of 203-dpi printers

# Where a CJK face puts its baseline inside the em box (Noto Sans CJK: 880 of 1000 units above it).
_BASELINE = 0.88
_NOT_A_CHARACTER = "\U0010ffff"


def char_cells(char: str) -> int:
    """Half-width cells of one character: 1 for ASCII, 2 for everything a printer holds in its Chinese font.

    A printer prints every two-byte code full width, also those whose East Asian Width is "ambiguous" (``·``, ``─``).
    """
    return 1 if ord(char) < 0x80 else 2


def text_cells(text: str) -> int:
    """Half-width cells of a whole text."""
    return sum(map(char_cells, text))


@lru_cache(maxsize=512)
def glyph(char: str, face: Path, width_dots: int, height_dots: int) -> Image.Image:
    """One character drawn into its cell, as a grey mask (mode ``L``, 255 = ink).

    A glyph that is wider than its cell is squeezed, a narrower one is centred. Raises ``OSError`` for a bad face.
    """
    from PIL import Image, ImageDraw

    font = _font(face, height_dots)
    natural = height_dots if char_cells(char) == 2 else height_dots // 2
    wide = max(natural, round(font.getlength(char)))
    mask = Image.new("L", (wide, height_dots), 0)
    ImageDraw.Draw(mask).text((wide / 2, round(height_dots * _BASELINE)), char, fill=255, font=font, anchor="ms")
    return mask if wide == width_dots else mask.resize((width_dots, height_dots))


def face_has(char: str, face: Path) -> bool:
    """Whether the face has a drawing of its own for this character (white space needs none)."""
    if char.isspace():
        return True
    size = (2 * CELL_HEIGHT_DOTS, 2 * CELL_HEIGHT_DOTS)
    return glyph(char, face, *size).tobytes() != glyph(_NOT_A_CHARACTER, face, *size).tobytes()


@lru_cache(maxsize=16)
def _font(face: Path, size: int) -> ImageFont.FreeTypeFont:
    from PIL import ImageFont

    return ImageFont.truetype(str(face), size)
