"""Entries that come and go on a stick: the same frames as on the wire, taken by the same code."""

from __future__ import annotations

from pathlib import Path

from django.db import transaction

from domain.entries import EntryError, decode_entry, private_digest
from office.books.models import Resident, Station, UpEntry
from office.faults import BadJournal, Unknown
from office.services.parts import Parts
from office.worker.own import signed_by_us
from office.worker.store import DjangoStore
from sync.carrying import carried_frame
from sync.chain import Direction
from sync.frame import ENTRIES_MAX, Private
from sync.identity import signed_by
from sync.log import Log
from sync.stick import OFFICE_FILE, UP_FILE, Stick, StickError, sticks_in
from sync.store import Position


def write_stick(parts: Parts, root: Path, station: str) -> int:
    """Write what a station has not acknowledged; return how many entries that are. Raises ``OfficeError``."""
    row = Station.objects.filter(pk=station).first()
    if row is None:
        raise Unknown(f"no station {station}; office stations lists them")
    store, messages, count = DjangoStore(parts, station), list[bytes](), 0
    with store.transaction():
        number = store.peer_holds()
        before = Position(store.own_head().epoch, number, store.own_hash(number) or b"")
        while written := store.own_entries(before.number, ENTRIES_MAX):
            data, after = carried_frame(station, Direction.DOWN, before, written, row.epoch, parts.signer.sign)
            messages.append(data)
            count, before = count + after.number - before.number, after
    try:
        Stick(root, station, row.epoch).append(OFFICE_FILE, 0, messages)
    except OSError as error:
        raise BadJournal(f"{root}: cannot be written: {error}") from error
    return count


def read_sticks(parts: Parts, root: Path) -> list[tuple[str, int, int, str]]:
    """Take in every copy in a folder: station, life, how many entries were new, and why not. Raises ``OfficeError``."""
    found = []
    for stick in sticks_in(root):
        try:
            taken, code = _read(parts, stick)
        except StickError as error:
            raise BadJournal(str(error)) from error
        found.append((stick.station, stick.epoch, taken, code))
    return found


def _read(parts: Parts, stick: Stick) -> tuple[int, str]:
    row, head, taken = Station.objects.filter(pk=stick.station).first(), stick.head(), 0
    if row is None or not row.frame_key or head is None:
        return 0, "station.unknown"
    public = bytes.fromhex(row.frame_key)
    log = Log(
        station=row.pk,
        writes=Direction.DOWN,
        store=DjangoStore(parts, row.pk),
        sign=parts.signer.sign,
        verify=lambda message, signature: signed_by(public, message, signature),
        random=lambda: 0.5,
        own=signed_by_us,
    )
    for message in stick.messages(UP_FILE, head.up_bytes):
        heard = log.receive(message, 0.0)
        if heard.code:
            return taken, heard.code
        taken += heard.taken
    _keep_privates(stick, stick.privates())
    return taken, ""


def _keep_privates(stick: Stick, privates: dict[int, Private]) -> None:
    """The erasable parts travel beside the frames; one that is not what its entry says is left."""
    with transaction.atomic():
        rows = UpEntry.objects.filter(station=stick.station, epoch=stick.epoch, number__in=privates, private=None)
        erased = [pk.encode() for pk in Resident.objects.exclude(erased_at=None).values_list("pk", flat=True)]
        for row in rows:
            if any(resident in bytes(row.data) for resident in erased):
                continue  # what was erased does not come back from a stick that lay in a drawer
            part = privates[row.number]
            try:
                fits = decode_entry(bytes(row.data)).private == private_digest(part.salt, part.data)
            except EntryError:
                continue
            if fits:
                UpEntry.objects.filter(pk=row.pk).update(salt=part.salt, private=part.data)
