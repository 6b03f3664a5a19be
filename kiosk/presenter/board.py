"""What the office's board says at an instant: the hours of today, and one notice of several. Pure."""

from __future__ import annotations

import datetime as dt

from domain.board import Board
from domain.calendar import china_time
from kiosk.presenter.resting import minute_of
from kiosk.presenter.scene import WEEKDAYS, Instant, Scene
from kiosk.views import BoardPage

PAGE_SECONDS = 12  # long enough to read the longest notice twice
AHEAD_DAYS = 14  # so far is looked for the next opening; a week's closing ends within it


def is_open(board: Board, instant: Instant) -> bool:
    """Whether the station is open; a station that never said is."""
    hours = board.hours_on(_day(instant))
    return hours is None or any(span.holds(minute_of(instant.wall_ms)) for span in hours)


def hours_line(board: Board, scene: Scene, instant: Instant) -> str:
    """Return ``今天 9:00-17:00``, or when it opens again; empty where the board says no hours."""
    t, day, minute = scene.texts, _day(instant), minute_of(instant.wall_ms)
    hours = board.hours_on(day)
    if hours is None:
        return ""
    if not hours:
        special = board.special_on(day)
        why = special.name if special is not None else ""
        closed = t("hours.closed_for", why=why) if why else t("hours.closed")
        return closed + _again(board, day, scene)
    later = next((span.start for span in hours if span.start > minute), None)
    if is_open(board, instant):
        spans = [t("hours.span", start=clock(span.start), end=clock(span.end)) for span in hours]
        return t("hours.today", spans=t("hours.separator").join(spans))
    if later is not None:
        return t("hours.opens", clock=clock(later))
    return t("hours.over") + _again(board, day, scene)


def page_at(board: Board, scene: Scene, instant: Instant) -> BoardPage | None:
    """Return what stands on the board now: each notice and what is featured in turn, without any movement."""
    found = [(notice.title, notice.text, False) for notice in board.notices_on(_day(instant))]
    if board.featured is not None:
        named = "\n".join(filter(None, (board.featured.name, board.featured.line)))
        found.append((scene.texts("idle.featured"), named, True))
    if not found:
        return None
    place = int(instant.monotonic // PAGE_SECONDS) % len(found)
    title, text, featured = found[place]
    return BoardPage(title, text, featured, place, len(found))


def clock(minute: int) -> str:
    """Return a minute of the day as people write it: ``9:05``."""
    return f"{minute // 60}:{minute % 60:02d}"


def _again(board: Board, day: dt.date, scene: Scene) -> str:
    """When it opens next, as a second half of the sentence; nothing if that is not in sight."""
    t = scene.texts
    for ahead in range(1, AHEAD_DAYS + 1):
        following = day + dt.timedelta(days=ahead)
        if hours := board.hours_on(following):
            if ahead == 1:
                when = t("hours.tomorrow")
            elif ahead < 7:
                when = t(f"weekday.{WEEKDAYS[following.weekday()]}")
            else:
                when = t("hours.date", month=following.month, day=following.day)
            return t("hours.again", when=when, clock=clock(hours[0].start))
    return ""


def _day(instant: Instant) -> dt.date:
    return china_time(instant.wall_ms).date()
