"""Is this journal sound? The file, the chain, and that the counters say what the entries say."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Callable
from dataclasses import dataclass

from domain.entries import EntryError, decode_entry
from domain.facts import DOWN, Granted, fact_of
from domain.rights import Counters
from kiosk.faults import JournalDamaged
from kiosk.journal.journal import Journal, connection_of
from sync.chain import Direction, first_hash, next_hash


@dataclass(frozen=True, slots=True)
class Report:
    """What was found: how much was looked at, and every fault in words."""

    entries: int
    down_entries: int
    vouchers: int
    head: str
    faults: tuple[str, ...]

    @property
    def sound(self) -> bool:
        """Whether nothing was found."""
        return not self.faults


def verify(journal: Journal, progress: Callable[[int], None] = lambda _done: None) -> Report:
    """Look through the whole journal and change nothing. ``progress`` is told every 10,000 entries."""
    faults: list[str] = []
    try:
        journal.check_file()
    except JournalDamaged as fault:
        faults.append(str(fault))
    moved: Tally[tuple[str, str]] = Tally()
    with journal.reading():
        up, head = _walk(journal, Direction.UP, faults, moved, progress)
        down, _ = _walk(journal, Direction.DOWN, faults, moved, progress)
        faults.extend(_compare_counters(journal, moved))
        vouchers = connection_of(journal).execute("SELECT count(*) FROM vouchers").fetchone()[0]
    return Report(up, down, vouchers, head.hex(), tuple(faults))


def _walk(
    journal: Journal,
    direction: Direction,
    faults: list[str],
    moved: Tally[tuple[str, str]],
    progress: Callable[[int], None],
) -> tuple[int, bytes]:
    table = "entries" if direction is Direction.UP else "down_entries"
    identity = journal.identity
    expected, hash_ = 0, first_hash(direction, identity.station, identity.epoch)
    rows = connection_of(journal).execute(
        f"SELECT number, bytes, hash FROM {table} WHERE epoch = ? ORDER BY number",  # noqa: S608
        (identity.epoch,),
    )
    for number, data, stored in rows:
        expected += 1
        hash_ = next_hash(hash_, data)
        if number != expected or hash_ != stored:
            faults.append(
                f"{table}: the chain breaks at entry {number} (expected entry {expected}, {hash_.hex()[:12]})"
            )
            break
        _count(table, number, data, moved, faults)
        if expected % 10_000 == 0:
            progress(expected)
    return expected, hash_


def _count(table: str, number: int, data: bytes, moved: Tally[tuple[str, str]], faults: list[str]) -> None:
    try:
        entry = decode_entry(data)
        granted = fact_of(entry, DOWN)
    except EntryError as error:
        faults.append(f"{table}: entry {number}: {error}")
        return
    for move in entry.moves:
        moved[move.right, move.counter.value] += move.amount
    if isinstance(granted, Granted):
        moved[granted.right, "granted"] = granted.total


def _compare_counters(journal: Journal, moved: Tally[tuple[str, str]]) -> list[str]:
    columns = Counters.__struct_fields__
    rows = connection_of(journal).execute(
        f"SELECT thing, {', '.join(columns)} FROM counters WHERE epoch = ?",  # noqa: S608
        (journal.identity.epoch,),
    )
    stored = {(thing, name): value for thing, *values in rows for name, value in zip(columns, values, strict=True)}
    return [
        f"counters: {thing} {name} is {stored.get((thing, name), 0)}, the entries say {moved[thing, name]}"
        for thing, name in sorted(stored.keys() | moved.keys())
        if stored.get((thing, name), 0) != moved[thing, name]
    ]
