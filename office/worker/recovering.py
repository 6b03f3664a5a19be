"""One station's part in the office's recovery: asked for its copy of the former log, message by message."""

from __future__ import annotations

import logging

from office.books.models import DownEntry, Station
from office.home import home
from office.services.parts import Parts
from office.services.recovering import merge
from sync.chain import Direction, first_hash
from sync.frame import FrameError, Want
from sync.identity import signed_by
from sync.tail import Gathered, Gathering, decode_tail

logger = logging.getLogger(__name__)
ASK_SECONDS = 3.0


class Recovering:
    """Owned by the worker's thread, one for a station that is not merged; it may be thrown away at any time."""

    def __init__(self, parts: Parts, station: str, former: int, frame_key: bytes) -> None:
        self._parts = parts
        self._station = station
        self._former = former
        self._frame_key = frame_key
        self._keys = [bytes.fromhex(key) for key in home().public_keys().values()]
        self._gathering = self._from_what_is_held()
        self._ask_at = 0.0

    def wish(self, now: float) -> Want | None:
        """Return what to ask now, if anything."""
        if now < self._ask_at:
            return None
        self._ask_at = now + ASK_SECONDS
        return self._gathering.want

    def take(self, data: bytes) -> str:
        """Take a part of the station's copy; when it is whole it is merged. Return why not, empty if it was taken."""
        try:
            tail = decode_tail(data, self._station, Direction.DOWN, self._by_station)
        except FrameError as error:
            return error.code
        course = self._gathering.take(tail, self._by_us)
        self._ask_at = 0.0
        if course is Gathered.FOREIGN:  # what was written after the restore, before anybody knew, is not what it holds
            self._gathering = Gathering(self._station, Direction.DOWN, self._former, 0, self._first())
            return "frame.tail"
        if course is Gathered.WHOLE:
            merge(self._parts, self._station, self._gathering.entries)
        return ""

    def _from_what_is_held(self) -> Gathering:
        rows = DownEntry.objects.filter(station=self._station, epoch=self._former).order_by("-number")
        last = rows.values_list("number", "hash").first()
        number, hash_ = (0, self._first()) if last is None else (last[0], bytes(last[1]))
        return Gathering(self._station, Direction.DOWN, self._former, number, hash_)

    def _first(self) -> bytes:
        return first_hash(Direction.DOWN, self._station, self._former)

    def _by_station(self, message: bytes, signature: bytes) -> bool:
        return signed_by(self._frame_key, message, signature)

    def _by_us(self, message: bytes, signature: bytes) -> bool:
        return any(signed_by(key, message, signature) for key in self._keys)


def recovering_of(parts: Parts, row: Station) -> Recovering | None:
    """Return what is to be asked of a station, ``None`` if nothing is missing of it."""
    return Recovering(parts, row.pk, row.unmerged, bytes.fromhex(row.frame_key)) if row.unmerged else None
