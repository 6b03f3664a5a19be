"""Mistakes that somebody could make in the log, each made on purpose: a simulation that misses one is no evidence."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from unittest import mock

import msgspec

from sync import following, log
from sync.chain import Direction, next_hash
from sync.following import Course
from sync.frame import Frame, Private, SignedHead
from sync.log import Log
from sync.store import AlarmCode, Position
from tests.simulation.memory import MemoryStore
from tests.simulation.world import KINDS, MakeLog, MakeStore, Violation, World


@dataclass(frozen=True)
class Bug:
    """What is put in the place of the real thing."""

    name: str
    make_log: MakeLog = Log
    make_store: MakeStore = MemoryStore
    patch: Callable[[], Any] | None = None

    def caught_at(self, seeds: range, kinds: Sequence[str] = KINDS) -> int | None:
        """Return how many worlds it took until the simulation saw it, ``None`` if it never did."""
        with self.patch() if self.patch else mock.patch.object(World, "__doc__", ""):
            for count, (seed, kind) in enumerate(itertools.product(seeds, kinds), start=1):
                try:
                    World(seed, kind, self.make_log, self.make_store).run()
                except (Violation, AssertionError, ValueError, IndexError):
                    return count
        return None


def _no_overlap_hash(frame: Frame, peer: Position, held: Callable[[int], bytes | None]) -> tuple[Course, list[bytes]]:
    if not frame.entries:
        return Course.FOLLOWS, []
    if frame.first > peer.number + 1:
        return Course.GAP, []
    return Course.FOLLOWS, list(frame.entries[peer.number + 1 - frame.first :])


def _no_deduplication(frame: Frame, peer: Position, held: Callable[[int], bytes | None]) -> tuple[Course, list[bytes]]:
    course, _ = following.follow(frame, peer, held)
    return course, list(frame.entries) if course is Course.FOLLOWS else []


def _gap_taken(frame: Frame, peer: Position, held: Callable[[int], bytes | None]) -> tuple[Course, list[bytes]]:
    course, new = following.follow(frame, peer, held)
    return (Course.FOLLOWS, list(frame.entries)) if course is Course.GAP else (course, new)


def _other_station(data: bytes, direction: Direction, station: str, verify: Any) -> Frame:
    body, _ = msgspec.msgpack.decode(data, type=tuple[bytes, bytes])
    return msgspec.msgpack.decode(body, type=Frame)


class _SplitTransaction(MemoryStore):
    """What entries do survives a crash in which they themselves are lost."""

    def roll_back(self, before: tuple[int, int, int, int, int]) -> None:
        applied = [*self.applied]
        super().roll_back(before)
        self.applied = applied


class _AckBeforeCommit(MemoryStore):
    """The cursor moves first; a crash keeps it and loses what was to be applied."""

    def receive(self, first: int, entries: Sequence[bytes], privates: Sequence[Private], head: SignedHead) -> None:
        for data in entries:
            self.peer.append(next_hash(self.peer[-1], data))
        self._kept = len(self.peer)
        self._burn()
        self.applied.extend(entries)

    def roll_back(self, before: tuple[int, int, int, int, int]) -> None:
        peer = [*self.peer]
        super().roll_back(before)
        self.peer = peer


class _AckOfFrame(Log):
    """Acknowledges what the frame carried, whether it was taken or not."""

    def _take(self, frame: Frame) -> log.Heard:
        heard = super()._take(frame)
        self._claimed = max(getattr(self, "_claimed", 0), frame.head.last)
        return heard

    def _compose(self, own: Position, written: Any) -> Frame:
        frame = super()._compose(own, written)
        return msgspec.structs.replace(frame, ack=max(frame.ack, getattr(self, "_claimed", 0)))


class _LowerAckIsAlarm(Log):
    """Judges from a delayed frame."""

    def _judge(self, frame: Frame, now: float) -> None:
        if frame.ack < self._store.peer_holds():
            self._store.alarm(AlarmCode.WENT_BACK, "")
        super()._judge(frame, now)


class _AckOnlyGrows(Log):
    """Never sends again what was acknowledged once."""

    def _judge(self, frame: Frame, now: float) -> None:
        if frame.ack >= self._store.peer_holds():
            super()._judge(frame, now)


class _AckNotHashed(Log):
    """Believes a number without its hash."""

    def _judge(self, frame: Frame, now: float) -> None:
        mine = self._store.own_hash(frame.ack)
        super()._judge(msgspec.structs.replace(frame, ack_hash=mine) if mine else frame, now)


class _AckBeyondIgnored(Log):
    """Does not mind that the peer holds more than was ever written."""

    def _judge(self, frame: Frame, now: float) -> None:
        if self._store.own_hash(frame.ack) is not None:
            super()._judge(frame, now)


class _NeverAgain(Log):
    """Sends a frame once and waits for ever."""

    def due(self, now: float) -> bytes | None:
        return super().due(min(now, 5.0)) if self._timing._flight else super().due(now)


class _AnswersAnswers(Log):
    """Answers a pure acknowledgement with one, for ever."""

    def receive(self, data: bytes, now: float) -> log.Heard:
        heard = super().receive(data, now)
        self._timing.answer = True
        return heard

    def due(self, now: float) -> bytes | None:
        frame = super().due(now)
        self._timing.answer = True
        return frame


class _TwoInFlight(Log):
    """Sends the next entries before the frame under way is answered."""

    def due(self, now: float) -> bytes | None:
        self._timing._flight = None
        return super().due(now)


class _NoAlarmOnFork(MemoryStore):
    """Takes nothing of a fork, and tells nobody."""

    def alarm(self, code: AlarmCode, detail: str) -> None:
        if code not in (AlarmCode.FORK, AlarmCode.OWN_FORK):
            super().alarm(code, detail)


class _NoGreeting(Log):
    """Says nothing on connecting: what the peer lost is only seen with the next entry or heartbeat."""

    def connected(self, now: float) -> None:
        super().connected(now)
        self._timing.greet = False
        self._timing.grown = False


class _NeverAnswers(Log):
    """Takes entries and leaves the peer to find out."""

    def receive(self, data: bytes, now: float) -> log.Heard:
        heard = super().receive(data, now)
        self._timing.answer = False
        return heard


class _NothingIsLost(Log):
    """A greeting of the peer does not make it send again what was under way."""

    def receive(self, data: bytes, now: float) -> log.Heard:
        with mock.patch.object(self._timing, "lost"):
            return super().receive(data, now)


class _EpochIgnored(Log):
    """Every frame is read as one of the present life."""

    def _take(self, frame: Frame) -> log.Heard:
        return super()._take(msgspec.structs.replace(frame, epoch=self._store.peer_head().epoch))


def _swapped(name: str, function: Callable[..., Any]) -> Callable[[], Any]:
    return lambda: mock.patch.object(log, name, function)


BUGS = (
    Bug("overlap skipped without hashing", patch=_swapped("follow", _no_overlap_hash)),
    Bug("no de-duplication", patch=_swapped("follow", _no_deduplication)),
    Bug("gap taken", patch=_swapped("follow", _gap_taken)),
    Bug("frame of another station accepted", patch=_swapped("decode_frame", _other_station)),
    Bug("split transaction", make_store=_SplitTransaction),
    Bug("acknowledged before committed", make_store=_AckBeforeCommit),
    Bug("acknowledges what it did not take", make_log=_AckOfFrame),
    Bug("alarm from a delayed acknowledgement", make_log=_LowerAckIsAlarm),
    Bug("lost tail never sent again", make_log=_AckOnlyGrows),
    Bug("acknowledgement believed without hash", make_log=_AckNotHashed),
    Bug("acknowledgement beyond the log ignored", make_log=_AckBeyondIgnored),
    Bug("never sent again", make_log=_NeverAgain),
    Bug("answers to answers", make_log=_AnswersAnswers),
    Bug("two frames under way", make_log=_TwoInFlight),
    Bug("no alarm on a fork", make_store=_NoAlarmOnFork),
    Bug("no greeting", make_log=_NoGreeting),
    Bug("answers never sent", make_log=_NeverAnswers),
    Bug("what was lost is not sent at the peer's greeting", make_log=_NothingIsLost),
    Bug("epoch ignored", make_log=_EpochIgnored),
)
