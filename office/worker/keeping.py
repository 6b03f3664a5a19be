"""Entries of a life that follow what is held, into the books: applied or parked, and kept as they came."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from office.books.models import Station, UpEntry
from office.worker.effects import Effects, Read
from office.worker.rows import insert
from office.worker.writing import apply_entries
from sync.chain import next_hash
from sync.frame import Private

_COLUMNS = ("station", "epoch", "number", "data", "hash", "salt", "private", "kind", "parked", "received_at")


def keep(
    row: Station, first: int, before: bytes, entries: Sequence[bytes], erasable: Mapping[int, Private], now: datetime
) -> tuple[list[Read], Effects]:
    """Apply and keep entries of the life that ``row`` stands for, whose station is locked; ``before`` is hash(first-1).

    Nothing is changed in the station's row.
    """
    hash_, rows = before, list[tuple[object, ...]]()
    reads, effects = apply_entries(row, first, entries, now)
    for read, data in zip(reads, entries, strict=True):
        hash_, private = next_hash(hash_, data), erasable.get(read.number)
        salt, part = (None, None) if private is None else (private.salt, private.data)
        rows.append((row.pk, row.epoch, read.number, data, hash_, salt, part, read.kind, read.parked, now))
    insert(UpEntry, _COLUMNS, rows)
    return reads, effects
