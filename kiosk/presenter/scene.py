"""What the presenter needs beside the session."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from domain.calendar import china_time
from kiosk.flow.states import Times
from kiosk.texts import Texts

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True)
class Scene:
    """The station as every screen names it. ``pictures`` is the folder of the goods' pictures."""

    texts: Texts
    station: str
    pictures: Path
    times: Times = field(default_factory=Times)
    demo: bool = False
    id_cards: bool = False  # there is a reader for ID cards

    def picture(self, name: str | None) -> str:
        """Return the path of a picture, empty when it is not here (yet)."""
        path = self.pictures / name if name else None
        return str(path) if path is not None and path.is_file() else ""


@dataclass(frozen=True, slots=True)
class Instant:
    """When the view is made: the wall clock for people, the monotonic one for counting down."""

    wall_ms: int
    monotonic: float
    sure: bool = True  # the wall clock is known to be right

    def clock(self) -> str:
        """The time of day: ``10:24``."""
        return china_time(self.wall_ms).strftime("%H:%M")

    def date(self, texts: Texts) -> str:
        """The day: ``11月22日 星期日``."""
        now = china_time(self.wall_ms)
        return texts("date", month=now.month, day=now.day, weekday=texts(f"weekday.{WEEKDAYS[now.weekday()]}"))
