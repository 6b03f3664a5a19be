"""The tail of a log, given back to who wrote it and lost it: messages, and gathering them. Pure.

On the wire a tail is msgpack ``[body, signature, "tail"]``: three parts where a frame has two, on the same topics.
``signature`` is by whom gives it back, over ``"yizhan tail 1\\0" + body``; what it gives back is proven by the writer's
own signed head, which was kept beside the cursor. It is asked for with an unlogged wish (``tail_want``) in a frame, one
message a wish, from the entry behind the one that is named.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

import msgspec

from sync.chain import HASH_SIZE, Direction, next_hash
from sync.fitting import fitting, privates_of
from sync.frame import (
    ENTRIES_MAX,
    ENTRY_BYTES_MAX,
    FRAME_BYTES_MAX,
    NUMBER_MAX,
    FrameError,
    Private,
    Sign,
    SignedHead,
    Verify,
    Want,
    head_message,
)
from sync.store import Position, Written

VERSION = 1
TAIL = b"yizhan tail 1\0"
MARK = b"tail"
_THREE = b"\x93"  # msgpack: an array of three; a frame is one of two
_RIGHTS = {Direction.UP: "log/up", Direction.DOWN: "log/down"}


class Tail(msgspec.Struct, frozen=True, kw_only=True):
    """Entries ``first`` … of the receiver's own log, as the sender keeps them."""

    v: int = VERSION
    station: str
    direction: str  # "up" or "down": whose log this is
    epoch: int
    first: int
    prev_hash: bytes  # hash(first - 1)
    entries: tuple[bytes, ...]
    privates: tuple[Private, ...] = ()
    head: SignedHead  # of the whole log as it is kept, signed by its writer
    down_epoch: int = 0  # of a journal: how far the office's log must be held before that journal may be closed
    down_last: int = 0


class Gathered(Enum):
    """How far a tail is."""

    MORE = auto()
    WHOLE = auto()
    FOREIGN = auto()  # nothing of it was taken: another place in the log, or no continuation of what is held


def is_tail(data: bytes) -> bool:
    """Whether these bytes want to be a tail and not a frame."""
    return data[:1] == _THREE


def tail_want(direction: Direction, epoch: int, held: int) -> Want:
    """Return the wish for what lies behind entry ``held`` of an epoch of the own log."""
    return Want(str(epoch), _RIGHTS[direction], held)


def wanted_tail(want: Want, direction: Direction) -> tuple[int, int] | None:
    """Return epoch and number held of a wish for a tail; ``None`` for any other wish."""
    if want.right != _RIGHTS[direction] or not want.visit.isascii() or not want.visit.isdecimal():
        return None
    epoch = int(want.visit[:6])
    return (epoch, want.amount) if 1 <= epoch <= 0xFFFF and 0 <= want.amount <= NUMBER_MAX else None


def make_tail(
    station: str,
    direction: Direction,
    held: Position,
    written: Sequence[Written],
    head: SignedHead,
    down: tuple[int, int] = (0, 0),
) -> Tail:
    """Return a message with as much of ``written``, which follows ``held``, as one takes."""
    part = fitting(written[:ENTRIES_MAX])
    return Tail(
        station=station,
        direction=_word(direction),
        epoch=held.epoch,
        first=held.number + 1,
        prev_hash=held.hash,
        entries=tuple(entry.data for entry in part),
        privates=privates_of(part),
        head=head,
        down_epoch=down[0],
        down_last=down[1],
    )


def encode_tail(tail: Tail, sign: Sign) -> bytes:
    """Return the bytes to publish."""
    body = msgspec.msgpack.encode(tail)
    return msgspec.msgpack.encode([body, sign(TAIL + body), MARK])


def decode_tail(data: bytes, station: str, direction: Direction, verify: Verify) -> Tail:
    """Return a tail of one station's log. Raises ``FrameError``; nothing of it is to be believed then."""
    if len(data) > FRAME_BYTES_MAX:
        raise FrameError("frame.oversize", f"a tail has at most {FRAME_BYTES_MAX} bytes, this one {len(data)}")
    try:
        body, signature, mark = msgspec.msgpack.decode(data, type=tuple[bytes, bytes, bytes])
        signed = mark == MARK and verify(TAIL + body, signature)
        tail = msgspec.msgpack.decode(body, type=Tail) if signed else None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise FrameError("frame.malformed", f"not a tail: {error}") from error
    if tail is None:
        raise FrameError("frame.unsigned", "the tail is not signed by the station or office it should come from")
    if tail.v != VERSION:
        raise FrameError("frame.version", f"a tail of version {tail.v}; this software knows {VERSION}")
    if (tail.station, tail.direction) != (station, _word(direction)):
        raise FrameError("frame.misaddressed", f"a tail of {tail.station[:20]!r} on the topic of {station}")
    _check(tail)
    return tail


@dataclass
class Gathering:
    """A tail of the own log as it comes, message by message, from the end of what is held."""

    station: str
    direction: Direction
    epoch: int
    number: int
    hash: bytes
    entries: list[bytes] = field(default_factory=list)
    privates: dict[int, Private] = field(default_factory=dict)
    head: SignedHead | None = None
    down: tuple[int, int] = (0, 0)

    @property
    def want(self) -> Want:
        """The wish for the next message."""
        return tail_want(self.direction, self.epoch, self.number)

    def take(self, tail: Tail, verify: Verify) -> Gathered:
        """Take a message. ``verify`` knows the own key: what was not written by us is not taken back.

        Only the whole is proven, by the head; so nothing is to be appended before ``WHOLE``. The head itself is looked
        at before anything is kept: whoever invents one could else go on without end.
        """
        if tail.epoch != self.epoch or tail.first != self.number + 1 or tail.prev_hash != self.hash:
            return Gathered.FOREIGN
        message = head_message(self.direction, self.station, self.epoch, tail.head.last, tail.head.hash)
        if tail.head.last and not verify(message, tail.head.signature):
            return Gathered.FOREIGN
        for number, data in enumerate(tail.entries, start=tail.first):
            self.number, self.hash = number, next_hash(self.hash, data)
            self.entries.append(data)
        self.privates |= {private.number: private for private in tail.privates}
        self.head, self.down = tail.head, (tail.down_epoch, tail.down_last)
        if self.number < tail.head.last:
            return Gathered.MORE if tail.entries else Gathered.FOREIGN
        if tail.head.last == 0 and self.number == 0:
            return Gathered.WHOLE  # nothing was ever written: that needs no proof
        proven = (self.number, self.hash) == (tail.head.last, tail.head.hash)
        return Gathered.WHOLE if proven else Gathered.FOREIGN


def _word(direction: Direction) -> str:
    return direction.value[:-1].decode("ascii")


def _check(tail: Tail) -> None:
    entries, last = len(tail.entries), tail.first + len(tail.entries) - 1
    sound = (
        all(0 <= number <= NUMBER_MAX for number in (tail.first - 1, tail.head.last, tail.down_last))
        and 1 <= tail.epoch <= 0xFFFF
        and 0 <= tail.down_epoch <= 0xFFFF
        and len(tail.prev_hash) == len(tail.head.hash) == HASH_SIZE
        and entries <= ENTRIES_MAX
        and all(1 <= len(entry) <= ENTRY_BYTES_MAX for entry in tail.entries)
        and all(tail.first <= private.number <= last for private in tail.privates)
    )
    if not sound:
        raise FrameError("frame.malformed", "a number, hash or part of the tail is out of its range")
