"""A log in messages that are carried and not sent: the same frames, each signed, without erasable parts. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sync.chain import Direction, first_hash, next_hash
from sync.fitting import fitting, privates_of
from sync.following import Course, follow
from sync.frame import ENTRIES_MAX, Frame, Sign, SignedHead, Verify, decode_frame, encode_frame, head_message
from sync.store import Position, Written


def carried_frame(
    station: str,
    writes: Direction,
    before: Position,
    written: Sequence[Written],
    peer_epoch: int,
    sign: Sign,
    held: tuple[Position, bytes] | None = None,
) -> tuple[bytes, Position]:
    """Return one frame with as much of ``written``, which follows ``before``, as it takes, and where it ends.

    It acknowledges nothing: whoever reads it sends again what its writer may have lost. ``held``: on the wire, what is
    held of the peer's log, and the peer's signature of that.
    """
    part = fitting(written[:ENTRIES_MAX])
    hash_ = before.hash
    for entry in part:
        hash_ = next_hash(hash_, entry.data)
    after = Position(before.epoch, before.number + len(part), hash_)
    hears = Direction.DOWN if writes is Direction.UP else Direction.UP
    peer, signature = held or (Position(peer_epoch, 0, first_hash(hears, station, peer_epoch)), b"")
    frame = Frame(
        station=station,
        epoch=before.epoch,
        boot=0,
        first=before.number + 1,
        prev_hash=before.hash,
        entries=tuple(entry.data for entry in part),
        privates=privates_of(part) if held else (),
        head=SignedHead(after.number, hash_, sign(head_message(writes, station, before.epoch, after.number, hash_))),
        ack_epoch=peer.epoch,
        ack=peer.number,
        ack_hash=peer.hash,
        ack_signature=signature,
    )
    return encode_frame(frame, writes, sign), after


@dataclass(frozen=True, slots=True)
class Carried:
    """What a stick holds of a log, from its first entry on: hash by number (0: the first hash), and the entries."""

    hashes: tuple[bytes, ...]
    entries: tuple[bytes, ...]

    @property
    def last(self) -> int:
        """The number of the newest entry."""
        return len(self.entries)


def read_carried(messages: Iterable[bytes], station: str, writes: Direction, epoch: int, verify: Verify) -> Carried:
    """Return what frames hold, each signed and each following from the one before. Raises ``FrameError`` for others.

    Of what does not follow nothing is returned, and nothing behind it.
    """
    hashes, entries = [first_hash(writes, station, epoch)], list[bytes]()
    for message in messages:
        frame = decode_frame(message, writes, station, verify)
        held = lambda number: hashes[number] if number < len(hashes) else None  # noqa: E731 - closes over the list
        course, new = follow(frame, Position(epoch, len(entries), hashes[-1]), held)
        if frame.epoch != epoch or course is not Course.FOLLOWS:
            break
        for data in new:
            hashes.append(next_hash(hashes[-1], data))
            entries.append(data)
    return Carried(tuple(hashes), tuple(entries))
