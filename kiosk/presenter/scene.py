"""What the presenter needs beside the session."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
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
    voice: bool = True  # lines are spoken here
    languages: Mapping[str, Texts] = field(default_factory=dict)  # to choose from; empty: ``texts`` is the only one

    def speaking(self, language: str) -> Scene:
        """The same station in another language, if it is one to choose from."""
        return replace(self, texts=self.languages.get(language, self.texts))

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
        month, weekday = texts(f"month.{now.month}"), texts(f"weekday.{WEEKDAYS[now.weekday()]}")
        return texts("date", month=month, day=now.day, weekday=weekday)


def day(iso: str, texts: Texts) -> str:
    """``2026-12-23`` as people say it: ``12月23日``. Vouchers are valid for months: the year goes without saying."""
    _, month, number = iso.split("-")
    return texts("day", month=texts(f"month.{int(month)}"), day=int(number))
