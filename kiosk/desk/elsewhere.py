"""Points that lie elsewhere: what the office said of them, and asking it once a day (docs/decisions/0028)."""

from __future__ import annotations

from domain.calendar import UNKNOWN_DAY, china_time, day_of
from domain.ids import ResidentId, VisitId
from kiosk.desk.mine_answers import ElsewhereTold
from kiosk.desk.parts import DeskParts


def elsewhere(parts: DeskParts, visit: VisitId, resident: ResidentId, *, ask: bool) -> ElsewhereTold | None:
    """Return what the office said last, if nothing moved since; ``ask``: have it asked if that was not today.

    A clock that is not known to be right knows no today, and asks.
    """
    journal = parts.journal
    with journal.reading():
        told, today = journal.elsewhere.get(resident), parts.desk(parts.stamp()).today
        connected = journal.office.seen().connected
    fresh = told is not None and today != UNKNOWN_DAY and day_of(told.at) == today
    if ask and connected and not fresh:
        with journal.transaction("ask_elsewhere"):
            journal.elsewhere.ask(visit, resident)
    return None if told is None else ElsewhereTold(told.points, china_time(told.at).date().isoformat(), fresh)
