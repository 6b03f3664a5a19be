"""The one frame that travels in both directions: its form on the wire, and every limit on it. Pure.

On the wire a frame is msgpack ``[body, signature]``: ``body`` is the msgpack map of ``Frame`` as bytes, ``signature``
is 64 bytes of Ed25519 by the sender's frame key over ``FRAME + direction + body``, so that acknowledgements and wishes
cannot be forged by whoever reaches the broker. ``head`` carries a signature of its own, which outlives the frame: kept
beside the receiver's cursor it proves every entry below it.
"""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from sync.chain import HASH_SIZE, PROTOCOL, Direction

VERSION = 1
FRAME = b"yizhan frame 1\0"
FRAME_BYTES_MAX = 48 * 1024
ENTRIES_MAX = 50
ENTRY_BYTES_MAX = 4096
PRIVATE_BYTES_MAX = 1024
SALT_SIZE = 16
WANTS_MAX = 8
NUMBER_MAX = 2**53 - 1
SIGNATURE_SIZE = 64

Sign = Callable[[bytes], bytes]
Verify = Callable[[bytes, bytes], bool]
"""``verify(message, signature)``: whether the peer signed it."""


class FrameError(ValueError):
    """Bytes that are no frame for us. ``code`` says why and stands in docs/errors.md; nothing was changed."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class SignedHead(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """A log's entry ``last`` and the hash that covers all up to it, signed by the log's writer."""

    last: int
    hash: bytes
    signature: bytes


class Private(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """The part of entry ``number`` that can be erased; the entry holds ``SHA-256(salt ‖ data)``."""

    number: int
    salt: bytes
    data: bytes


class Want(msgspec.Struct, frozen=True, omit_defaults=True):
    """An unlogged wish of a visit that is going on: dropped when the visit ends, never applied by itself."""

    visit: str
    right: str
    amount: int


class Frame(msgspec.Struct, frozen=True, kw_only=True):
    """Entries ``first`` … of the sender's log, and how much of the receiver's log the sender holds."""

    v: int = VERSION
    station: str
    epoch: int  # of the sender's log
    boot: int  # of the sender
    first: int  # number of the first entry; without entries: the one that comes next
    prev_hash: bytes  # hash(first - 1)
    entries: tuple[bytes, ...] = ()
    privates: tuple[Private, ...] = ()
    head: SignedHead  # at the last entry carried, without entries at the sender's newest
    ack_epoch: int  # of the receiver's log
    ack: int  # the newest entry of it that the sender holds
    ack_hash: bytes
    ack_signature: bytes = b""  # of the head at ``ack``, by the receiver itself; empty where the sender has none
    reply: bool = False
    want: tuple[Want, ...] = ()


def head_message(direction: Direction, station: str, epoch: int, last: int, hash_: bytes) -> bytes:
    """Return what a signed head signs."""
    where = direction.value + station.encode("ascii") + epoch.to_bytes(4, "big")
    return PROTOCOL + b"head\0" + where + last.to_bytes(8, "big") + hash_


def encode_frame(frame: Frame, direction: Direction, sign: Sign) -> bytes:
    """Return the bytes to publish. Raises ``FrameError`` for a frame that is larger than any receiver takes."""
    body = msgspec.msgpack.encode(frame)
    data = msgspec.msgpack.encode([body, sign(FRAME + direction.value + body)])
    if len(data) > FRAME_BYTES_MAX:
        raise FrameError("frame.oversize", f"a frame has at most {FRAME_BYTES_MAX} bytes, this one {len(data)}")
    return data


def decode_frame(data: bytes, direction: Direction, station: str, verify: Verify) -> Frame:
    """Return the frame of a station's log of that direction. Raises ``FrameError``; nothing of it is to be believed."""
    if len(data) > FRAME_BYTES_MAX:
        raise FrameError("frame.oversize", f"a frame has at most {FRAME_BYTES_MAX} bytes, this one {len(data)}")
    try:
        body, signature = msgspec.msgpack.decode(data, type=tuple[bytes, bytes])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise FrameError("frame.malformed", f"not a frame: {error}") from error
    if not verify(FRAME + direction.value + body, signature):
        raise FrameError("frame.unsigned", "the frame is not signed by the station or office it should come from")
    try:
        frame = msgspec.msgpack.decode(body, type=Frame)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise FrameError("frame.malformed", f"not a frame: {error}") from error
    _check(frame, station)
    head = head_message(direction, frame.station, frame.epoch, frame.head.last, frame.head.hash)
    if not verify(head, frame.head.signature):
        raise FrameError("frame.unsigned", "the head of the frame is not signed")
    return frame


def _check(frame: Frame, station: str) -> None:
    if frame.v != VERSION:
        raise FrameError("frame.version", f"a frame of version {frame.v}; this software knows {VERSION}")
    if frame.station != station:
        raise FrameError("frame.misaddressed", f"a frame of station {frame.station[:20]!r} on the topic of {station}")
    entries, last = len(frame.entries), frame.first + len(frame.entries) - 1
    sound = (
        all(0 <= number <= NUMBER_MAX for number in (frame.first - 1, frame.ack, frame.boot, frame.head.last))
        and all(1 <= epoch <= 0xFFFF for epoch in (frame.epoch, frame.ack_epoch))
        and all(len(hash_) == HASH_SIZE for hash_ in (frame.prev_hash, frame.ack_hash, frame.head.hash))
        and len(frame.ack_signature) in (0, SIGNATURE_SIZE)
        and entries <= ENTRIES_MAX
        and all(1 <= len(entry) <= ENTRY_BYTES_MAX for entry in frame.entries)
        and len(frame.privates) <= entries
        and all(frame.first <= private.number <= last for private in frame.privates)
        and all(len(part.salt) == SALT_SIZE and len(part.data) <= PRIVATE_BYTES_MAX for part in frame.privates)
        and len({private.number for private in frame.privates}) == len(frame.privates)
        and len(frame.want) <= WANTS_MAX
        and frame.head.last == last
    )
    if not sound:
        raise FrameError("frame.malformed", "a number, hash or part of the frame is out of its range")
