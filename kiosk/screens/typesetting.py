"""Choosing a size and lines for a text in a box: first the wanted size, then smaller ones of the closed scale. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kiosk.theme import Size, Theme, smaller
from kiosk.wrapping import wrap_well, wrap_zh

MeasureAt = Callable[[str, int], float]
"""Width in pixels of a text at a font size in pixels."""

ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Setting:
    """A text as it will stand: its size, its lines and how much room they take. ``shortened`` if words were lost."""

    size: Size
    lines: tuple[str, ...]
    width: int
    height: int
    shortened: bool = False


def typeset(
    theme: Theme, text: str, wanted: Size, room: tuple[int, int], measure: MeasureAt, least: Size = Size.SNUG
) -> Setting:
    """The largest setting, from ``wanted`` down to ``least``, that fits ``room`` (width, height in pixels).

    A text too long even so is set as a note, and if that does not help, shortened with an ellipsis: it never runs over
    its box. Where not even one line fits, nothing is set.
    """
    size: Size | None = wanted
    while size is not None:
        setting = set_at(theme, text, size, room[0], measure)
        if setting.height <= room[1] and setting.width <= room[0]:
            return setting
        size = smaller(size, least)
    if least is not Size.NOTE:
        return typeset(theme, text, Size.NOTE, room, measure, Size.NOTE)
    return _shorten(theme, text, Size.NOTE, room, measure)


def set_at(theme: Theme, text: str, size: Size, width: int, measure: MeasureAt) -> Setting:
    """The setting at exactly this size in this width, however high it gets."""
    font = theme.font(size)

    def at_this_size(part: str) -> float:
        return measure(part, font)

    lines = tuple(wrap_well(text, width, at_this_size)) if text else ()
    widest = max((int(at_this_size(line)) for line in lines), default=0)
    return Setting(size, lines, widest, theme.lines(size, len(lines)))


def _shorten(theme: Theme, text: str, size: Size, room: tuple[int, int], measure: MeasureAt) -> Setting:
    if room[1] < theme.first_line(size) or measure(ELLIPSIS, theme.font(size)) > room[0]:
        return Setting(size, (), 0, 0, shortened=True)
    count = 1 + (room[1] - theme.first_line(size)) // theme.next_line(size)
    full = wrap_zh(text, room[0], lambda part: measure(part, theme.font(size)))
    last = full[min(count, len(full)) - 1]
    while last and measure(last + ELLIPSIS, theme.font(size)) > room[0]:
        last = last[:-1]
    lines = (*full[: count - 1], last + ELLIPSIS)
    widest = max(int(measure(line, theme.font(size))) for line in lines)
    return Setting(size, lines, widest, theme.lines(size, len(lines)), shortened=True)
