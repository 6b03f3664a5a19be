"""Colours: warm paper, cinnabar, ink, jade and amber, and the pairs of them that carry words. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.views import Tone

Rgba = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Face:
    """How a thing of one tone looks: its ground, the ground under a finger, its words and its edge (``#RRGGBB``)."""

    ground: str
    pressed: str
    words: str
    edge: str


@dataclass(frozen=True, slots=True)
class Palette:
    """All colours of the screen."""

    paper: str = "#FBF5EA"  # the wall behind everything
    card: str = "#FFFDF9"  # cards and tiles
    shade: str = "#EADFCB"  # the soft lower edge of a card
    line: str = "#8A7A66"  # edges: at least 3:1 on paper
    gold: str = "#C79A5B"  # ornament only, never words
    ink: str = "#1F1A17"
    soft_ink: str = "#4A4038"
    cinnabar: str = "#A50000"
    blush: str = "#F8E3DC"
    jade: str = "#155B40"
    mint: str = "#DFF0E5"
    amber: str = "#7A4300"
    cream: str = "#FCEBC6"
    veil: str = "#1F1A17"


PALETTE = Palette()

DISABLED = Face(ground="#EEE7DB", pressed="#EEE7DB", words="#5C534A", edge="#8A7A66")

BUTTONS: dict[Tone, Face] = {
    Tone.PRIMARY: Face(ground="#A50000", pressed="#740000", words="#FFFFFF", edge="#740000"),
    Tone.PLAIN: Face(ground="#FFFDF9", pressed="#F0DCC4", words="#1F1A17", edge="#8A7A66"),
    Tone.QUIET: Face(ground="#F3EADB", pressed="#DFCDB2", words="#1F1A17", edge="#8A7A66"),
    Tone.GOOD: Face(ground="#155B40", pressed="#0C3D2A", words="#FFFFFF", edge="#0C3D2A"),
    Tone.WARNING: Face(ground="#7A4300", pressed="#552F00", words="#FFFFFF", edge="#552F00"),
    Tone.TROUBLE: Face(ground="#A50000", pressed="#740000", words="#FFFFFF", edge="#740000"),
}
"""Buttons by tone."""

BANDS: dict[Tone, Face] = {
    Tone.PRIMARY: Face(ground="#F8E3DC", pressed="#F8E3DC", words="#7A0000", edge="#A50000"),
    Tone.PLAIN: Face(ground="#F3EADB", pressed="#F3EADB", words="#1F1A17", edge="#8A7A66"),
    Tone.QUIET: Face(ground="#F3EADB", pressed="#F3EADB", words="#4A4038", edge="#8A7A66"),
    Tone.GOOD: Face(ground="#DFF0E5", pressed="#DFF0E5", words="#0F4630", edge="#155B40"),
    Tone.WARNING: Face(ground="#FCEBC6", pressed="#FCEBC6", words="#5E3400", edge="#7A4300"),
    Tone.TROUBLE: Face(ground="#F8E3DC", pressed="#F8E3DC", words="#7A0000", edge="#A50000"),
}
"""Messages laid on the page, by tone: pale ground, dark words."""

BODY_PAIRS: tuple[tuple[str, str], ...] = (
    *((words, ground) for words in (PALETTE.ink, PALETTE.soft_ink) for ground in (PALETTE.paper, PALETTE.card)),
    *((words, PALETTE.card) for words in (PALETTE.cinnabar, PALETTE.jade, PALETTE.amber)),
    (PALETTE.cinnabar, PALETTE.paper),
    *((face.words, face.ground) for face in BANDS.values()),
)
"""Words and ground of everything that is read: at least 7:1."""

BUTTON_PAIRS: tuple[tuple[str, str], ...] = (
    *((face.words, ground) for face in BUTTONS.values() for ground in (face.ground, face.pressed)),
    (DISABLED.words, DISABLED.ground),
)
"""Words and ground of buttons, also under a finger: at least 4.5:1."""

EDGE_PAIRS: tuple[tuple[str, str], ...] = (
    *((face.edge, PALETTE.paper) for face in BUTTONS.values()),
    *((face.edge, PALETTE.card) for face in BUTTONS.values()),
    (DISABLED.edge, PALETTE.paper),
)
"""Edges that show where a target is, on what lies around it: at least 3:1 (WCAG 1.4.11)."""


def rgba(colour: str, alpha: float = 1.0) -> Rgba:
    """``#RRGGBB`` as four numbers from 0 to 1."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue, alpha


def contrast(one: str, other: str) -> float:
    """Contrast of two colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    """Relative luminance of a colour, 0 to 1 (WCAG 2.2)."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in rgba(colour)[:3]
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
