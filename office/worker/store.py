"""The books as one end of the link: own log = what the office wrote to a station, peer log = what it sent."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime

from django.db import transaction

from domain.facts import EntryParked
from domain.ids import Epoch
from office.books.models import Alarm, DownEntry, Station, UpEntry
from office.books.models.stations import ENDED, TAKES
from office.rules.ending import lives_on
from office.services.down import append_to, lock
from office.services.fates import refund_rest
from office.services.giving_back import give_back
from office.services.lives import end_present
from office.services.parts import Parts
from office.worker.effects import Effects, Read
from office.worker.keeping import keep
from office.worker.lives import PRESENT, answer_tail, begin_next, go_on
from sync.chain import Direction, first_hash, next_hash
from sync.fault_points import point
from sync.frame import Private, SignedHead, Want
from sync.store import AlarmCode, Position, Written
from sync.tail import wanted_tail

logger = logging.getLogger(__name__)
_FORGOTTEN = (AlarmCode.WENT_BACK, AlarmCode.OWN_FORK)


class DjangoStore:
    """Implements ``sync.store.LogStore`` for one station. Every transaction begins by locking the station's row."""

    def __init__(self, parts: Parts, station: str) -> None:
        self._parts = parts
        self._station = self.station = station
        self._row = Station()
        self._changed: set[str] = set()
        self.tails: list[bytes] = []  # to be published
        self.at: datetime | None = None  # when the frame that is being taken came
        self.wishes: list[Want] = []
        self.answers: list[Want] = []  # to asks, which are not logged either
        self.spent: set[str] = set()  # points that moved: their home may be topped up
        self.errands = False  # whether a frame left any

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """See ``LogStore``."""
        with transaction.atomic():
            self._row, self._changed = lock(self._station), set()
            if self.at is not None:
                self._set(heard_at=self.at, connected=True)
            point("worker.locked")
            yield
            if self._changed:
                self._row.save(update_fields=sorted(self._changed))
            point("worker.before_commit")
        point("worker.after_commit")

    def own_head(self) -> Position:
        """See ``LogStore``. To a station that is not merged nothing goes down, as if nothing had been written."""
        if self._row.unmerged:
            return Position(self._row.down_epoch, 0, first_hash(Direction.DOWN, self._station, self._row.down_epoch))
        return Position(self._row.down_epoch, self._row.down_last, bytes(self._row.down_hash))

    def own_hash(self, number: int) -> bytes | None:
        """See ``LogStore``."""
        row = self._row
        if number == row.down_last:
            return bytes(row.down_hash)
        if number == 0:
            return first_hash(Direction.DOWN, row.pk, row.down_epoch)
        found = DownEntry.objects.filter(station=row, epoch=row.down_epoch, number=number)
        hash_ = found.values_list("hash", flat=True).first()
        return None if hash_ is None else bytes(hash_)

    def own_entries(self, after: int, limit: int) -> Sequence[Written]:
        """See ``LogStore``."""
        rows = DownEntry.objects.filter(station=self._row, epoch=self._row.down_epoch, number__gt=after)
        pairs = rows.order_by("number").values_list("number", "data")[:limit]
        return [Written(number, bytes(data)) for number, data in pairs]

    def former(self, place: Position, limit: int) -> None:
        """See ``LogStore``. A station forgets nothing of the office's former lives that it may still need."""

    def boot(self) -> int:
        """See ``LogStore``."""
        return self._parts.boot

    def peer_holds(self) -> int:
        """See ``LogStore``."""
        return self._row.down_acked

    def set_peer_holds(self, number: int) -> None:
        """See ``LogStore``."""
        self._set(down_acked=number)

    def peer_head(self) -> Position:
        """See ``LogStore``."""
        return Position(self._row.epoch, self._row.up_last, bytes(self._row.up_hash))

    def peer_hash(self, number: int) -> bytes | None:
        """See ``LogStore``."""
        row = self._row
        if number == row.up_last:
            return bytes(row.up_hash)
        if number == 0:
            return first_hash(Direction.UP, row.pk, row.epoch)
        found = UpEntry.objects.filter(station=row, epoch=row.epoch, number=number)
        hash_ = found.values_list("hash", flat=True).first()
        return None if hash_ is None else bytes(hash_)

    def peer_signature(self) -> bytes:
        """See ``LogStore``. A station believes the office without."""
        return b""

    def may_begin(self, epoch: int) -> bool:
        """See ``LogStore``. Only where a station ended its life itself does the next one begin by its own word."""
        return self._row.life == "closed" and epoch == self._row.epoch + 1

    def begin(self, epoch: int, head: SignedHead | None = None) -> None:  # noqa: ARG002 - a station's word is enough
        """See ``LogStore``."""
        begin_next(self._parts, self._row, epoch)
        self._changed |= PRESENT

    def takes_entries(self) -> bool:
        """See ``LogStore``."""
        return self._row.life in TAKES and not self._row.unmerged

    def receive(self, first: int, entries: Sequence[bytes], privates: Sequence[Private], head: SignedHead) -> None:
        """See ``LogStore``."""
        erasable = {private.number: private for private in privates}
        row, hash_ = self._row, bytes(self._row.up_hash)
        reads, effects = keep(row, first, hash_, entries, erasable, self._parts.now())
        for data in entries:
            hash_ = next_hash(hash_, data)
        point("worker.entries_kept")
        self._set(up_last=first + len(entries) - 1, up_hash=hash_, up_signature=head.signature)
        self._report(reads, effects)
        if row.life == "closing" and lives_on({read.kind for read in reads}):
            go_on(row)
            self._changed.add("life")
        if effects.closed is not None:
            end_present(self._parts, row, "closed", "log.went_back")
            refund_rest(self._parts, row, row.epoch)  # what it was told to refund when it wrote no more
            give_back(self._parts, row.pk, row.epoch)  # granted to it when it had ended, by books that were put back
            self.errands = True
        logger.debug("%s: entries %d to %d", self._station, first, first + len(entries) - 1)

    def wanted(self, wants: Sequence[Want]) -> None:
        """See ``LogStore``. Kept in memory until the frame is in the books: the worker takes them from ``wishes``."""
        for want in wants:
            place = wanted_tail(want, Direction.UP)
            if place is None:
                if self._row.life == "open":
                    self.wishes.append(want)
            elif (tail := answer_tail(self._parts, self._row, *place)) is not None:
                self._changed.add("life")
                self.tails.append(tail)

    def alarm(self, code: AlarmCode, detail: str) -> None:
        """See ``LogStore``."""
        if code in _FORGOTTEN and self._row.life in ENDED:
            # Nothing was told to this life since a person ended it; its word must not hold up the whole county.
            logger.warning("%s: station %s, whose life is %s: %s", code.value, self._station, self._row.life, detail)
            return
        at = datetime.fromtimestamp(self._parts.now().timestamp(), UTC)
        _, news = Alarm.objects.get_or_create(
            station_id=self._station, code=code.value, cleared_at=None, defaults={"detail": detail, "at": at}
        )
        if code in _FORGOTTEN and not self._row.unmerged:
            self._set(unmerged=self._row.down_epoch)  # at once: nothing may be applied before what was forgotten
        if news:
            logger.error("%s: station %s: %s", code.value, self._station, detail)

    def _report(self, reads: list[Read], effects: Effects) -> None:
        """Tell the station what is parked; remember what the worker does after the frame."""
        parked = [
            EntryParked(Epoch(self._row.epoch), read.number, read.parked.partition(":")[0])
            for read in reads
            if read.parked
        ]
        if parked:
            append_to(self._parts, self._row, parked)
        self.errands = self.errands or bool(effects.errands)
        self.spent |= {thing for thing in effects.touched if thing.startswith("points/")}

    def _set(self, **values: object) -> None:
        for name, value in values.items():
            setattr(self._row, name, value)
        self._changed |= values.keys()
