"""``kiosk sync``, put together: the journal at one end, the broker at the other. It has neither screen nor devices."""

from __future__ import annotations

import contextlib
import logging
import socket
from functools import partial
from pathlib import Path

import msgspec

from config.link import LinkSettings
from domain.entries import NONCE_SIZE, Stamp
from domain.ids import VisitId
from domain.rights import RightKey
from kiosk.closing import Closing
from kiosk.copying import Copying
from kiosk.desk.opening import work_with
from kiosk.faults import YizhanError
from kiosk.journal.asks import WHO
from kiosk.journal.journal import Journal
from kiosk.journal.sync_store import SyncStore
from kiosk.poke import drain, listen
from kiosk.station import Folder, ShelfRules, StationFault, office_keys
from kiosk.system import System
from kiosk.taking import Taker
from kiosk.version import VERSION
from sync.address import Address, Will
from sync.chain import Direction
from sync.frame import WANTS_MAX, Want
from sync.identity import KeyFileError, SigningKey, read_secret, signed_by
from sync.link import Link
from sync.log import Log
from sync.tail import encode_tail, is_tail
from sync.timing import Pace
from sync.tls import Credentials, TlsError
from sync.topics import DOWN, STATE, UP, WANT, blob_topic, line_name, parse_blob, parse_station, topic

logger = logging.getLogger(__name__)

LOOK_SECONDS = 1.0
SILENT_SECONDS = 100.0  # three heartbeats and a bit
STATE_SECONDS = 60.0
WISH_SECONDS = 3.0
ASKING_SECONDS = 20.0


