"""The second copy on a stick: kept up to date by ``kiosk sync``, looked at before anything is sold, read back."""

from __future__ import annotations

import logging
from pathlib import Path

import msgspec

from kiosk.faults import YizhanError, point
from kiosk.journal.journal import Journal, connection_of
from kiosk.journal.sync_store import SyncStore
from sync.carrying import Carried, carried_frame, read_carried
from sync.chain import Direction, first_hash
from sync.frame import ENTRIES_MAX, FrameError, Private, Sign, Verify
from sync.stick import DOWN_FILE, UP_FILE, Stick, StickError, StickHead, sticks_in
from sync.store import Position
from sync.tail import encode_tail, make_tail

logger = logging.getLogger(__name__)
AHEAD = "stick.ahead"


class StickFault(YizhanError):
    """A stick that cannot be read or written, or whose copy is not this station's."""

    code = "stick.fault"


def stick_of(journal: Journal, root: Path) -> Stick:
    """Return where the present life's copy lies."""
    return Stick(root, journal.identity.station, journal.identity.epoch)


def copy(journal: Journal, root: Path, sign: Sign) -> StickHead:
    """Bring the copy up to date; return how far it goes. Raises ``StickError``; then it is tried again.

    A copy that holds more than the journal, or other entries, is left as it is: it may be the only one that is right.
    """
    stick = stick_of(journal, root)
    with stick.alone():
        former = stick.head()
        head = former or StickHead(station=stick.station, epoch=stick.epoch)
        if is_ahead(journal, head):
            raise StickError(f"{stick.folder}: the copy is not of this journal, or ahead of it; left as it is")
        made = _down(journal, stick, _up(journal, stick, head, sign), sign)
        point("stick.appended")
        made = stick.finish(made, _privates(journal), former)
        point("stick.finished")
        _forget_in_former(journal, root)
    return made


def is_ahead(journal: Journal, head: StickHead) -> bool:
    """Whether a copy of the present life holds what the journal does not have."""
    if not head.up:
        return False
    mine = SyncStore(journal, 0).own_hash(head.up)
    return mine is None or mine.hex() != head.up_hash


def is_stick_ahead(journal: Journal, root: Path) -> bool:
    """Whether the stick, if one is there, knows more of this station than the journal: a later life, or more of this.

    Raises ``StickError`` for a copy that cannot be read.
    """
    head = stick_of(journal, root).head()
    later = Stick(root, journal.identity.station, journal.identity.epoch + 1).head()
    return later is not None or (head is not None and is_ahead(journal, head))


def check_stick(journal: Journal, root: Path | None) -> None:
    """At a start: see that the stick does not know more than the journal; else nothing is sold until that is mended.

    A stick that is not there, or cannot be read, says nothing: that alone must not stop a station.
    """
    try:
        ahead = root is not None and root.is_dir() and is_stick_ahead(journal, root)
    except OSError as error:
        logger.error("stick.fault: %s", error)  # noqa: TRY400 - the sentence says all
        return
    if ahead:
        with journal.transaction("stick"):
            news = journal.office.raise_alarm(AHEAD, "the stick holds entries that the journal does not have")
        if news:
            logger.error("stick.ahead: the stick holds entries that the journal does not have; nothing is sold")


def read_back(journal: Journal, root: Path, own: Verify) -> tuple[Carried, dict[int, Private]]:
    """Return what the copy of the present life holds, each frame signed by us. Raises ``StickFault``."""
    stick = stick_of(journal, root)
    try:
        head = stick.head()
        messages = [] if head is None else list(stick.messages(UP_FILE, head.up_bytes))
        return read_carried(messages, stick.station, Direction.UP, stick.epoch, own), stick.privates()
    except (StickError, FrameError) as error:
        raise StickFault(str(error)) from error


def _up(journal: Journal, stick: Stick, head: StickHead, sign: Sign) -> StickHead:
    store = SyncStore(journal, 0)
    start = bytes.fromhex(head.up_hash) or first_hash(Direction.UP, stick.station, stick.epoch)
    before, messages = Position(stick.epoch, head.up, start), list[bytes]()
    while written := store.own_entries(before.number, ENTRIES_MAX):
        data, before = carried_frame(stick.station, Direction.UP, before, written, journal.down.epoch, sign)
        messages.append(data)
    if not messages:
        return head
    end = stick.append(UP_FILE, head.up_bytes, messages)
    return msgspec.structs.replace(head, up=before.number, up_hash=before.hash.hex(), up_bytes=end)


def _down(journal: Journal, stick: Stick, head: StickHead, sign: Sign) -> StickHead:
    """The office's log, as tails with its own newest signature; a new life of it begins the file anew."""
    signed = journal.office.head()
    if signed is None or (head.down_epoch, head.down) == (journal.down.epoch, signed.last):
        return head
    same = head.down_epoch == journal.down.epoch
    number, start, at = (head.down, bytes.fromhex(head.down_hash), head.down_bytes) if same else (0, b"", 0)
    start = start or first_hash(Direction.DOWN, stick.station, journal.down.epoch)
    messages = []
    while number < signed.last and (written := journal.down.entries(number, ENTRIES_MAX)):
        tail = make_tail(stick.station, Direction.DOWN, Position(journal.down.epoch, number, start), written, signed)
        number += len(tail.entries)
        start = journal.down.hash_at(number) or b""
        messages.append(encode_tail(tail, sign))
    end = stick.append(DOWN_FILE, at, messages)
    return msgspec.structs.replace(
        head, down_epoch=journal.down.epoch, down=number, down_hash=start.hex(), down_bytes=end
    )


def _forget_in_former(journal: Journal, root: Path) -> None:
    """Take out of the copies of former lives what the journal erased of them; what it never had stays."""
    for stick in sticks_in(root, journal.identity.station):
        head = stick.head() if stick.epoch < journal.identity.epoch else None
        if head is not None and (kept := stick.privates()):
            gone = _erased(journal, stick.epoch)
            stick.finish(head, [part for number, part in kept.items() if number not in gone], head)


def _erased(journal: Journal, epoch: int) -> set[int]:
    rows = connection_of(journal).execute("SELECT number FROM entries WHERE epoch = ? AND private IS NULL", (epoch,))
    return {row[0] for row in rows}


def _privates(journal: Journal) -> list[Private]:
    rows = connection_of(journal).execute(
        "SELECT number, salt, private FROM entries WHERE epoch = ? AND private IS NOT NULL AND salt IS NOT NULL"
        " ORDER BY number",
        (journal.identity.epoch,),
    )
    return [Private(*row) for row in rows]
