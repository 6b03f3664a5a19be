"""What a station tells whoever passes by: the document ``board``. Opening hours, notices, a service, the screen's rest.

Days are calendar days of China and times are minutes since its midnight. What is not stated is not shown.
"""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import msgspec

DOCUMENT = "board"
DAY_MINUTES = 24 * 60
SPANS_MAX = 3  # of one day: what fits on one line
SPECIALS_MAX = 30
NOTICES_MAX = 6
TITLE_MAX = 12  # characters: a line of the first screen
REASON_MAX = 6  # why it is closed: beside the day of the next opening
TEXT_MAX = 32  # three of its lines
FEATURED_MAX = 22  # two, under the name


class Span(msgspec.Struct, frozen=True, forbid_unknown_fields=True, array_like=True):
    """From one minute of a day until another, which no longer belongs to it."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < DAY_MINUTES or not 0 < self.end <= DAY_MINUTES or self.start == self.end:
            raise ValueError("a span goes from minute 0-1439 to another one, at most 1440")

    def holds(self, minute: int) -> bool:
        """Whether a minute of the day lies in it; a span that ends before it begins goes on after midnight."""
        if self.start < self.end:
            return self.start <= minute < self.end
        return minute >= self.start or minute < self.end


class Special(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Days whose hours differ from the week's: none of them means closed. ``name`` is what for."""

    first: dt.date
    last: dt.date
    hours: tuple[Span, ...] = ()
    name: str = ""

    def __post_init__(self) -> None:
        _check_hours(self.hours)
        _check_days(self.first, self.last)
        _check_line(self.name, REASON_MAX)


class Notice(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Something to be known, for some days or until it is taken off."""

    title: str
    text: str
    first: dt.date | None = None
    last: dt.date | None = None

    def __post_init__(self) -> None:
        _check_line(self.title, TITLE_MAX, least=1)
        _check_line(self.text, TEXT_MAX, least=1)
        _check_days(self.first or dt.date.min, self.last or dt.date.max)

    def is_on(self, day: dt.date) -> bool:
        """Whether it hangs on that day."""
        return (self.first or day) <= day <= (self.last or day)


class Featured(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What this station has and others have not."""

    name: str
    line: str = ""

    def __post_init__(self) -> None:
        _check_line(self.name, TITLE_MAX, least=1)
        _check_line(self.line, FEATURED_MAX)


class Board(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One version of the board. ``week`` has the hours of seven days from Monday on, or is empty: not known.

    ``dim`` and ``off`` are the times of day at which an unused screen is darker than usual, and black.
    """

    version: int = 0  # 0: none has come
    week: tuple[tuple[Span, ...], ...] = ()
    specials: tuple[Special, ...] = ()
    notices: tuple[Notice, ...] = ()
    featured: Featured | None = None
    dim: tuple[Span, ...] = ()
    off: tuple[Span, ...] = ()

    def __post_init__(self) -> None:
        if not 0 <= self.version <= 999_999_999:
            raise ValueError("a version is 0-999999999")
        if len(self.week) not in (0, 7):
            raise ValueError("a week has seven days, or none is stated")
        for hours in self.week:
            _check_hours(hours)
        if len(self.specials) > SPECIALS_MAX or len(self.notices) > NOTICES_MAX:
            raise ValueError(f"at most {SPECIALS_MAX} special days and {NOTICES_MAX} notices")
        if len(self.dim) > SPANS_MAX or len(self.off) > SPANS_MAX:
            raise ValueError(f"at most {SPANS_MAX} times of day")

    def special_on(self, day: dt.date) -> Special | None:
        """Return what is special about a day: the first that names it."""
        return next((one for one in self.specials if one.first <= day <= one.last), None)

    def hours_on(self, day: dt.date) -> tuple[Span, ...] | None:
        """Return the hours of a day, empty if it is closed; ``None`` if nobody said."""
        special = self.special_on(day)
        if special is not None:
            return special.hours
        return self.week[day.weekday()] if self.week else None

    def notices_on(self, day: dt.date) -> tuple[Notice, ...]:
        """Return what hangs on a day, in the office's order."""
        return tuple(notice for notice in self.notices if notice.is_on(day))


def decode_board(data: bytes) -> Board:
    """Return the board of a JSON document. Raises ``ValueError`` that names the first fault."""
    try:
        return msgspec.json.decode(data, type=Board)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ValueError(f"not a board: {error}") from error


def _check_hours(hours: tuple[Span, ...]) -> None:
    if len(hours) > SPANS_MAX or any(span.start > span.end for span in hours):
        raise ValueError(f"a day has at most {SPANS_MAX} spans, each within the day")
    if any(one.end >= other.start for one, other in pairwise(hours)):
        raise ValueError("the spans of a day follow each other with a break between")


def _check_days(first: dt.date, last: dt.date) -> None:
    if last < first:
        raise ValueError(f"the last day {last} comes before the first {first}")


def _check_line(text: str, most: int, least: int = 0) -> None:
    if not least <= len(text) <= most or not text.isprintable() or text != text.strip():
        raise ValueError(f"{text!r}: one line of {least}-{most} characters")
