"""One station's two logs as one side sees them: bytes and ``now`` in, bytes and commits out. No socket, clock, thread.

The same class runs at the station (writes up, hears down) and, once for every station, at the office. All that must
survive lies in the ``LogStore``; what this object knows beside that is only when to speak next, so it may be thrown
away at any instant. The rules stand in docs/sync.md.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sync.carrying import carried_frame
from sync.chain import Direction
from sync.fitting import fitting, privates_of
from sync.following import Course, follow
from sync.frame import (
    ENTRIES_MAX,
    Frame,
    FrameError,
    Sign,
    SignedHead,
    Verify,
    Want,
    decode_frame,
    encode_frame,
    head_message,
)
from sync.looking_back import LookingBack
from sync.store import AlarmCode, LogStore, Position, Written
from sync.timing import Pace, Timing


@dataclass(frozen=True, slots=True)
class Heard:
    """What became of received bytes. ``code`` is empty when they were taken, else why not (docs/errors.md)."""

    code: str = ""
    detail: str = ""
    taken: int = 0  # new entries, kept and applied or parked
    again: int = 0  # entries that were held already: sent again, or replayed by somebody


class Log:
    """``writes`` is the direction of the own log. ``verify`` knows the peer's frame key, ``sign`` has the own one.

    ``own`` knows every key that the own log was ever signed with. Where it is given, an acknowledgement of what the own
    log does not have is believed only with the own signature beside it: a peer that lies can invent none.
    """

    def __init__(
        self,
        *,
        station: str,
        writes: Direction,
        store: LogStore,
        sign: Sign,
        verify: Verify,
        random: Callable[[], float],
        pace: Pace | None = None,
        own: Verify | None = None,
    ) -> None:
        self.station = station
        self._writes = writes
        self._hears = Direction.DOWN if writes is Direction.UP else Direction.UP
        self._store = store
        self._sign = sign
        self._verify = verify
        self._own = own
        self._timing = Timing(pace or Pace(), random)
        self._back = LookingBack((pace or Pace()).retry)
        self._wants: tuple[Want, ...] = ()

    @property
    def hurries(self) -> bool:
        """Whether entries are under way for the first time: a slow line is left to their acknowledgement."""
        return self._timing.hurries

    def connected(self, now: float) -> None:
        """The broker can be reached: greet, which also asks how far the peer is."""
        self._timing.connected(now)

    def disconnected(self) -> None:
        """The broker cannot be reached: nothing is sent until it can."""
        self._timing.disconnected()

    def poke(self) -> None:
        """The own log may have grown."""
        self._timing.grown = True

    def want(self, wants: tuple[Want, ...]) -> None:
        """Send these wishes along with the next frame, at once; an empty tuple withdraws them."""
        self._wants = wants
        self._timing.greet = self._timing.greet or bool(wants)

    def receive(self, data: bytes, now: float) -> Heard:
        """Take bytes that came for this station. Whatever they are, nothing is raised for them and nothing is lost."""
        try:
            frame = decode_frame(data, self._hears, self.station, self._verify)
        except FrameError as error:
            return Heard(error.code, str(error))
        with self._store.transaction():
            stale = frame.epoch < self._store.peer_head().epoch
            if not stale and not self._proven(frame):
                return Heard("frame.unproven", f"entry {frame.ack} of epoch {frame.ack_epoch} is not in the own log")
            if not stale:
                # First: whoever went back in time must not apply what follows from what he forgot.
                self._judge(frame, now)
            heard = self._take(frame)
        if frame.reply:
            self._timing.lost()  # a greeting or a heartbeat: what it does not acknowledge may never have come
        if not stale and heard.code != AlarmCode.EPOCH_UNKNOWN and (frame.entries or frame.reply):
            self._timing.answer = True
        return heard

    def due(self, now: float) -> bytes | None:
        """Return the frame to send now, ``None`` if there is none. Call it again until there is none."""
        timing = self._timing
        if (rest := self._back.due()) is not None:
            return self._look_back(*rest)
        if not timing.may_speak(now):
            return None
        with self._store.transaction():
            own, holds = self._store.own_head(), self._store.peer_holds()
            written = self._to_send(holds) if holds < own.number and timing.may_send(now) else []
            if not written and not timing.must_speak(now):
                timing.grown = False
                return None
            frame = self._compose(own, written)
        timing.spoke(now, first=frame.first, last=frame.head.last, entries=bool(written), all_held=holds >= own.number)
        self._wants = ()
        return encode_frame(frame, self._writes, self._sign)

    def _take(self, frame: Frame) -> Heard:
        """Keep what is new in a frame, if it follows from what is held."""
        peer = self._store.peer_head()
        if frame.epoch < peer.epoch:
            return Heard("frame.epoch_closed", f"epoch {frame.epoch} is closed, {peer.epoch} is open")
        if frame.epoch > peer.epoch:
            if not self._store.may_begin(frame.epoch):
                self._store.alarm(AlarmCode.EPOCH_UNKNOWN, f"epoch {frame.epoch} was never begun here")
                return Heard(AlarmCode.EPOCH_UNKNOWN, f"epoch {frame.epoch}")
            self._store.begin(frame.epoch, frame.head)
            peer = self._store.peer_head()
        if not self._store.takes_entries():
            return Heard(
                "frame.epoch_closed", f"epoch {frame.epoch} was closed: its acknowledgements are read, no more"
            )
        course, new = follow(frame, peer, self._store.peer_hash)
        if course is Course.FORK:
            self._store.alarm(AlarmCode.FORK, f"epoch {frame.epoch}, entries {frame.first} to {frame.head.last}")
            return Heard(AlarmCode.FORK, f"entries {frame.first} to {frame.head.last}")
        if course is Course.GAP:
            return Heard("frame.gap", f"begins with {frame.first}, {peer.number} is held")
        if new:
            first = peer.number + 1
            privates = [private for private in frame.privates if private.number >= first]
            self._store.receive(first, new, privates, frame.head)
        if frame.want:
            self._store.wanted(frame.want)
        return Heard(taken=len(new), again=len(frame.entries) - len(new))

    def _proven(self, frame: Frame) -> bool:
        """Whether an acknowledgement agrees with the own log, or shows that more was written and signed here once."""
        own = self._store.own_head()
        if self._own is None or frame.ack_epoch < own.epoch:
            return True
        if frame.ack_epoch == own.epoch and self._store.own_hash(frame.ack) == frame.ack_hash:
            return True
        head = head_message(self._writes, self.station, frame.ack_epoch, frame.ack, frame.ack_hash)
        return self._own(head, frame.ack_signature)

    def _judge(self, frame: Frame, now: float) -> None:
        """Believe an acknowledgement, or see that our own storage is not what the peer once received from us.

        Only here, at its receiver, may that be judged: an acknowledgement of an older epoch or a delayed one is never
        more than old, as nothing is sent before it is committed.
        """
        own = self._store.own_head()
        if frame.ack_epoch < own.epoch:
            place = Position(frame.ack_epoch, frame.ack, frame.ack_hash)
            self._back.heard(self._store.former(place, ENTRIES_MAX), now)
            return
        mine = self._store.own_hash(frame.ack) if frame.ack_epoch == own.epoch else None
        if mine is None:
            where = (
                f"the peer holds entry {frame.ack} of epoch {frame.ack_epoch}, we end at {own.number} of {own.epoch}"
            )
            self._store.alarm(AlarmCode.WENT_BACK, where)
        elif mine != frame.ack_hash:
            self._store.alarm(AlarmCode.OWN_FORK, f"the peer holds something else as entry {frame.ack}")
        else:
            if frame.ack != self._store.peer_holds():
                self._store.set_peer_holds(frame.ack)
            self._timing.acknowledged(frame.ack, own.number, now)

    def _to_send(self, holds: int) -> list[Written]:
        """The entries behind the peer's acknowledgement, as many as one frame takes."""
        return fitting(self._store.own_entries(holds, ENTRIES_MAX))

    def _look_back(self, before: Position, written: Sequence[Written]) -> bytes:
        with self._store.transaction():
            held = self._store.peer_head(), self._store.peer_signature()
        return carried_frame(self.station, self._writes, before, written, held[0].epoch, self._sign, held)[0]

    def _compose(self, own: Position, written: list[Written]) -> Frame:
        first = written[0].number if written else own.number + 1
        last = written[-1].number if written else own.number
        hash_, previous = self._own_hash(last), self._own_hash(first - 1)
        head = head_message(self._writes, self.station, own.epoch, last, hash_)
        peer = self._store.peer_head()
        return Frame(
            station=self.station,
            epoch=own.epoch,
            boot=self._store.boot(),
            first=first,
            prev_hash=previous,
            entries=tuple(entry.data for entry in written),
            privates=privates_of(written),
            head=SignedHead(last, hash_, self._sign(head)),
            ack_epoch=peer.epoch,
            ack=peer.number,
            ack_hash=peer.hash,
            ack_signature=self._store.peer_signature(),
            reply=self._timing.greet or (self._timing.asks_reply and not written),
            want=self._wants,
        )

    def _own_hash(self, number: int) -> bytes:
        hash_ = self._store.own_hash(number)
        if hash_ is None:
            raise ValueError(f"the own log has no entry {number}, though its head said so")
        return hash_
