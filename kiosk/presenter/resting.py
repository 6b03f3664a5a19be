"""What keeps a picture that stands for hours from burning in, and the hour by which it grows dark. Pure."""

from __future__ import annotations

from domain.calendar import china_time

STAY_SECONDS = 60
_PATH = ((0, 0), (1, 0), (1, 1), (0, 1), (-1, 1), (-1, 0), (-1, -1), (0, -1), (1, -1))


def shift_at(monotonic: float) -> tuple[int, int]:
    """Return how many steps right and up the picture lies at a second: another place every minute, on a small round."""
    return _PATH[int(monotonic // STAY_SECONDS) % len(_PATH)]


def minute_of(wall_ms: int) -> int:
    """Return the minute of the day in China."""
    now = china_time(wall_ms)
    return now.hour * 60 + now.minute
