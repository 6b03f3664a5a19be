"""The journal as the log of ``sync`` uses it: own log = the journal's entries, peer log = the office's."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from contextlib import AbstractContextManager

from kiosk.faults import point
from kiosk.journal.asks import KNOWN, NOT_KNOWN, WHO
from kiosk.journal.journal import Journal, connection_of
from sync.chain import HASH_SIZE, Direction, first_hash
from sync.frame import ENTRIES_MAX, SIGNATURE_SIZE, Private, SignedHead, Want
from sync.store import AlarmCode, Position, Rest, Written
from sync.tail import Tail, make_tail, wanted_tail

logger = logging.getLogger(__name__)


class SyncStore:
    """Implements ``sync.store.LogStore``. Owned by the thread that owns the journal's connection."""

    def __init__(self, journal: Journal, boot: int) -> None:
        self._journal = journal
        self._connection = connection_of(journal)
        self._boot = boot
        self._station = journal.identity.station
        self.tails: list[Tail] = []  # of the office's log, to be sent to it

    @property
    def _epoch(self) -> int:
        return self._journal.identity.epoch

    def transaction(self) -> AbstractContextManager[None]:
        """See ``LogStore``."""
        return self._journal.transaction("sync")

    def own_head(self) -> Position:
        """See ``LogStore``."""
        head = self._journal.chain.head()
        return Position(self._epoch, head.number, head.hash)

    def own_hash(self, number: int) -> bytes | None:
        """See ``LogStore``."""
        return self._hash_in(self._epoch, number)

    def own_entries(self, after: int, limit: int) -> Sequence[Written]:
        """See ``LogStore``."""
        return self._entries(self._epoch, after, limit)

    def former(self, place: Position, limit: int) -> Rest | None:
        """See ``LogStore``. Only lives that the station began itself stand in one journal, each behind its former."""
        if self._hash_in(place.epoch, place.number) != place.hash:
            return None
        for epoch, number in ((place.epoch, place.number), (place.epoch + 1, 0)):
            written = self._entries(epoch, number, limit) if epoch < self._epoch else []
            if written:
                return Position(epoch, number, self._hash_in(epoch, number) or b""), written
        return None

    def boot(self) -> int:
        """See ``LogStore``."""
        return self._boot

    def peer_holds(self) -> int:
        """See ``LogStore``."""
        return self._journal.office.holds()

    def set_peer_holds(self, number: int) -> None:
        """See ``LogStore``."""
        self._journal.office.set_holds(number)
        point("sync.holds_moved")

    def peer_head(self) -> Position:
        """See ``LogStore``."""
        head = self._journal.down.head()
        return Position(self._journal.down.epoch, head.number, head.hash)

    def peer_hash(self, number: int) -> bytes | None:
        """See ``LogStore``."""
        epoch = self._journal.down.epoch
        if number == 0:
            return first_hash(Direction.DOWN, self._station, epoch)
        return self._hash("down_entries", epoch, number)

    def peer_signature(self) -> bytes:
        """See ``LogStore``."""
        signed, held = self._journal.office.head(), self._journal.down.head()
        return b"" if signed is None or (signed.last, signed.hash) != (held.number, held.hash) else signed.signature

    def may_begin(self, epoch: int) -> bool:
        """See ``LogStore``. The office alone says when a new life of its log begins, and signs it."""
        return epoch > self._journal.down.epoch

    def begin(self, epoch: int, head: SignedHead | None = None) -> None:
        """See ``LogStore``. What was wrong with the former life of the office's log is over with it."""
        self._journal.office.keep_former_head(self._journal.down.epoch)
        self._journal.office.clear_alarm(AlarmCode.FORK.value)
        self._journal.down.begin(epoch)
        if head is not None and head.last == 0:  # it proves that this life began, should the office forget it
            self._journal.office.keep_head(head)
        self._journal.settle()  # what waited for the doubt to end
        point("sync.life_begun")

    def takes_entries(self) -> bool:
        """See ``LogStore``."""
        return True

    def receive(self, first: int, entries: Sequence[bytes], privates: Sequence[Private], head: SignedHead) -> None:
        """See ``LogStore``. The office writes nothing that can be erased, so nothing of that kind is kept."""
        if privates:
            logger.warning("frame.private: %d private parts from the office left", len(privates))
        self._journal.down.receive(entries)
        point("sync.entries_written")
        self._journal.office.keep_head(head)
        point("sync.head_kept")
        logger.info("office: %d entries taken, from %d on", len(entries), first)

    def wanted(self, wants: Sequence[Want]) -> None:
        """See ``LogStore``. The office asks back what it forgot itself, after a restore, and answers ``who/…``."""
        for want in wants:
            if want.right.startswith(WHO) and want.amount in (KNOWN, NOT_KNOWN):
                self._journal.asks.answer(want.visit, want.right.removeprefix(WHO), want.amount)
                continue
            place = wanted_tail(want, Direction.DOWN)
            if place is None:
                logger.warning("frame.want: the office wants something that this version does not know")
            elif (tail := self._tail(*place)) is not None:
                self.tails.append(tail)

    def _tail(self, epoch: int, held: int) -> Tail | None:
        """Return what is kept here of a former life of the office's log, from behind ``held``."""
        down, office = self._journal.down, self._journal.office
        head = office.head() if epoch == down.epoch else office.former_head(epoch)
        nothing = SignedHead(0, first_hash(Direction.DOWN, self._station, epoch), bytes(SIGNATURE_SIZE))
        before = down.hash_at(held, epoch) or bytes(HASH_SIZE)
        written = down.entries(held, ENTRIES_MAX, epoch)
        return make_tail(self._station, Direction.DOWN, Position(epoch, held, before), written, head or nothing)

    def alarm(self, code: AlarmCode, detail: str) -> None:
        """See ``LogStore``."""
        if self._journal.office.raise_alarm(code.value, detail):
            logger.error("%s: %s; nothing is sold until the office has looked", code.value, detail)

    def _entries(self, epoch: int, after: int, limit: int) -> list[Written]:
        rows = self._connection.execute(
            "SELECT number, bytes, salt, private FROM entries WHERE epoch = ? AND number > ? ORDER BY number LIMIT ?",
            (epoch, after, limit),
        )
        return [Written(*row) for row in rows]

    def _hash_in(self, epoch: int, number: int) -> bytes | None:
        return self._hash("entries", epoch, number) if number else first_hash(Direction.UP, self._station, epoch)

    def _hash(self, table: str, epoch: int, number: int) -> bytes | None:
        row = self._connection.execute(
            f"SELECT hash FROM {table} WHERE epoch = ? AND number = ?",  # noqa: S608 - one of two tables
            (epoch, number),
        ).fetchone()
        return None if row is None else bytes(row[0])
