"""Days as numbers. China keeps one time zone (UTC+8) and no summer time, so no time-zone data is needed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

from domain.ids import Day

CHINA = timezone(timedelta(hours=8), "CST")
FIRST_DAY = date(2020, 1, 1)
UNKNOWN_DAY = Day(0)


def day_of(at_ms: int) -> Day:
    """Return the day in China of an instant in milliseconds since 1970 UTC; ``UNKNOWN_DAY`` before 2020-01-02."""
    days = (china_time(at_ms).date() - FIRST_DAY).days
    return Day(days) if 0 < days < 2**16 else UNKNOWN_DAY


def date_of(day: Day) -> date | None:
    """Return the calendar date, ``None`` for the unknown day."""
    return None if day == UNKNOWN_DAY else FIRST_DAY + timedelta(days=day)


def china_time(at_ms: int) -> datetime:
    """Return the wall clock of China at an instant in milliseconds since 1970 UTC."""
    return datetime.fromtimestamp(at_ms / 1000, UTC).astimezone(CHINA)
