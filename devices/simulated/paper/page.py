"""The state of the printer while it prints: where it stands on the line, how it is set, what is on the paper so far."""

from __future__ import annotations

from collections.abc import Callable

from devices.cells import CELL_HEIGHT_DOTS, HALF_CELL_DOTS, LINE_PITCH_DOTS, char_cells
from devices.simulated.paper.parts import (
    Gap,
    Glyph,
    InterpretedPaper,
    PaperError,
    PaperPart,
    QrMark,
    RasterMark,
    TextLine,
)
from devices.simulated.paper.qr import QrStore

_LENGTH_DOTS_MAX = 640_000  # 80 m, the longest roll there is


class Page:
    """One roll of paper under the head; ``dots`` wide."""

    def __init__(
        self,
        *,
        dots: int,
        cutter: bool,
        on_fence: Callable[[], None] | None,
        on_pushing: Callable[[int], None] | None = None,
        alphanumeric: bool = True,
    ) -> None:
        self.papers: list[InterpretedPaper] = []
        self.qr = QrStore()
        self.alphanumeric = alphanumeric
        self._dots = dots
        self._cutter = cutter
        self._on_fence = on_fence
        self._on_pushing = on_pushing
        self._parts: list[PaperPart] = []
        self._length = 0
        self.chinese = True  # the models sold in China start so; it survives ESC @ on some, so it is left alone
        self.reset()

    def reset(self) -> None:
        """``ESC @``: settings back to power-on, and the line begun so far is dropped."""
        self.width = self.height = 1
        self.bold = False
        self.align = 0
        self._glyphs: list[Glyph] = []
        self._text = ""
        self._x = 0

    @property
    def mid_line(self) -> bool:
        """Whether something stands on the line already."""
        return self._x > 0

    @property
    def begun(self) -> bool:
        """Whether anything stands on the paper that is not finished."""
        return self.mid_line or bool(self._parts)

    def put(self, char: str) -> None:
        """One character at the present place and size."""
        wide = char_cells(char) * HALF_CELL_DOTS * self.width
        if self._x + wide > self._dots:
            raise PaperError(f"the line is wider than the paper at {char!r} after {self._text!r}")
        self._glyphs.append(Glyph(char, self._x, self.width, self.height, self.bold))
        self._text += char
        self._x += wide

    def move_to(self, dots: int) -> None:
        """``ESC $``: go on at so many dots from the left edge."""
        if not self._x <= dots < self._dots:
            raise PaperError(f"position {dots} lies over text or beyond the paper")
        if self.align:
            raise PaperError("a position on a line that is not left-aligned")
        self._text += " " * ((dots - self._x) // HALF_CELL_DOTS)
        self._x = dots

    def end_line(self) -> None:
        """Print the line and feed."""
        if not self._glyphs:
            self._add(Gap(LINE_PITCH_DOTS))
        else:
            shift = self._start(self._x)
            moved = (Glyph(g.char, g.x + shift, g.width, g.height, g.bold) for g in self._glyphs)
            self._add(TextLine(self._text, tuple(moved)))
            self._add(Gap(LINE_PITCH_DOTS - CELL_HEIGHT_DOTS))
        self._glyphs, self._text, self._x = [], "", 0

    def feed_lines(self, lines: int) -> None:
        """``ESC d``."""
        self._at_line_start("a feed")
        self._add(Gap(lines * LINE_PITCH_DOTS))

    def feed_dots(self, dots: int) -> None:
        """``ESC J``."""
        self._at_line_start("a feed")
        self._add(Gap(dots))

    def symbol(self, payload: str, level: int, modules: int, module_dots: int) -> None:
        """A QR code at the present alignment."""
        self._at_line_start("a QR code")
        side = modules * module_dots
        if side > self._dots:
            raise PaperError(f"a QR code of {side} dots on {self._dots}")
        self._add(QrMark(payload, level, modules, module_dots, self._start(side), self.alphanumeric))

    def raster(self, width: int, height: int, data: bytes) -> None:
        """Dots at the present alignment."""
        self._at_line_start("an image")
        if not 0 < width <= self._dots or not height:
            raise PaperError(f"an image of {width} by {height} dots on {self._dots}")
        self._add(RasterMark(width, height, data, self._start(width)))

    def cut(self) -> None:
        """End the paper with the blade."""
        if not self._cutter:
            raise PaperError("a cut on a printer without cutter")
        self._at_line_start("a cut")
        self._finish(cuts=1)

    def fence(self) -> None:
        """``GS r``: everything before it was processed."""
        self._at_line_start("a fence")
        if not self._cutter and self._parts:
            self._finish(cuts=0)
        if self._on_fence is not None:
            self._on_fence()

    def push(self, which: int) -> None:
        """``GS a``: which changes it tells of unasked; 0 for none."""
        if which and self._on_pushing is None:
            raise PaperError("unasked status bytes would be taken for answers")
        if self._on_pushing is not None:
            self._on_pushing(which)

    def _add(self, part: PaperPart) -> None:
        if not part.height:
            return
        self._length += part.height
        if self._length > _LENGTH_DOTS_MAX:
            raise PaperError("a paper longer than any roll")
        self._parts.append(part)

    def _finish(self, cuts: int) -> None:
        self.papers.append(InterpretedPaper(self._dots, tuple(self._parts), cuts))
        self._parts, self._length = [], 0

    def _start(self, width: int) -> int:
        room = self._dots - width
        return (0, room // 2, room)[self.align]

    def _at_line_start(self, what: str) -> None:
        if self.mid_line:
            raise PaperError(f"{what} in the middle of a line")
