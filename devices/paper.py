"""What goes onto paper, before it is bytes: a short document of parts, the same for every printer."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Align(StrEnum):
    """Where a line stands on the paper."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Text:
    """One paragraph, broken into lines by the renderer. ``scale`` 1-4 multiplies width and height alike."""

    text: str
    align: Align = Align.LEFT
    scale: int = 1
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Pair:
    """A label at the left edge and its value at the right one: ``商品          东北大米``."""

    label: str
    value: str
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across the paper."""


@dataclass(frozen=True, slots=True)
class Feed:
    """Empty lines."""

    lines: int = 1


@dataclass(frozen=True, slots=True)
class Qr:
    """A QR code, drawn by the printer itself where it can, centred, error correction M.

    ``payload`` holds only ``0-9 A-Z :`` so that every scanner carries it. ``module_dots`` is the side of one module,
    made smaller where the code would not fit otherwise.
    """

    payload: str
    module_dots: int = 6


@dataclass(frozen=True, slots=True)
class Cut:
    """Feed past the blade and cut; on a printer without cutter, feed to the tear bar."""


Part = Text | Pair | Rule | Feed | Qr | Cut
Paper = tuple[Part, ...]
