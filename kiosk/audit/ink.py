"""Contrast as the eye gets it: the colours of the picture under every text, not those that were meant. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from PIL.Image import Image

from kiosk.audit.finding import Finding, Rule
from kiosk.audit.seen import Seen, SeenText
from kiosk.palette import contrast

BODY_LEAST, BUTTON_LEAST = 7.0, 4.5
GROUND_PART = 0.08
"""A colour that covers so much of a text's place is its ground; the shades along the edges of letters cover less."""

NEAR = 12
"""How far a channel may be off and it is still the same colour: blending rounds."""

INK_LEAST_PX = 12

Rgb = tuple[int, int, int]


def measure_ink(seen: Seen) -> Iterator[Finding]:
    """Texts that are too pale or not to be seen. Nothing is said without a picture."""
    if seen.picture is None:
        return
    for text in seen.texts:
        if not text.words.strip():
            continue
        least = BUTTON_LEAST if text.on_button else BODY_LEAST
        measured = contrast_in(seen.picture, text)
        if measured is None:
            yield Finding(Rule.TEXT_HIDDEN, seen.name, text.words, f"no {text.colour} in its place", "words to be seen")
        elif measured < least:
            yield Finding(Rule.TEXT_PALE, seen.name, text.words, f"{measured:.1f}:1", f"≥ {least:g}:1")


def contrast_in(picture: Image, text: SeenText) -> float | None:
    """The least contrast of a text with anything that lies under it; ``None`` where its words are not in the picture.

    ``picture`` is RGB, its first row the highest.
    """
    ink, high = text.ink, picture.height
    place = (max(0, ink.x), max(0, high - ink.top), min(picture.width, ink.right), min(high, high - ink.y))
    if place[0] >= place[2] or place[1] >= place[3]:
        return None
    found = picture.crop(place)
    area = found.width * found.height
    colours: list[tuple[int, Rgb]] = found.getcolors(area) or []  # type: ignore[assignment]
    wanted = _rgb(text.colour)
    words = [(count, colour) for count, colour in colours if _near(colour, wanted)]
    if sum(count for count, _ in words) < INK_LEAST_PX:
        return None
    others = [(count, colour) for count, colour in colours if not _near(colour, wanted)]
    if not others:
        return None  # a plain patch of the words' own colour
    grounds = [colour for count, colour in others if count >= area * GROUND_PART] or [max(others)[1]]
    seen = _hex(max(words)[1])
    return min(contrast(seen, _hex(ground)) for ground in grounds)


def _near(one: Rgb, other: Rgb) -> bool:
    return all(abs(a - b) <= NEAR for a, b in zip(one, other, strict=True))


def _rgb(colour: str) -> Rgb:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _hex(colour: Rgb) -> str:
    return "#{:02X}{:02X}{:02X}".format(*colour)
