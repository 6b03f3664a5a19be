"""The rules of the community as data: the document ``rules``, edited at the office, in force at every station.

What is not stated has the default of this software. A number here is never repeated in code.
"""

from __future__ import annotations

import re
from enum import StrEnum

import msgspec

from domain.calendar import UNKNOWN_DAY, date_of
from domain.catalogue import Item, ItemClass
from domain.ids import Day, ItemId, ResidentId
from domain.joining import KEEP_DAYS_MAX
from domain.rights import RightKey

DOCUMENT = "rules"
LIMITS_MAX = 20
LIMIT_NAME_MAX = 14  # as the names of items: it fits the screen
_ID = re.compile(r"[a-z][a-z0-9-]{0,15}")


class Period(StrEnum):
    """How long an allowance counts, by the calendar of China."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    EVER = "ever"


class Limit(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """At most ``pieces`` a household and period, of these items, or of a whole class if none are named.

    ``name`` is what residents read when it is reached; without one, the item's name.
    """

    id: str
    pieces: int
    period: Period
    items: tuple[ItemId, ...] = ()
    kind: ItemClass | None = None
    name: str = ""

    def __post_init__(self) -> None:
        if not _ID.fullmatch(self.id) or not 1 <= self.pieces <= 1_000_000:
            raise ValueError(f"limit {self.id!r}: small letters, digits and hyphens, and 1-1000000 pieces")
        if bool(self.items) == (self.kind is not None):
            raise ValueError(f"limit {self.id}: either items or a class")
        if len(self.name) > LIMIT_NAME_MAX or not self.name.isprintable() or self.name != self.name.strip():
            raise ValueError(f"limit {self.id}: a name of at most {LIMIT_NAME_MAX} characters, or none")

    def covers(self, item: Item) -> bool:
        """Whether the item falls under this limit."""
        return item.id in self.items or item.kind is self.kind


class Rules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One version of the rules. Points unless said otherwise."""

    version: int = 0  # 0: none has come; these are the defaults
    home_cap: int = 3000  # of a resident's points lie at the home station, the rest at the office
    idle_days: int = 2  # points at another station, not spent for so long, are asked back
    wish_seconds: int = 20  # so long a resident is asked to wait for points that lie elsewhere
    offline_days_max: int = 30  # without the office for longer, nothing is sold; 0: never stops
    period_ahead_days: int = 31  # allowances of the next period are handed out so long before it begins
    expired_refund: bool = True  # what expired goes back to the resident
    unconfirmed_vouchers_a_day: int = 5  # of one issuer whose issue is not known at the place, honoured on one day
    unconfirmed_points_a_day: int = 500
    proxy_points: int = 300  # that one neighbour may spend for one resident in a period
    proxy_period: Period = Period.MONTH
    award_points_max: int = 200  # in one award
    notice: int = 1  # version of the notice that residents agree to before their first visit; 0: none is shown
    pin_above: int = 0  # more points in one redemption need the PIN of the card's holder; 0: never
    pin_tries: int = 5  # wrong ones in a row, then it is locked
    pin_lock_minutes: int = 30
    join_days: int = 30  # a request to join that nobody answered is forgotten after so long
    join_keep_days: int = 30  # so long what was typed for one is kept after it was answered
    join_waiting_max: int = 50  # requests that wait at one station; more are not taken
    limits: tuple[Limit, ...] = ()

    def __post_init__(self) -> None:
        numbers = (
            self.version, self.home_cap, self.idle_days, self.wish_seconds, self.offline_days_max,
            self.period_ahead_days, self.unconfirmed_vouchers_a_day, self.unconfirmed_points_a_day,
            self.proxy_points, self.award_points_max, self.notice, self.pin_above,
            self.join_days, self.join_keep_days, self.join_waiting_max,
        )  # fmt: skip
        if not all(0 <= number <= 10_000_000 for number in numbers):
            raise ValueError("a number of the rules is 0-10000000")
        if not (1 <= self.pin_tries <= 20 and 1 <= self.pin_lock_minutes <= 1440):
            raise ValueError("pin_tries is 1-20, pin_lock_minutes is 1-1440")
        if self.join_keep_days > KEEP_DAYS_MAX:
            raise ValueError(f"join_keep_days is at most {KEEP_DAYS_MAX}: the notice promises it")
        if len(self.limits) > LIMITS_MAX or len({limit.id for limit in self.limits}) != len(self.limits):
            raise ValueError(f"at most {LIMITS_MAX} limits, each with an id of its own")

    def needs_pin(self, points: int) -> bool:
        """Whether so many points in one redemption need a PIN."""
        return 0 < self.pin_above < points

    def limits_of(self, item: Item) -> tuple[Limit, ...]:
        """Return the limits that an item falls under."""
        return tuple(limit for limit in self.limits if limit.covers(item))


def decode_rules(data: bytes) -> Rules:
    """Return the rules of a JSON document. Raises ``ValueError`` that names the first fault."""
    try:
        return msgspec.json.decode(data, type=Rules)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ValueError(f"not rules: {error}") from error


def period_label(period: Period, day: Day) -> str | None:
    """Return the period of a day: ``2026-11``, ``2026-q4``, ``2026``, ``ever``; ``None`` if no day is known."""
    if period is Period.EVER:
        return "ever"
    date = date_of(day) if day != UNKNOWN_DAY else None
    if date is None:
        return None
    if period is Period.MONTH:
        return f"{date.year}-{date.month:02d}"
    return f"{date.year}-q{(date.month + 2) // 3}" if period is Period.QUARTER else f"{date.year}"


def limit_right(household: str, limit: str, label: str) -> RightKey:
    """The right to what is left of a household's allowance in a period, in pieces."""
    return RightKey(f"limit/{household}/{limit}/{label}")


def proxy_right(resident: ResidentId, proxy: ResidentId, label: str) -> RightKey:
    """The right to what a neighbour may still spend for a resident in a period, in points."""
    return RightKey(f"limit/{resident}/by-{proxy}/{label}")
