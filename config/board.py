"""The board as people write it: what a station tells whoever passes by, and when its screen rests.

Its bounds are those of ``domain.board``, which decodes what is published; a test compares them.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Any

from pydantic import Field

from config.document import ONE_LINE, Document, Part, Problem, say

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
SPANS_MAX, SPECIALS_MAX, NOTICES_MAX = 3, 30, 6
TITLE_MAX, TEXT_MAX, FEATURED_MAX, REASON_MAX = 12, 32, 22, 6
_TIME = "(?:[01]?[0-9]|2[0-3]):[0-5][0-9]"
_SPAN = re.compile(rf"^({_TIME})-({_TIME}|24:00)$")
_FORM = say(form='a list of times of day such as "9:00-12:00", in quotes', example='["9:00-12:00", "14:00-17:00"]')

Times = tuple[Annotated[str, Field(pattern=_SPAN.pattern)], ...]


def _hours(day: str) -> Any:
    return Field(max_length=SPANS_MAX, strict=False, description=f"{day}; `[]` is closed.", json_schema_extra=_FORM)


class Hours(Part):
    """Opening hours of an ordinary week. Without this table the screen says nothing of hours."""

    mon: Times = _hours("Monday")
    tue: Times = _hours("Tuesday")
    wed: Times = _hours("Wednesday")
    thu: Times = _hours("Thursday")
    fri: Times = _hours("Friday")
    sat: Times = _hours("Saturday")
    sun: Times = _hours("Sunday")


def _day(description: str, *, optional: bool = True) -> Any:
    words = say(form="a day without quotes, as 2026-12-31", example="2026-12-31")
    if optional:
        return Field(default=None, description=description, json_schema_extra=words)
    return Field(alias="from", description=description, json_schema_extra=words)


class Special(Part):
    """A day, or some in a row, with other hours than the week's: a holiday, a stock-taking."""

    first: dt.date = _day("The first of these days.", optional=False)
    until: dt.date | None = _day("The last of them; absent: that one day.")
    hours: Times = Field(
        default=(),
        max_length=SPANS_MAX,
        strict=False,
        description="The hours of these days; `[]` is closed.",
        json_schema_extra=_FORM,
    )
    name: str = Field(
        default="",
        max_length=REASON_MAX,
        pattern=ONE_LINE,
        description="Why: 春节.",
        json_schema_extra=say(example='"春节"'),
    )


class Notice(Part):
    """Something to be known. Several take turns on the screen."""

    title: str = Field(
        min_length=1,
        max_length=TITLE_MAX,
        pattern=ONE_LINE,
        description="What it is about.",
        json_schema_extra=say(example='"免费量血压"'),
    )
    text: str = Field(
        min_length=1,
        max_length=TEXT_MAX,
        pattern=ONE_LINE,
        description="What, when and where, in few words.",
        json_schema_extra=say(example='"周三上午九点，社区医生来驿站"'),
    )
    first: dt.date | None = Field(
        default=None,
        alias="from",
        description="The first day on which it is shown; absent: at once.",
        json_schema_extra=say(form="a day without quotes, as 2026-12-01", example="2026-12-01"),
    )
    until: dt.date | None = _day("The last day on which it is shown; absent: until it is taken off.")


class Featured(Part):
    """What this station has and others have not; it takes turns with the notices."""

    name: str = Field(
        min_length=1,
        max_length=TITLE_MAX,
        pattern=ONE_LINE,
        description="The service.",
        json_schema_extra=say(example='"义剪理发"'),
    )
    line: str = Field(default="", max_length=FEATURED_MAX, pattern=ONE_LINE, description="One sentence on it.")


class Rest(Part):
    """When a screen that nobody uses is darker than by day. Times may go on after midnight."""

    dim: Times = Field(
        default=(),
        max_length=SPANS_MAX,
        strict=False,
        description="Dark, but still to be read from near.",
        json_schema_extra=say(form=str(_FORM["form"]), example='["18:00-8:00"]'),
    )
    off: Times = Field(
        default=(),
        max_length=SPANS_MAX,
        strict=False,
        description="Black; a touch or a card wakes it.",
        json_schema_extra=say(form=str(_FORM["form"]), example='["21:00-6:00"]'),
    )


