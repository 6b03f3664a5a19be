"""Room: no text cut, outside or laid over something; targets large enough, apart, and on the glass. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from kiosk.audit.finding import Finding, Rule
from kiosk.audit.seen import Seen, SeenText
from kiosk.screens.box import Box
from kiosk.theme import CAPITALS_MM, GAP_MM, TARGET_MM, Size
from kiosk.views import StaffView

READ_MM = CAPITALS_MM[Size.SNUG][0]  # a resident reads nothing smaller, in any look
ROUNDING_PX = 0.5


def measure_room(seen: Seen) -> Iterator[Finding]:
    """Every fault of room on a screen."""
    for text in seen.texts:
        yield from _cut(seen, text)
        yield from _outside(seen, text)
        yield from _small(seen, text)
    yield from _overlaps(seen)
    yield from _targets(seen)


def apart(one: Box, other: Box) -> int:
    """Distance of two boxes in pixels; negative where they overlap."""
    return max(one.x - other.right, other.x - one.right, one.y - other.top, other.y - one.top)


def _cut(seen: Seen, text: SeenText) -> Iterator[Finding]:
    if text.ink.width > text.box.width or text.ink.height > text.box.height:
        measured = f"{text.ink.width}×{text.ink.height} px"
        wanted = f"≤ {text.box.width}×{text.box.height} px"
        yield Finding(Rule.TEXT_CUT, seen.name, text.words, measured, wanted)
    elif text.shortened or _solid("".join(text.lines)) != _solid(text.words):
        yield Finding(Rule.TEXT_CUT, seen.name, text.words, f"shows {''.join(text.lines)!r}", "all of it")


def _solid(words: str) -> str:
    return "".join(words.split())


def _outside(seen: Seen, text: SeenText) -> Iterator[Finding]:
    home, wanted = Box(0, 0, seen.width, seen.height), "on the glass"
    if text.inside is not None:
        home, wanted = seen.targets[text.inside].box, "on its button"
    ink = text.ink
    over = max(home.x - ink.x, home.y - ink.y, ink.right - home.right, ink.top - home.top)
    if over > 0:
        yield Finding(Rule.TEXT_OUTSIDE, seen.name, text.words, f"{seen.mm(over):.1f} mm over", wanted)


def _small(seen: Seen, text: SeenText) -> Iterator[Finding]:
    body, frame = seen.view.body, seen.view.frame
    # What nobody has to read: station and date on the wall, the notice below, the code of a trouble. Staff see well.
    notes = {frame.station, frame.date, frame.notice, getattr(body, "code", "")}
    if isinstance(body, StaffView) or text.words in notes:
        return
    if text.capital_mm < READ_MM - 1e-6:
        yield Finding(Rule.TEXT_SMALL, seen.name, text.words, f"{text.capital_mm:.1f} mm", f"capitals ≥ {READ_MM} mm")


def _overlaps(seen: Seen) -> Iterator[Finding]:
    for one, other in combinations(seen.texts, 2):
        if apart(one.ink, other.ink) < 0:
            yield Finding(Rule.TEXT_OVERLAPS, seen.name, one.words, f"lies on {other.words!r}", "room of its own")
    for text in seen.texts:
        for at, target in enumerate(seen.targets):
            if at != text.inside and apart(text.ink, target.box) < 0:
                yield Finding(Rule.TEXT_OVERLAPS, seen.name, text.words, f"lies under {target.label!r}", "clear of it")


def _targets(seen: Seen) -> Iterator[Finding]:
    for target in seen.targets:
        box = target.box
        wide, high = (seen.mm(side + ROUNDING_PX) for side in (box.width, box.height))
        if min(wide, high) < TARGET_MM:
            measured = f"{wide:.1f}×{high:.1f} mm"
            yield Finding(Rule.TARGET_SMALL, seen.name, target.label, measured, f"≥ {TARGET_MM:.0f} mm both ways")
        if min(box.x, box.y, seen.width - box.right, seen.height - box.top) < 0:
            yield Finding(Rule.TARGET_OUTSIDE, seen.name, target.label, f"at {box}", "on the glass")
    for one, other in combinations(seen.targets, 2):
        gap = seen.mm(apart(one.box, other.box) + ROUNDING_PX)
        if gap < GAP_MM:
            words = f"{one.label} | {other.label}"
            yield Finding(Rule.TARGETS_CLOSE, seen.name, words, f"{gap:.1f} mm apart", f"≥ {GAP_MM:.0f} mm")
