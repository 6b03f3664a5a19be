"""Colours: warm paper, cinnabar, ink, jade and amber by day; for weak eyes white and yellow on black. Pure.

Whatever is drawn takes its colour from a ``Palette``; a colour written anywhere else would be wrong in the other one.
"""

from __future__ import annotations

from collections.abc import Mapping
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
    """All colours of the screen, and the pairs of them that carry words.

    The names say what a colour is by day: ``cinnabar`` is what matters most, ``blush`` the pale ground that belongs
    to it, and in high contrast the first is yellow and the second nearly black.
    """

    paper: str  # the wall behind everything
    card: str  # cards and tiles
    shade: str  # the soft lower edge of a card, thin lines
    outline: str  # edge of a lifted card that has no other; empty where its ground tells it apart
    line: str  # edges: at least 3:1 on paper
    gold: str  # ornament only, never words
    ink: str
    soft_ink: str
    cinnabar: str
    deep_cinnabar: str  # words on blush
    blush: str
    jade: str
    mint: str
    amber: str
    cream: str
    on_strong: str  # words and marks on cinnabar and jade
    plate: str  # behind pictures of goods, which are made for a pale ground
    on_plate: str
    veil: str
    focus: str  # the ring around what a finger is on
    beam: str  # the light of the drawn scanner
    lamp: str
    buttons: Mapping[Tone, Face]
    bands: Mapping[Tone, Face]  # messages laid on the page
    disabled: Face

    def body_pairs(self) -> tuple[tuple[str, str], ...]:
        """Words and ground of everything that is read: at least 7:1."""
        return (
            *((words, ground) for words in (self.ink, self.soft_ink) for ground in (self.paper, self.card, self.blush)),
            *((words, self.card) for words in (self.cinnabar, self.jade, self.amber)),
            (self.cinnabar, self.paper),
            (self.deep_cinnabar, self.blush),
            *((face.words, face.ground) for face in self.bands.values()),
        )

    def button_pairs(self) -> tuple[tuple[str, str], ...]:
        """Words and ground of buttons, also under a finger, and of marks: at least 4.5:1."""
        return (
            *((face.words, ground) for face in self.buttons.values() for ground in (face.ground, face.pressed)),
            (self.disabled.words, self.disabled.ground),
            (self.on_strong, self.cinnabar),
            (self.on_strong, self.jade),
        )

    def edge_pairs(self) -> tuple[tuple[str, str], ...]:
        """Edges that show where a target is, and signs, on what lies around them: at least 3:1 (WCAG 1.4.11)."""
        return (
            *((face.edge, ground) for face in self.buttons.values() for ground in (self.paper, self.card)),
            *((face.edge, face.ground) for face in self.bands.values()),
            (self.disabled.edge, self.paper),
            (self.line, self.paper),
            (self.focus, self.paper),
            (self.cinnabar, self.blush),  # signs; words on blush are deep_cinnabar
            *([(self.outline, self.paper)] if self.outline else []),
        )