class Board(Document):
    """The file `board.toml`."""

    hours: Hours | None = Field(default=None, description=str(Hours.__doc__))
    specials: tuple[Special, ...] = Field(
        alias="special", default=(), max_length=SPECIALS_MAX, strict=False, description=str(Special.__doc__)
    )
    notices: tuple[Notice, ...] = Field(
        alias="notice", default=(), max_length=NOTICES_MAX, strict=False, description=str(Notice.__doc__)
    )
    featured: Featured | None = Field(default=None, description=str(Featured.__doc__))
    screen: Rest = Field(default_factory=Rest, description=str(Rest.__doc__))

    @classmethod
    def problems(cls, data: Mapping[str, Any]) -> Iterable[Problem]:
        """The hours of a day follow each other; no last day comes before the first."""
        week = data.get("hours")
        for day in DAYS:
            yield from _in_order(("hours", day), week.get(day) if isinstance(week, dict) else None)
        for table in ("special", "notice"):
            rows = data.get(table)
            for index, row in enumerate(rows if isinstance(rows, list) else ()):
                if isinstance(row, dict):
                    yield from _in_order((table, index, "hours"), row.get("hours"))
                    yield from _last_after_first((table, index), row)
        rest = data.get("screen")
        for key in ("dim", "off"):
            yield from _some_time(("screen", key), rest.get(key) if isinstance(rest, dict) else None)

    def to_document(self) -> dict[str, Any]:
        """The plain values that are published, without their version: minutes of the day, days as ``2026-12-31``."""
        week = [] if self.hours is None else [_minutes(getattr(self.hours, day)) for day in DAYS]
        return {
            "week": week,
            "specials": [
                {
                    "first": one.first.isoformat(),
                    "last": (one.until or one.first).isoformat(),
                    "hours": _minutes(one.hours),
                    "name": one.name,
                }
                for one in self.specials
            ],
            "notices": [
                {"title": one.title, "text": one.text, "first": _text(one.first), "last": _text(one.until)}
                for one in self.notices
            ],
            "featured": None if self.featured is None else self.featured.model_dump(),
            "dim": _minutes(self.screen.dim),
            "off": _minutes(self.screen.off),
        }


def minutes_of(span: str) -> tuple[int, int]:
    """Return the minutes of the day of ``9:00-12:30``: (540, 750). Raises ``ValueError`` for anything else.

    Midnight as an end is that of the day's end, whichever way it is written.
    """
    found = _SPAN.match(span)
    if found is None:
        raise ValueError(f"{span!r} is no span")
    start, end = (int(hour) * 60 + int(minute) for hour, minute in (word.split(":") for word in found.groups()))
    return start, end or 24 * 60


def _minutes(spans: Times) -> list[list[int]]:
    return [list(minutes_of(span)) for span in spans]


def _text(day: dt.date | None) -> str | None:
    return None if day is None else day.isoformat()


def _read(spans: object) -> list[tuple[int, tuple[int, int]]]:
    """The spans that can be read, with their places; of the others the types complain."""
    rows = spans if isinstance(spans, list) else []
    return [(at, minutes_of(row)) for at, row in enumerate(rows) if isinstance(row, str) and _SPAN.match(row)]


def _in_order(path: tuple[str | int, ...], spans: object) -> Iterator[Problem]:
    before = -1
    for at, (start, end) in _read(spans):
        if start >= end:
            yield Problem((*path, at), "an end after its beginning", "Write the earlier time first.")
        elif start <= before:
            advice = "Join spans that touch, and write them in the order of the day."
            yield Problem((*path, at), "a span after the one before it, with a break between", advice)
        before = max(before, end)


def _some_time(path: tuple[str | int, ...], spans: object) -> Iterator[Problem]:
    for at, (start, end) in _read(spans):
        if start == end:
            yield Problem((*path, at), "an end that is not its beginning", 'For the whole day write "0:00-24:00".')


def _last_after_first(path: tuple[str | int, ...], row: Mapping[str, Any]) -> Iterator[Problem]:
    first, until = row.get("from"), row.get("until")
    if type(first) is dt.date and type(until) is dt.date and until < first:
        yield Problem((*path, "until"), f"{first} or later", "The last day does not come before the first.")
