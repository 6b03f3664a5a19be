"""The worker's one loop: broker in, books, broker out. It may be killed at any instant and started again."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import OperationalError, close_old_connections, transaction
from django.db.models import F

from config.office import Limits
from office.books.models import Office, Station
from office.faults import GrantsLogFault
from office.services.documents import read_blob
from office.services.irregularities import NOBODY
from office.services.parts import Parts
from office.worker.blob_cache import BlobCache
from office.worker.guard import Guard
from office.worker.lives import look_after
from office.worker.own import signed_by_us
from office.worker.recovering import Recovering, recovering_of
from office.worker.rights import Rights
from office.worker.states import States
from office.worker.store import DjangoStore
from sync.address import Address
from sync.blob_server import BlobServer
from sync.chain import Direction
from sync.fault_points import point
from sync.frame import WANTS_MAX
from sync.identity import signed_by
from sync.link import Link
from sync.log import Heard, Log
from sync.tail import is_tail
from sync.timing import Pace
from sync.topics import DOWN, STATE, UP, WANT, blob_topic, office_filters, parse_station, topic

logger = logging.getLogger(__name__)

POLL_SECONDS = 0.2
LIVES_SECONDS = 1.0
CHUNKS_A_TURN = 24
SILENT_AFTER = timedelta(seconds=100)  # three heartbeats and a bit


def begin_boot() -> int:
    """Count one more start of the worker; return its number."""
    with transaction.atomic():
        row, _ = Office.objects.select_for_update().get_or_create(pk=1)
        row.boot = F("boot") + 1
        row.save()
        row.refresh_from_db()
    point("worker.boot_counted")
    return int(row.boot)


class Worker:
    """Owned by one thread. ``turn`` until told otherwise."""

    def __init__(self, parts: Parts, address: Address, pace: Pace | None = None, limits: Limits | None = None) -> None:
        self._parts = parts
        self._pace = pace
        self._clock = parts.system.monotonic
        self._ends: dict[str, End] = {}
        self._cache = BlobCache(read_blob)
        self._blobs: dict[str, BlobServer] = {}  # by county: what a station asked for is seen in its county alone
        self._states = States()
        self._poll_at = self._lives_at = 0.0
        self._guard = Guard(parts, limits or Limits())
        self._rights = Rights(parts)
        self.bad: dict[str, int] = {}
        self.taken = 0
        self._fault: OperationalError | GrantsLogFault | None = None  # of the books, while a message was taken
        self._link = Link(
            address=address,
            subscriptions=office_filters(),
            take=self._take_or_note,
            came=self._came,
            went=self._went,
            clock=self._clock,
            random=parts.system.jitter,
        )

    def turn(self, timeout: float = POLL_SECONDS) -> None:
        """Work for at most ``timeout`` seconds of waiting.

        Raises ``OperationalError`` when the books fail, ``GrantsLogFault`` when the second disk does.
        """
        self._link.run(timeout)
        fault, self._fault = self._fault, None
        if fault is not None:
            raise fault
        now = self._clock()
        if now >= self._poll_at:
            self._poll_at = now + POLL_SECONDS
            close_old_connections()
            self._rights.turn(now)
            self._look()
        if now >= self._lives_at:
            self._lives_at = now + LIVES_SECONDS
            look_after(self._parts)
        for end in self._ends.values():
            end.speak(self._link, now)
        for county, blobs in self._blobs.items():
            for sha256, chunk in blobs.due(now, CHUNKS_A_TURN):
                self._link.publish(blob_topic(county, sha256), chunk)

    def close(self) -> None:
        """Take leave of the broker."""
        self._link.close()
        self._guard.write(self._clock(), self._link.counts, last=True)

    @property
    def up(self) -> bool:
        """Whether the broker is reached."""
        return self._link.up

    def _look(self) -> None:
        """See what other processes wrote: new stations, new lives, new entries for stations."""
        silent = self._parts.now() - SILENT_AFTER
        columns = ("pk", "epoch", "frame_key", "down_epoch", "down_last", "connected", "heard_at", "unmerged")
        for row in Station.objects.only(*columns):
            end = self._ends.get(row.pk)
            if end is None or end.life != (row.epoch, row.down_epoch, row.frame_key):
                if end is not None:
                    self._states.forget(row.pk)
                end = self._ends[row.pk] = self._begin(row)
            end.grown(0 if row.unmerged else row.down_last)
            end.recover(self._parts, row, self._clock())
            if row.connected and (row.heard_at is None or row.heard_at < silent):
                Station.objects.filter(pk=row.pk, heard_at=row.heard_at).update(connected=False)
        self._states.write()
        self._guard.write(self._clock(), self._link.counts)

    def _begin(self, row: Station) -> End:
        public = bytes.fromhex(row.frame_key)
        store = DjangoStore(self._parts, row.pk)
        log = Log(
            station=row.pk,
            writes=Direction.DOWN,
            store=store,
            sign=self._parts.signer.sign,
            verify=lambda message, signature: signed_by(public, message, signature),
            random=self._parts.system.jitter,
            pace=self._pace,
            own=signed_by_us,
        )
        if self._link.up:
            log.connected(self._clock())
        return End(log, store, (row.epoch, row.down_epoch, row.frame_key), self._parts.now)

    def _came(self) -> None:
        logger.info("link: connected to the broker")
        self._look()
        for end in self._ends.values():
            end.log.connected(self._clock())

    def _went(self, _reason: str) -> None:
        for end in self._ends.values():
            end.log.disconnected()

    def _take_or_note(self, name: str, payload: bytes) -> None:
        """The line is not to blame for the books: what fails there the turn raises; the message comes again."""
        try:
            self._take(name, payload)
        except (OperationalError, GrantsLogFault) as fault:
            self._fault = fault

    def _take(self, name: str, payload: bytes) -> None:
        found = parse_station(name)
        if found is None:
            self._count("topic.foreign", name[:80])
        elif (end := self._ends.get(found.station)) is None:
            self._count("station.unknown", found.station)
        elif not self._guard.admits(found.station, found.kind, self._clock()):
            return
        elif found.kind == UP and is_tail(payload):
            code = end.take_back(payload)
            if code:
                self._count(code, "a copy of the office's own log", found.station)
            self._poll_at = 0.0
        elif found.kind == UP:
            self._hear(end, payload)
        elif found.kind == WANT:
            blobs = self._blobs.setdefault(found.station[:6], BlobServer(self._cache))
            wrong = blobs.wrong
            blobs.ask(payload, self._clock())
            if blobs.wrong > wrong:
                self._count("want.malformed", found.station, found.station)
        elif found.kind == STATE and not self._states.take(found.station, payload):
            self._count("state.malformed", found.station, found.station)

    def _hear(self, end: End, payload: bytes) -> None:
        heard = end.hear(payload, self._clock())
        self._rights.after(end.store, self._clock())
        self.taken += heard.taken
        if heard.code:
            self._count(heard.code, heard.detail, end.log.station)
        elif heard.again:
            self._guard.count(end.log.station, "frame.repeated")
        end.speak(self._link, self._clock())

    def _count(self, code: str, detail: str, station: str = NOBODY) -> None:
        self._guard.count(station, code, detail)
        self.bad[code] = self.bad.get(code, 0) + 1
        if self.bad[code] <= 10 or self.bad[code] % 1000 == 0:
            logger.warning("%s: %s (%d times so far)", code, detail, self.bad[code])


class End:
    """The office's end of one station's two logs."""

    def __init__(self, log: Log, store: DjangoStore, life: tuple[int, int, str], now: Callable[[], datetime]) -> None:
        self.log = log
        self.life = life
        self.store = store
        self._now = now
        self._last = -1
        self._recovering: Recovering | None = None

    def recover(self, parts: Parts, row: Station, now: float) -> None:
        """After a restore: ask for what the office forgot, until it is merged."""
        if not 0 < row.unmerged < row.down_epoch:  # until the new life of the log has begun nothing is asked
            self._recovering = None
            return
        self._recovering = self._recovering or recovering_of(parts, row)
        want = None if self._recovering is None else self._recovering.wish(now)
        if want is not None:
            self.log.want((want,))

    def take_back(self, payload: bytes) -> str:
        """Take a part of the office's own log that the station kept; return why not."""
        return "" if self._recovering is None else self._recovering.take(payload)

    def grown(self, last: int) -> None:
        """The own log ends at ``last`` now."""
        if last != self._last:
            self._last = last
            self.log.poke()

    def hear(self, payload: bytes, now: float) -> Heard:
        """Take a frame."""
        self.store.at = self._now()
        try:
            return self.log.receive(payload, now)
        finally:
            self.store.at = None

    def speak(self, link: Link, now: float) -> None:
        """Send what is due; without a line nothing is: the log sends it again."""
        answers, self.store.answers = self.store.answers, []
        if answers and link.up:  # one that is lost is asked for again
            self.log.want(tuple(answers[:WANTS_MAX]))
        tails, self.store.tails = self.store.tails, []
        for tail in tails if link.up else ():  # one that is lost is asked for again
            link.publish(topic(self.log.station, DOWN), tail)
        while link.up and (data := self.log.due(now)) is not None:
            if not link.publish(topic(self.log.station, DOWN), data):
                return