LIGHT = Palette(
    paper="#FBF5EA",
    card="#FFFDF9",
    shade="#EADFCB",
    outline="",
    line="#8A7A66",
    gold="#C79A5B",
    ink="#1F1A17",
    soft_ink="#4A4038",
    cinnabar="#A50000",
    deep_cinnabar="#7A0000",
    blush="#F8E3DC",
    jade="#155B40",
    mint="#DFF0E5",
    amber="#7A4300",
    cream="#FCEBC6",
    on_strong="#FFFFFF",
    plate="#F6EDDF",
    on_plate="#C79A5B",
    veil="#1F1A17",
    focus="#1F1A17",
    beam="#FF6A55",
    lamp="#7FD6A8",
    buttons={
        Tone.PRIMARY: Face(ground="#A50000", pressed="#740000", words="#FFFFFF", edge="#740000"),
        Tone.PLAIN: Face(ground="#FFFDF9", pressed="#F0DCC4", words="#1F1A17", edge="#8A7A66"),
        Tone.QUIET: Face(ground="#F3EADB", pressed="#DFCDB2", words="#1F1A17", edge="#8A7A66"),
        Tone.GOOD: Face(ground="#155B40", pressed="#0C3D2A", words="#FFFFFF", edge="#0C3D2A"),
        Tone.WARNING: Face(ground="#7A4300", pressed="#552F00", words="#FFFFFF", edge="#552F00"),
        Tone.TROUBLE: Face(ground="#A50000", pressed="#740000", words="#FFFFFF", edge="#740000"),
    },
    bands={
        Tone.PRIMARY: Face(ground="#F8E3DC", pressed="#F8E3DC", words="#7A0000", edge="#A50000"),
        Tone.PLAIN: Face(ground="#F3EADB", pressed="#F3EADB", words="#1F1A17", edge="#8A7A66"),
        Tone.QUIET: Face(ground="#F3EADB", pressed="#F3EADB", words="#4A4038", edge="#8A7A66"),
        Tone.GOOD: Face(ground="#DFF0E5", pressed="#DFF0E5", words="#0F4630", edge="#155B40"),
        Tone.WARNING: Face(ground="#FCEBC6", pressed="#FCEBC6", words="#5E3400", edge="#7A4300"),
        Tone.TROUBLE: Face(ground="#F8E3DC", pressed="#F8E3DC", words="#7A0000", edge="#A50000"),
    },
    disabled=Face(ground="#EEE7DB", pressed="#EEE7DB", words="#5C534A", edge="#8A7A66"),
)
"""By day."""

CONTRAST = Palette(
    paper="#000000",
    card="#121212",
    shade="#4A4A4A",
    outline="#B5B5B5",
    line="#C8C8C8",
    gold="#9A7B3F",
    ink="#FFFFFF",
    soft_ink="#E6E6E6",
    cinnabar="#FFD84D",
    deep_cinnabar="#FFE58A",
    blush="#2B2406",
    jade="#7FE0AC",
    mint="#07301D",
    amber="#FFC06B",
    cream="#332100",
    on_strong="#000000",
    plate="#FFF8E8",
    on_plate="#7A5A1E",
    veil="#000000",
    focus="#FFFFFF",
    beam="#FF8A78",
    lamp="#7FE0AC",
    buttons={
        Tone.PRIMARY: Face(ground="#FFD84D", pressed="#FFFFFF", words="#000000", edge="#FFF3C0"),
        Tone.PLAIN: Face(ground="#121212", pressed="#4A4A4A", words="#FFFFFF", edge="#FFFFFF"),
        Tone.QUIET: Face(ground="#262626", pressed="#565656", words="#FFFFFF", edge="#D0D0D0"),
        Tone.GOOD: Face(ground="#7FE0AC", pressed="#FFFFFF", words="#000000", edge="#D5F7E4"),
        Tone.WARNING: Face(ground="#FFC06B", pressed="#FFFFFF", words="#000000", edge="#FFE8CC"),
        Tone.TROUBLE: Face(ground="#FFA79B", pressed="#FFFFFF", words="#000000", edge="#FFDFDA"),
    },
    bands={
        Tone.PRIMARY: Face(ground="#2B2406", pressed="#2B2406", words="#FFE58A", edge="#FFD84D"),
        Tone.PLAIN: Face(ground="#262626", pressed="#262626", words="#FFFFFF", edge="#D0D0D0"),
        Tone.QUIET: Face(ground="#262626", pressed="#262626", words="#E6E6E6", edge="#D0D0D0"),
        Tone.GOOD: Face(ground="#07301D", pressed="#07301D", words="#D5F7E4", edge="#7FE0AC"),
        Tone.WARNING: Face(ground="#332100", pressed="#332100", words="#FFE0B0", edge="#FFC06B"),
        Tone.TROUBLE: Face(ground="#3A0E08", pressed="#3A0E08", words="#FFD9D3", edge="#FFA79B"),
    },
    disabled=Face(ground="#1E1E1E", pressed="#1E1E1E", words="#BDBDBD", edge="#8C8C8C"),
)
"""High contrast. Dark, because light scatters in a clouded lens: a white wall blinds more than it shows."""


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
