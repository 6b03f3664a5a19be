"""What the log needs of a place to keep things: the station's journal, the office's books, or a test's memory.

Everything that must survive lies here; the log itself may be thrown away at any time. All calls of one received frame
fall within one ``transaction``: either all of it is kept, or nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from sync.frame import Private, SignedHead, Want


@dataclass(frozen=True, slots=True)
class Position:
    """A place in a log: its epoch, the number of an entry (0: before the first), the hash that covers all up to it."""

    epoch: int
    number: int
    hash: bytes


@dataclass(frozen=True, slots=True)
class Written:
    """An entry of the own log as it is sent, with its erasable part if it has one and still has it."""

    number: int
    data: bytes
    salt: bytes | None = None
    private: bytes | None = None


Rest = tuple[Position, Sequence[Written]]
"""A place in an epoch of a log, and entries that follow it."""


class AlarmCode(StrEnum):
    """What only people can put right. Each stands in docs/errors.md."""

    FORK = "log.fork"  # the peer's log says two different things under one number: nothing of it is taken
    WENT_BACK = "log.went_back"  # the peer holds more of our own log than we do: our storage went back in time
    OWN_FORK = "log.own_fork"  # the peer holds something else under a number of ours
    EPOCH_UNKNOWN = "log.epoch_unknown"  # the peer writes in an epoch that was never begun here


class LogStore(Protocol):
    """The durable side of a log pair of one station."""

    def transaction(self) -> AbstractContextManager[None]:
        """All of the block or nothing; locks what it reads, so that two processes cannot both apply one frame."""
        ...

    def own_head(self) -> Position:
        """The newest entry of the own log."""
        ...

    def own_hash(self, number: int) -> bytes | None:
        """The hash at a number of the own log's epoch (0: the first hash), ``None`` beyond its end."""
        ...

    def own_entries(self, after: int, limit: int) -> Sequence[Written]:
        """Up to ``limit`` entries of the own log behind ``after``, in order."""
        ...

    def former(self, place: Position, limit: int) -> Rest | None:
        """What a peer that is at a place in an earlier epoch of the own log lacks of those before the present one."""
        ...

    def boot(self) -> int:
        """How often this side was started."""
        ...

    def peer_holds(self) -> int:
        """What the peer acknowledged last of the own log's epoch."""
        ...

    def set_peer_holds(self, number: int) -> None:
        """Remember what the peer acknowledged; lower than before when the peer lost its tail."""
        ...

    def peer_head(self) -> Position:
        """The newest entry held of the peer's log."""
        ...

    def peer_hash(self, number: int) -> bytes | None:
        """The hash at a number of the peer's log (0: the first hash), ``None`` beyond what is held."""
        ...

    def peer_signature(self) -> bytes:
        """The peer's own signature of ``peer_head``, empty where none was kept."""
        ...

    def may_begin(self, epoch: int) -> bool:
        """Whether the peer may begin this epoch, newer than the one held."""
        ...

    def begin(self, epoch: int, head: SignedHead | None = None) -> None:
        """The peer begins a new epoch; its former one stays as it is. ``head``: of the frame that says so."""
        ...

    def takes_entries(self) -> bool:
        """Whether entries of the peer's present epoch are still taken by wire: not of one that was fenced or ended."""
        ...

    def receive(self, first: int, entries: Sequence[bytes], privates: Sequence[Private], head: SignedHead) -> None:
        """Keep and apply (or park) entries that follow the peer's head, move the cursor, keep the signed head."""
        ...

    def wanted(self, wants: Sequence[Want]) -> None:
        """Unlogged wishes of the peer; they may come again or never."""
        ...

    def alarm(self, code: AlarmCode, detail: str) -> None:
        """Tell people, durably and once; at a station nothing is sold until it is cleared."""
        ...
