from __future__ import annotations

from datetime import date

from domain.calendar import UNKNOWN_DAY, date_of, day_of
from domain.ids import Day


def test_a_day_begins_at_midnight_in_china() -> None:
    assert day_of(1_795_363_199_999) == Day(2517)  # 2026-11-22 23:59:59.999 +08:00
    assert day_of(1_795_363_200_000) == Day(2518)  # 2026-11-23 00:00 +08:00
    assert date_of(Day(2518)) == date(2026, 11, 23)


def test_a_clock_in_1970_knows_no_day() -> None:
    assert day_of(0) == UNKNOWN_DAY
    assert date_of(UNKNOWN_DAY) is None
