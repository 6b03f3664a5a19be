"""Paper → lines that fit the printer. Pure. Widths are half-width cells: 48 on 80 mm, 32 on 58 mm."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from devices.cells import text_cells
from devices.drivers.printer.breaking import broken, cleaned
from devices.paper import Align, Cut, Feed, Pair, Paper, Qr, Rule, Text

_GAP_CELLS = 2  # at least this much between a label and its value
_RULE_CHAR = "─"
_RULE_STRETCH = 4


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text; ``right`` stands at the right edge of the same line. ``width`` and ``height`` scale 1-4."""

    text: str
    right: str = ""
    align: Align = Align.LEFT
    width: int = 1
    height: int = 1
    bold: bool = False


Block = Line | Feed | Qr | Cut


def laid_out(paper: Paper, columns: int) -> list[Block]:
    """The lines of a paper; feeds, QR codes and cuts pass through. Raises ``ValueError`` for a scale beyond 1-4."""
    return [block for part in paper for block in _blocks(part, columns)]


def _blocks(part: Text | Pair | Rule | Feed | Qr | Cut, columns: int) -> Iterator[Block]:
    match part:
        case Text():
            yield from _text(part, columns)
        case Pair():
            yield from _pair(part, columns)
        case Rule():
            # A few characters stretched sideways: the same thin line for a quarter of the bytes.
            yield Line(_RULE_CHAR * (columns // (2 * _RULE_STRETCH)), width=_RULE_STRETCH)
        case _:
            yield part


def _text(part: Text, columns: int) -> Iterator[Line]:
    if not 1 <= part.scale <= 4:
        raise ValueError(f"a scale of {part.scale} is not between 1 and 4")
    for paragraph in cleaned(part.text).split("\n"):
        for text in broken(paragraph, columns // part.scale):
            yield Line(text, align=part.align, width=part.scale, height=part.scale, bold=part.bold)


def _pair(part: Pair, columns: int) -> Iterator[Line]:
    label, value = (" ".join(cleaned(text).split("\n")).strip(" ") for text in (part.label, part.value))
    if text_cells(label) + _GAP_CELLS + text_cells(value) <= columns:
        yield Line(label, right=value, bold=part.bold)
        return
    if text_cells(label) <= columns // 3:  # the value wraps in its own column beside the label
        for text in broken(value, columns - text_cells(label) - _GAP_CELLS):
            yield Line(label, right=text, bold=part.bold)
            label = ""
        return
    for text in broken(label, columns):
        yield Line(text, bold=part.bold)
    for text in broken(value, columns - _GAP_CELLS):
        yield Line("", right=text, bold=part.bold)
