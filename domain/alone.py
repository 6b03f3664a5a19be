"""How long a station was without the office, and whether it goes on selling. Pure."""

from __future__ import annotations

from domain.calendar import UNKNOWN_DAY, day_of
from domain.rules import Rules

DAY_MS = 86_400_000
ABSURD_DAYS = 3 * 365  # nobody leaves a station alone for so long: a clock that says so has jumped


def alone_for(now_ms: int, heard_ms: int | None, opened_ms: int | None, rules: Rules, *, clock_ok: bool) -> int | None:
    """Return the full days without the office if they are more than the rules allow, else ``None``.

    Milliseconds since 1970 UTC by the station's clock: now, when the office was heard last, when this life was opened.
    While the clock is not known to be right, or an instant was noted by a clock that was plainly wrong, nobody is
    refused for it.
    """
    since = heard_ms if heard_ms is not None else opened_ms
    if not clock_ok or rules.offline_days_max == 0 or since is None or day_of(since) == UNKNOWN_DAY:
        return None
    days = (now_ms - since) // DAY_MS
    return days if rules.offline_days_max < days < ABSURD_DAYS else None
