"""Tables in memory that do what a database does: all of a transaction or nothing, also when the power goes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sync.chain import Direction, first_hash, next_hash
from sync.store import Position

K = TypeVar("K")
V = TypeVar("V")
_NONE = object()


class Crash(Exception):
    """The power went."""


@dataclass
class Chain:
    """The entries of one log in one epoch, and their hashes."""

    epoch: int
    hashes: list[bytes]
    data: list[bytes] = field(default_factory=list)

    @classmethod
    def begin(cls, direction: Direction, station: str, epoch: int) -> Chain:
        return cls(epoch, [first_hash(direction, station, epoch)])

    @property
    def last(self) -> int:
        return len(self.data)

    @property
    def head(self) -> Position:
        return Position(self.epoch, len(self.data), self.hashes[-1])

    def hash(self, number: int) -> bytes | None:
        return self.hashes[number] if number < len(self.hashes) else None

    def copy(self) -> Chain:
        return Chain(self.epoch, [*self.hashes], [*self.data])


class Disk:
    """What survives a crash. ``fuse``: so many more writes until the power goes."""

    def __init__(self) -> None:
        self._undo: list[tuple[Any, Any, Any]] | None = None
        self.fuse: int | None = None

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """See ``LogStore``; within another one it is part of that."""
        if self._undo is not None:
            yield
            return
        self._undo = []
        try:
            yield
            self.burn()
        except BaseException:
            self.roll_back()
            raise
        finally:
            self._undo = None
        self.burn()

    def roll_back(self) -> None:
        for table, key, old in reversed(self._undo or []):
            if isinstance(table, Chain):
                del table.data[key:], table.hashes[key + 1 :]
            elif isinstance(table, list):
                del table[key:]
            elif old is _NONE:
                del table[key]
            else:
                table[key] = old

    def burn(self) -> None:
        if self.fuse is not None:
            self.fuse -= 1
            if self.fuse < 0:
                self.fuse = None
                raise Crash

    def put(self, table: dict[K, V], key: K, value: V) -> None:
        self.burn()
        self._note(table, key, table.get(key, _NONE))
        table[key] = value

    def drop(self, table: dict[K, V], key: K) -> None:
        if key in table:
            self.burn()
            self._note(table, key, table[key])
            del table[key]

    def push(self, chain: Chain, data: bytes) -> int:
        """Append an entry; return its number."""
        self.burn()
        self._note(chain, chain.last, None)
        chain.hashes.append(next_hash(chain.hashes[-1], data))
        chain.data.append(data)
        return chain.last

    def append(self, rows: list[V], row: V) -> None:
        self.burn()
        self._note(rows, len(rows), None)
        rows.append(row)

    def _note(self, table: Any, key: Any, old: Any) -> None:
        assert self._undo is not None, "written outside a transaction"
        self._undo.append((table, key, old))
