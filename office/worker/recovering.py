"""One station's part in the office's recovery: asked for its copies of the former logs, message by message."""

from __future__ import annotations

import logging

from office.books.models import DownEntry, Station
from office.services.parts import Parts
from office.services.recovering import merge, recover, take_in
from office.worker.own import signed_by_us
from sync.chain import Direction, first_hash
from sync.frame import FrameError, Want
from sync.identity import signed_by
from sync.tail import Gathered, Gathering, decode_tail

logger = logging.getLogger(__name__)
ASK_SECONDS = 3.0


class Recovering:
    """Owned by the worker's thread, one for a station that is not merged; it may be thrown away at any time.

    Every life of the log from ``former`` on is asked for, up to the present one: a restore that this backup knows
    nothing of began some of them. Of the present one the station must hold nothing, or it is not new to it.
    """

    def __init__(self, parts: Parts, station: str, former: int, present: int, frame_key: bytes) -> None:
        self._parts = parts
        self._station = station
        self._present = present
        self._frame_key = frame_key
        self._gathering = self._from_what_is_held(former)
        self._ask_at = 0.0
        self._over = False

    def wish(self, now: float) -> Want | None:
        """Return what to ask now, if anything."""
        if self._over or now < self._ask_at:
            return None
        self._ask_at = now + ASK_SECONDS
        return self._gathering.want

    def take(self, data: bytes) -> str:
        """Take a part of the station's copies; when they are whole they are merged. Return why it was not taken."""
        try:
            tail = decode_tail(data, self._station, Direction.DOWN, self._by_station)
        except FrameError as error:
            return error.code
        if self._over or tail.epoch != self._gathering.epoch:
            return ""  # one that comes twice
        course = self._gathering.take(tail, signed_by_us)
        self._ask_at = 0.0
        if course is Gathered.FOREIGN:  # what was written after the restore, before anybody knew, is not what it holds
            self._gathering = self._from_the_first(tail.epoch)
            return "frame.tail"
        if course is Gathered.WHOLE:
            self._whole(tail.epoch, self._gathering.entries)
        return ""

    def _whole(self, epoch: int, entries: list[bytes]) -> None:
        if epoch < self._present:
            take_in(self._parts, self._station, epoch, entries)
            self._gathering = self._from_what_is_held(epoch + 1)
            return
        self._over = True
        if entries:
            logger.warning("office.recovering: %s knows epoch %d of an earlier restore", self._station, epoch)
            recover(self._parts, "站点还有更晚的记录")
        else:
            merge(self._parts, self._station)

    def _from_what_is_held(self, epoch: int) -> Gathering:
        rows = DownEntry.objects.filter(station=self._station, epoch=epoch).order_by("-number")
        last = None if epoch == self._present else rows.values_list("number", "hash").first()
        if last is None:
            return self._from_the_first(epoch)
        return Gathering(self._station, Direction.DOWN, epoch, last[0], bytes(last[1]))

    def _from_the_first(self, epoch: int) -> Gathering:
        return Gathering(self._station, Direction.DOWN, epoch, 0, first_hash(Direction.DOWN, self._station, epoch))

    def _by_station(self, message: bytes, signature: bytes) -> bool:
        return signed_by(self._frame_key, message, signature)


def recovering_of(parts: Parts, row: Station) -> Recovering | None:
    """Return what is to be asked of a station, ``None`` if nothing is missing of it."""
    if not row.unmerged:
        return None
    return Recovering(parts, row.pk, row.unmerged, row.down_epoch, bytes.fromhex(row.frame_key))
