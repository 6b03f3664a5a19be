"""What was read off a print job: lines, QR codes, dots and cuts, where they stand on the paper."""

from __future__ import annotations

from dataclasses import dataclass

from devices.cells import CELL_HEIGHT_DOTS


class PaperError(ValueError):
    """Bytes that a printer would not understand, or that would come out ugly. Names the offset and the bytes."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character: ``x`` dots from the left edge, ``width`` and ``height`` its scale."""

    char: str
    x: int
    width: int
    height: int
    bold: bool


@dataclass(frozen=True, slots=True)
class TextLine:
    """One printed line. ``text`` has blanks where a position command left room."""

    text: str
    glyphs: tuple[Glyph, ...]

    @property
    def height(self) -> int:
        """In dots: that of its tallest character."""
        return CELL_HEIGHT_DOTS * max(glyph.height for glyph in self.glyphs)


@dataclass(frozen=True, slots=True)
class QrMark:
    """A QR code that the printer drew: its top left module stands ``x`` dots from the left edge.

    ``level`` is the error correction as ``GS ( k`` says it, 48-51 for L M Q H.
    """

    payload: str
    level: int
    modules: int
    module_dots: int
    x: int
    alphanumeric: bool = True

    @property
    def height(self) -> int:
        """In dots."""
        return self.modules * self.module_dots


@dataclass(frozen=True, slots=True)
class RasterMark:
    """An image of dots: rows of ``width // 8`` bytes, the highest bit leftmost, 1 = black."""

    width: int
    height: int
    data: bytes
    x: int


@dataclass(frozen=True, slots=True)
class Gap:
    """Blank paper, in dots."""

    dots: int

    @property
    def height(self) -> int:
        """In dots."""
        return self.dots


PaperPart = TextLine | QrMark | RasterMark | Gap


@dataclass(frozen=True, slots=True)
class InterpretedPaper:
    """One finished paper. ``dots`` is the printable width, ``cuts`` is 0 when it was torn off by hand."""

    dots: int
    parts: tuple[PaperPart, ...]
    cuts: int

    @property
    def text(self) -> str:
        """The lines as read, without alignment; a rastered line is ``▦`` and its size in dots."""
        return "\n".join(filter(None, (_text(part) for part in self.parts)))

    @property
    def qr_payloads(self) -> tuple[str, ...]:
        """What the QR codes on it say, in order."""
        return tuple(part.payload for part in self.parts if isinstance(part, QrMark))


def _text(part: PaperPart) -> str:
    match part:
        case TextLine():
            return part.text
        case RasterMark():
            return f"▦{part.width}×{part.height}"
        case _:
            return ""
