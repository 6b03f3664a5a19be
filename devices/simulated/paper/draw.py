"""A picture of a paper, dot for dot as the thermal head would leave it, with a torn lower edge."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

from devices.cells import CELL_HEIGHT_DOTS, HALF_CELL_DOTS, char_cells, glyph
from devices.simulated.paper.parts import InterpretedPaper, PaperPart, QrMark, RasterMark, TextLine
from devices.simulated.paper.symbol import modules_of

if TYPE_CHECKING:
    from PIL import Image

_PAPER = (252, 250, 243, 255)  # slightly warm white
_INK = (38, 36, 38, 255)
_MARGIN_DOTS = {576: 32, 384: 40}  # 80 mm and 58 mm rolls at 8 dots per mm
_MARGIN_ELSE_DOTS = 32
_TOP_DOTS = 32
_TOOTH_DOTS = 8


def png(paper: InterpretedPaper, face: Path) -> bytes:
    """The picture as a PNG file. ``face`` is an OpenType file with Chinese; raises ``OSError`` for a bad one."""
    out = io.BytesIO()
    draw(paper, face).save(out, "PNG")
    return out.getvalue()


def draw(paper: InterpretedPaper, face: Path) -> Image.Image:
    """The picture (``RGBA``, transparent beyond the torn edges), one pixel a dot, 8 dots a millimetre."""
    from PIL import Image

    margin = _MARGIN_DOTS.get(paper.dots, _MARGIN_ELSE_DOTS)
    size = (paper.dots + 2 * margin, _TOP_DOTS + sum(part.height for part in paper.parts) + 2 * _TOOTH_DOTS)
    canvas = Image.new("RGBA", size, _PAPER)
    y = _TOP_DOTS
    for part in paper.parts:
        _put(canvas, part, margin, y, face)
        y += part.height
    _tear(canvas)
    return canvas


def _put(canvas: Image.Image, part: PaperPart, margin: int, y: int, face: Path) -> None:
    match part:
        case TextLine():
            _put_text(canvas, part, margin, y, face)
        case QrMark():
            canvas.paste(_INK, (margin + part.x, y), _qr_mask(part))
        case RasterMark():
            canvas.paste(_INK, (margin + part.x, y), _raster_mask(part))


def _put_text(canvas: Image.Image, line: TextLine, margin: int, y: int, face: Path) -> None:
    bottom = y + line.height
    for g in line.glyphs:
        height = CELL_HEIGHT_DOTS * g.height
        mask = glyph(g.char, face, char_cells(g.char) * HALF_CELL_DOTS * g.width, height)
        for shift in range(1 + g.bold):  # a thermal head makes bold by striking one dot aside
            canvas.paste(_INK, (margin + g.x + shift, bottom - height), mask)


def _qr_mask(mark: QrMark) -> Image.Image:
    from PIL import Image

    rows = modules_of(mark.payload, mark.level, mark.alphanumeric)
    mask = Image.new("L", (mark.modules, mark.modules))
    mask.putdata([255 * module for row in rows for module in row])
    side = mark.modules * mark.module_dots
    return mask.resize((side, side), Image.Resampling.NEAREST)


def _raster_mask(mark: RasterMark) -> Image.Image:
    from PIL import Image

    return Image.frombytes("1", (mark.width, mark.height), mark.data).convert("L")


def _tear(canvas: Image.Image) -> None:
    """Saw teeth along both ends, where the paper left the blade."""
    from PIL import ImageDraw

    pen = ImageDraw.Draw(canvas)
    for x in range(0, canvas.width, _TOOTH_DOTS):
        middle, right = x + _TOOTH_DOTS // 2, x + _TOOTH_DOTS
        for edge, tip in ((0, _TOOTH_DOTS // 2), (canvas.height, canvas.height - _TOOTH_DOTS)):
            pen.polygon([(x, edge), (middle, tip), (right, edge)], fill=(0, 0, 0, 0))