class Agent:
    """Owned by one thread. ``turn`` until told otherwise; it may be killed at any instant."""

    def __init__(
        self,
        journal: Journal,
        folder: Folder,
        settings: LinkSettings,
        system: System,
        pace: Pace | None = None,
        name: str = "",
        stick: Path | None = None,
    ) -> None:
        _check(journal, settings, folder)
        self._journal = journal
        self._system = system
        self._station = journal.identity.station
        self._boot = 0
        work_with(journal, self._stamp, ShelfRules(folder.shelf))
        self._boot = journal.begin_sync_boot()
        self._poked: socket.socket = listen(folder.sync_socket)
        keys = office_keys(folder.office_keys, journal)
        frame_key = _frame_key(folder)
        self._sign, self._store = frame_key.sign, SyncStore(journal, self._boot)
        self._log = Log(
            station=self._station,
            writes=Direction.UP,
            store=self._store,
            sign=frame_key.sign,
            verify=keys.any,
            random=self._random,
            pace=pace,
        )
        self._taker = Taker(journal, folder, system, self._stamp, self._log.poke)
        own = partial(signed_by, frame_key.public)
        self._closing = Closing(journal, folder, name, self._stamp, keys.any, own, stick)
        self._copying = Copying(journal, stick, frame_key.sign)
        broker, line = settings.broker, line_name(self._station, settings.enrolment.epoch)
        self._link = Link(
            address=Address(broker.host, broker.port, line, broker.mqtt, tls=_credentials(folder, settings)),
            subscriptions=(topic(self._station, DOWN),),
            take=self._take_or_note,
            came=self._came,
            went=self._went,
            clock=system.monotonic,
            random=self._random,
            will=Will(topic(self._station, STATE), self._state(online=False)),
        )
        self._seen = -1
        self._look_at = self._state_at = self._wish_at = 0.0
        self._heard_at: float | None = None
        self._connected = True  # unknown: the first look writes it down
        self._wanted: tuple[str, ...] = ()
        self._fault: Exception | None = None  # of the disk, while a message was taken
        self._wished: set[Want] = set()
        self._asked: tuple[VisitId, RightKey] | None = None
        self._asked_at = 0.0
        self.bad: dict[str, int] = {}
        self._taker.begin()

    def turn(self, timeout: float = LOOK_SECONDS) -> None:
        """Work for at most ``timeout`` seconds of waiting.

        Raises ``YizhanError`` when the journal fails, ``OSError`` when a document cannot be written.
        """
        self._link.run(timeout, [self._poked])
        fault, self._fault = self._fault, None
        if fault is not None:
            raise fault
        now = self._system.monotonic()
        if drain(self._poked) or now >= self._look_at:
            self._look_at = now + LOOK_SECONDS
            self._look(now)
            self._wish(now)
        self._speak(now)

    def close(self) -> None:
        """Say that we go, so that the will is not spoken, and let go of everything."""
        self._link.publish(topic(self._station, STATE), self._state(online=False), retain=True)
        self._link.close()
        self._poked.close()
        with contextlib.suppress(YizhanError):  # on a disk that is full; the kiosk sees by its age that it is old
            self._set_connected(connected=False)

    def _look(self, now: float) -> None:
        """Did the kiosk write something? Is the office still heard?"""
        seen = self._journal.data_version()
        if seen != self._seen:
            self._seen = seen
            self._log.poke()
        self._taker.look()
        self._close(now)
        self._copying.look(now)
        heard = self._heard_at is not None and now - self._heard_at < SILENT_SECONDS
        self._set_connected(connected=heard and self._link.up)
        if self._link.up and now >= self._state_at:
            self._state_at = now + STATE_SECONDS
            self._link.publish(topic(self._station, STATE), self._state(online=True), retain=True)

    def _wish(self, now: float) -> None:
        """Send the wishes of visits along, and what they ask, again and again while they stand."""
        open_wishes = self._open_wishes(now)
        new = set(open_wishes) - self._wished
        if not self._link.up or not open_wishes or self._closing.needed:
            self._wished = set()
        elif new or now >= self._wish_at:
            self._wish_at, self._wished = now + WISH_SECONDS, set(open_wishes)
            self._log.want(open_wishes)

    def _open_wishes(self, now: float) -> tuple[Want, ...]:
        """Whose card somebody laid that nobody knows here, what visits wish for, and what they ask."""
        asks = tuple(Want(ask.visit, WHO + ask.digest, 1) for ask in self._journal.asks.open(WANTS_MAX))
        wishes = tuple(Want(wish.visit, wish.right, wish.missing) for wish in self._journal.wishes.open(WANTS_MAX))
        question = self._question(now)
        return (*asks, *wishes, *(() if question is None else (question,)))[:WANTS_MAX]

    def _question(self, now: float) -> Want | None:
        """What the visit asks, for so long as somebody may look at the answer."""
        asked = self._journal.elsewhere.asked()
        if asked != self._asked:
            self._asked, self._asked_at = asked, now
        return None if asked is None or now - self._asked_at > ASKING_SECONDS else Want(*asked, amount=0)

    def _speak(self, now: float) -> None:
        self._subscribe()
        tails, self._store.tails = self._store.tails, []
        for tail in tails if self._link.up else ():  # one that is lost is asked for again
            self._link.publish(topic(self._station, UP), encode_tail(tail, self._sign))
        while self._link.up and (data := self._log.due(now)) is not None:
            self._link.publish(topic(self._station, UP), data)
        fetcher = self._taker.fetcher
        while self._link.up and not (fetcher.slow and self._log.hurries):
            request = fetcher.due(now)
            if request is None:
                return
            self._link.publish(topic(self._station, WANT), request)

    def _close(self, now: float) -> None:
        """A card that went back in time is put right, as far as that is possible by now."""
        if not self._closing.needed:
            return
        epoch = self._journal.identity.epoch
        if self._closing.turn(now):
            self._log.poke()
        if self._journal.identity.epoch != epoch and self._link.up:
            self._log.connected(now)
        elif self._link.up and (want := self._closing.wish(now)) is not None:
            self._log.want((want,))

    def _subscribe(self) -> None:
        """Listen to the blobs that are missing, and to no others."""
        wanted = self._taker.fetcher.wanted
        if wanted == self._wanted:
            return
        county = self._station[:6]
        for sha256 in set(self._wanted) - set(wanted):
            self._link.unsubscribe(blob_topic(county, sha256))
        for sha256 in wanted:
            self._link.subscribe(blob_topic(county, sha256))
        self._wanted = wanted

    def _came(self) -> None:
        logger.info("link: connected to the broker")
        now = self._system.monotonic()
        self._log.connected(now)
        self._closing.restart()
        self._state_at = now
        self._look_at = now

    def _went(self, _reason: str) -> None:
        self._log.disconnected()
        self._heard_at = None
        self._taker.fetcher.restart()
        self._set_connected(connected=False)

    def _take_or_note(self, name: str, payload: bytes) -> None:
        """The line is not to blame for the disk: what fails there the turn raises; the message comes again."""
        try:
            self._take(name, payload)
        except (YizhanError, OSError) as fault:
            self._fault = fault

    def _take(self, name: str, payload: bytes) -> None:
        sha256 = parse_blob(name)
        if sha256 is not None:
            self._taker.came(sha256, payload)
            return
        found = parse_station(name)
        if found is None or found.station != self._station or found.kind != DOWN:
            self._count("topic.foreign", name[:80])
            return
        now = self._system.monotonic()
        if is_tail(payload):
            code = self._closing.take(payload)
            if code:
                self._count(code, "a tail of the own journal")
            self._close(now)
            self._speak(now)
            return
        heard = self._log.receive(payload, now)
        self._close(now)
        if heard.code:
            self._count(heard.code, heard.detail)
        if not heard.code:
            self._closing.heard()
        if not heard.code.startswith("frame."):
            self._heard_at = now
            self._set_connected(connected=True)
        if heard.taken:
            self._taker.look()
            self._log.poke()  # an entry may have asked for an answer, which stands in our log now
        self._speak(now)

    def _set_connected(self, *, connected: bool) -> None:
        """Write down whether the office is heard, and when it was last: for the screen, in the other process."""
        noted = not connected or self._journal.office.seen().noted(self._system.now_ms())
        if connected == self._connected and noted:
            return
        self._connected = connected
        at = self._system.now_ms() if connected else None
        with self._journal.transaction("connected"):
            self._journal.office.set_connected(int(connected), at)

    def _state(self, *, online: bool) -> bytes:
        state = {"boot": self._boot, "online": online, "software": VERSION}
        if online:
            seen, clock_ok = self._journal.office.seen(), self._system.clock_ok()
            oldest = seen.oldest_ms(self._system.now_ms()) if clock_ok else None
            state |= {"waiting": seen.waiting, "oldest_ms": oldest, "parked": seen.parked, "clock_ok": clock_ok}
        return msgspec.json.encode(state)

    def _count(self, code: str, detail: str) -> None:
        self.bad[code] = self.bad.get(code, 0) + 1
        if self.bad[code] <= 10 or self.bad[code] % 1000 == 0:
            logger.warning("%s: %s (%d times so far)", code, detail, self.bad[code])

    def _stamp(self) -> Stamp:
        nonce = self._system.random_bytes(NONCE_SIZE)
        return Stamp(nonce, self._boot, self._system.now_ms(), self._system.clock_ok())

    def _random(self) -> float:
        return int.from_bytes(self._system.random_bytes(4), "big") / 2**32


def _check(journal: Journal, settings: LinkSettings, folder: Folder) -> None:
    """The keys in the folder are those of one life of one station: is the journal its own?"""
    enrolled, identity = settings.enrolment, journal.identity
    if (enrolled.station, enrolled.epoch) != (identity.station, identity.enrolled):
        raise StationFault(
            f"{folder.link}: the office enrolled station {enrolled.station} epoch {enrolled.epoch}, the journal is of "
            f"{identity.station} epoch {identity.enrolled}; put the folder of this enrolment here"
        )


def _credentials(folder: Folder, settings: LinkSettings) -> Credentials | None:
    if not settings.broker.tls:
        return None  # the settings allow that on this machine alone
    credentials = Credentials(folder.authority, folder.tls)
    try:
        credentials.context()
    except TlsError as error:
        raise StationFault(str(error)) from error
    return credentials


def _frame_key(folder: Folder) -> SigningKey:
    try:
        return SigningKey(1, read_secret(folder.frame_key))
    except KeyFileError as error:
        raise StationFault(str(error)) from error
