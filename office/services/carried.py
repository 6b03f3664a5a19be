"""Reading a station's journal that somebody brought: a stick, or the folder of a card."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from domain.entries import EntryError, decode_entry, private_digest
from office.books.models import Life
from office.faults import BadJournal, Unknown
from sync.carrying import Carried, read_carried
from sync.chain import Direction, first_hash, next_hash
from sync.frame import FrameError, Private
from sync.identity import KeyFileError, SigningKey, read_secret, signed_by
from sync.stick import UP_FILE, Stick, StickError, sticks_in

Brought = tuple[Life, Carried, dict[int, Private]]


def read_journal(path: Path, station: str = "", epoch: int = 0) -> Brought:
    """Return the life, its chained entries, and their erasable parts. Raises ``OfficeError``.

    Every frame of a stick is signed by the life's frame key. A card's ``journal.db`` is not signed as it lies there;
    so the frame key itself must lie beside it, in ``secrets/``.
    """
    if path.is_file() or (path / "journal.db").is_file():
        found = _database(path if path.is_file() else path / "journal.db", epoch)
    else:
        found = _stick(path, station, epoch)
    return found[0], found[1], _sound(found[1], found[2])


def _stick(path: Path, station: str, epoch: int) -> Brought:
    sticks = [stick for stick in sticks_in(path, station) if epoch in (0, stick.epoch)]
    if not sticks:
        raise BadJournal(f"{path}: no copy of a journal lies there")
    if len(sticks) > 1:
        names = ", ".join(stick.folder.name for stick in sticks)
        raise BadJournal(f"{path}: several lie there ({names}); name the folder of one")
    return _read(sticks[0])


def _read(stick: Stick) -> Brought:
    life = _life(stick.station, stick.epoch)
    public = bytes.fromhex(life.frame_key)
    try:
        head = stick.head()
        if head is None:
            raise BadJournal(f"{stick.folder}: the copy was never finished")
        messages = list(stick.messages(UP_FILE, head.up_bytes))
        verify = lambda message, signature: signed_by(public, message, signature)  # noqa: E731 - short
        return life, read_carried(messages, stick.station, Direction.UP, stick.epoch, verify), stick.privates()
    except (StickError, FrameError) as error:
        raise BadJournal(str(error)) from error


def _database(path: Path, epoch: int) -> Brought:
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as journal:
            station, present = journal.execute("SELECT id, epoch FROM station").fetchone()
            epoch = epoch or present
            query = "SELECT number, bytes, salt, private FROM entries WHERE epoch = ? ORDER BY number"
            rows = journal.execute(query, (epoch,)).fetchall()
        key = SigningKey(1, read_secret(path.parent / "secrets" / "frame.key"))
    except (sqlite3.Error, TypeError, KeyFileError) as error:
        raise BadJournal(f"{path}: no journal with its station's frame key beside it: {error}") from error
    life = _life(station, epoch)
    if key.public.hex() != life.frame_key:
        raise BadJournal(f"{path}: the key that lies beside it is not that of {life}")
    hashes, privates = [first_hash(Direction.UP, station, epoch)], dict[int, Private]()
    for expected, (number, data, salt, private) in enumerate(rows, start=1):
        if number != expected:
            raise BadJournal(f"{path}: entry {expected} is missing")
        hashes.append(next_hash(hashes[-1], data))
        if salt is not None and private is not None:
            privates[number] = Private(number, salt, private)
    return life, Carried(tuple(hashes), tuple(row[1] for row in rows)), privates


def _life(station: str, epoch: int) -> Life:
    life = Life.objects.filter(station=station, epoch=epoch).first()
    if life is None or not life.frame_key:
        raise Unknown(f"station {station} epoch {epoch} was never enrolled here")
    return life


def _sound(carried: Carried, privates: dict[int, Private]) -> dict[int, Private]:
    """Leave out erasable parts that are not what their entries say."""
    return {number: part for number, part in privates.items() if _fits(carried, number, part)}


def _fits(carried: Carried, number: int, part: Private) -> bool:
    if not 1 <= number <= carried.last:
        return False
    try:
        return decode_entry(carried.entries[number - 1]).private == private_digest(part.salt, part.data)
    except EntryError:
        return False
