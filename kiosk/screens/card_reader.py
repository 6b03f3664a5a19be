"""The drawings of the first screen: a card with a QR code before the scanner's beam, an ID card on its reader."""

from __future__ import annotations

import re

from kivy.uix.widget import Widget

from kiosk.palette import Palette
from kiosk.screens.box import Box
from kiosk.screens.pen import Pen
from kiosk.theme import Theme

# A made-up pattern with the three corner marks: it looks like a QR code and says nothing.
_PATTERN = (
    "1111111001111111",
    "1000001011000001",
    "1011101000011101",
    "1011101010011101",
    "1011101011011101",
    "1000001001000001",
    "1111111010111111",
    "0000000011000000",
    "1101101100101101",
    "0010010111010011",
    "1110111000101100",
    "0000000010110101",
    "1111111011001110",
    "1000001001110010",
    "1011101011010111",
    "1111111010101001",
)


class CardReaderDrawing(Widget):
    """Drawn once into its box."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(size_hint=(None, None))
        self.theme = theme
        self._drawn: Box | None = None

    def put(self, box: Box) -> None:
        """Draw as large as ``box`` allows."""
        if box == self._drawn:
            return
        self._drawn = box
        self.pos, self.size = (box.x, box.y), (box.width, box.height)
        self.canvas.clear()
        with self.canvas:
            pen = Pen(box, self.theme.palette.ink, self.theme.palette.card)
            _scanner(pen, self.theme.palette)
            _card(pen, self.theme.palette)


class IdCardDrawing(Widget):
    """The same for an ID card, which is laid flat."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(size_hint=(None, None))
        self.theme = theme
        self._drawn: Box | None = None

    def put(self, box: Box) -> None:
        """Draw as large as ``box`` allows."""
        if box == self._drawn:
            return
        self._drawn = box
        self.pos, self.size = (box.x, box.y), (box.width, box.height)
        self.canvas.clear()
        with self.canvas:
            pen = Pen(box, self.theme.palette.ink, self.theme.palette.card)
            _reader(pen, self.theme.palette)
            _id_card(pen, self.theme.palette)


def _reader(pen: Pen, colours: Palette) -> None:
    """A flat box that the card is laid on, and the waves that read it."""
    pen.ink(colours.soft_ink)
    pen.block(4, 0, 92, 20, 6)
    pen.ink(colours.ink)
    pen.block(10, 12, 80, 10, 4)
    pen.ink(colours.lamp)
    pen.disc(84, 6, 2.4)
    pen.ink(colours.cinnabar)
    for radius in (9, 16, 23):
        pen.arc(50, 18, radius, -42, 42, 3)


def _id_card(pen: Pen, colours: Palette) -> None:
    """A made-up card: a portrait and lines where words would be."""
    pen.ink(colours.shade)
    pen.block(13, 43, 74, 54, 5)
    pen.ink(colours.line)
    pen.block(12, 45, 76, 54, 5)
    pen.ink(colours.mint)
    pen.block(12.6, 45.6, 74.8, 52.8, 4.6)
    pen.ink(colours.soft_ink)
    for row in range(4):
        pen.block(19, 86 - row * 8.5, (20, 26, 23, 30)[row], 3.4, 1.7)
    pen.block(19, 51, 62, 3.4, 1.7)
    pen.ink(colours.card)
    pen.block(56, 60, 25, 32, 2)
    pen.ink(colours.soft_ink)
    pen.disc(68.5, 80, 6.5)
    pen.block(58.5, 60, 20, 13, 6)


def _scanner(pen: Pen, colours: Palette) -> None:
    pen.ink(colours.cinnabar, 0.10)
    pen.quad(44, 84, 56, 84, 84, 40, 16, 40)
    pen.ink(colours.cinnabar, 0.16)
    pen.quad(47, 84, 53, 84, 70, 40, 30, 40)
    pen.ink(colours.soft_ink)
    pen.block(28, 82, 44, 16, 4)
    pen.ink(colours.ink)
    pen.block(38, 82, 24, 6, 2)
    pen.ink(colours.beam)
    pen.block(42, 83.5, 16, 2.4, 1.2)
    pen.ink(colours.lamp)
    pen.disc(65, 91, 2)


def _card(pen: Pen, colours: Palette) -> None:
    pen.ink(colours.shade)
    pen.block(13, 0, 74, 56, 5)
    pen.ink(colours.line)
    pen.block(12, 2, 76, 56, 5)
    pen.ink(colours.card)
    pen.block(12.6, 2.6, 74.8, 54.8, 4.6)
    pen.ink(colours.cinnabar)
    pen.block(12.6, 47.4, 74.8, 10, 4.6)
    pen.block(12.6, 47.4, 74.8, 5)
    pen.ink(colours.gold)
    for row in range(3):
        pen.block(18, 37 - row * 9, (24, 18, 21)[row], 3.2, 1.6)
    _code(pen, colours.ink, left=49, top=43, cell=2.2)
    pen.ink(colours.cinnabar)
    pen.block(44, 26, 46, 0.9)


def _code(pen: Pen, colour: str, *, left: float, top: float, cell: float) -> None:
    pen.ink(colour)
    pen.cells(
        (left + run.start() * cell, top - (row + 1) * cell, (run.end() - run.start()) * cell, cell)
        for row, cells in enumerate(_PATTERN)
        for run in re.finditer("1+", cells)
    )
