"""A line that the printer's own font cannot show, drawn as dots. Slow on a serial line, so only for such lines."""

from __future__ import annotations

from pathlib import Path

from devices.cells import CELL_HEIGHT_DOTS, HALF_CELL_DOTS, LINE_PITCH_DOTS, char_cells, face_has, glyph, text_cells
from devices.drivers.printer.charset import UnprintableError
from devices.drivers.printer.layout import Line
from devices.drivers.printer.pictures import picture
from devices.paper import Align

_INK = 110  # a grey of the mask at or above this becomes a black dot: thin strokes survive


def rastered(line: Line, columns: int, face: Path) -> bytes:
    """The line as a picture, alignment drawn in, at text height.

    Raises ``UnprintableError`` naming the character that the face lacks.
    """
    from PIL import Image

    text = line.text + line.right
    for char in text:
        if not face_has(char, face):
            raise UnprintableError(char)
    cell_dots, height = HALF_CELL_DOTS * line.width, CELL_HEIGHT_DOTS * line.height
    gap = (LINE_PITCH_DOTS - CELL_HEIGHT_DOTS) // 2
    canvas = Image.new("L", (columns * HALF_CELL_DOTS, height + 2 * gap), 0)
    start = _start(line, columns // line.width)
    for x, run in ((start, line.text), (columns // line.width - text_cells(line.right), line.right)):
        for index, char in enumerate(run):
            left = (x + text_cells(run[:index])) * cell_dots
            mask = glyph(char, face, char_cells(char) * cell_dots, height)
            for shift in range(1 + line.bold):  # struck twice, one dot apart, as the printer does
                canvas.paste(255, (left + shift, gap), mask)
    ink = canvas.point([255 if grey >= _INK else 0 for grey in range(256)])
    box = ink.getbbox()
    if box is None:
        return _feed(ink.height)
    bytes_wide = (box[2] + 7) // 8
    dots = ink.crop((0, box[1], bytes_wide * 8, box[3])).convert("1", dither=Image.Dither.NONE)
    return _feed(box[1]) + picture(bytes_wide, box[3] - box[1], dots.tobytes()) + _feed(ink.height - box[3])


def _feed(dots: int) -> bytes:
    """``ESC J``: white paper for three bytes."""
    return b"\x1bJ" + bytes((dots,)) if dots else b""


def _start(line: Line, columns: int) -> int:
    room = columns - text_cells(line.text)
    return {Align.LEFT: 0, Align.CENTRE: room // 2, Align.RIGHT: room}[line.align]
