"""A journal that was carried to the office: held against what is known of its life, then applied, or kept as claims."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from domain.entries import EntryError, decode_entry
from domain.facts import UP, VoucherIssued, fact_of
from office.books.models import LateClaim, Life, Station, UpEntry
from office.faults import BadJournal, LifeEnded
from office.services.bounds import REASON_MAX, check_text
from office.services.carried import read_journal
from office.services.down import lock
from office.services.errands import leave
from office.services.fates import list_rest, refund_rest
from office.services.forgotten import settled
from office.services.giving_back import give_back
from office.services.lives import find_life, last_voucher
from office.services.parts import Parts
from office.services.releasing import hand_home
from office.services.station_keys import STATION, life_key
from office.worker.applying import clean
from office.worker.keeping import keep
from sync.carrying import Carried
from sync.chain import Direction, first_hash
from sync.frame import ENTRIES_MAX, Private


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a carried journal: entries held before, applied now, kept as claims; ``parked`` of the applied."""

    station: str
    epoch: int
    held: int
    applied: int
    parked: int
    claims: int
    state: str


def import_journal(parts: Parts, path: Path, reason: str, station: str = "", epoch: int = 0) -> Imported:
    """Take in the journal of a fenced life, from a stick or from its card's folder. Raises ``OfficeError``.

    What follows from what is held is applied as if it had come by wire, and what the life had left is the office's
    again. What says something else than what is held, and everything of a life whose rights were released, becomes a
    late claim that changes nothing until a person settled it.
    """
    check_text("reason", reason, REASON_MAX)
    found, carried, privates = read_journal(path, station, epoch)
    with transaction.atomic():
        row = lock(found.station_id)
        life = Life.objects.select_for_update().get(pk=found.pk)
        if life.state in ("open", "closing"):
            raise LifeEnded(f"station {row.pk} epoch {life.epoch} is in use: fence it first (office fence)")
        hashes = _held(life)
        held, applied, parked, claims = len(hashes) - 1, 0, 0, 0
        if fork := _fork(carried, hashes):
            claims = _claim(parts, life, carried, fork, "fork")
        elif life.state == "fenced":
            applied, parked = _apply(parts, row, life, carried, held, privates)
        else:
            claims = _claim(parts, life, carried, held + 1, "late")
        if life.state == "fenced":
            _end(parts, row, life, reason)
    hand_home(parts, found.station_id, reason)
    state = find_life(found.station_id, found.epoch).state
    return Imported(found.station_id, found.epoch, held, applied, parked, claims, state)


def _fork(carried: Carried, hashes: list[bytes]) -> int:
    """The first number at which a carried journal says something else than the books hold, 0 if there is none."""
    both = zip(carried.hashes, hashes, strict=False)
    return next((number for number, (theirs, ours) in enumerate(both) if theirs != ours), 0)


def _held(life: Life) -> list[bytes]:
    """The hashes that the books hold of a life, by number; without gaps, or the books would be broken."""
    rows = UpEntry.objects.filter(station=life.station_id, epoch=life.epoch).order_by("number")
    hashes = [first_hash(Direction.UP, life.station_id, life.epoch)]
    for number, hash_ in rows.values_list("number", "hash").iterator():
        if number != len(hashes):
            raise BadJournal(f"the books lack entry {len(hashes)} of {life}: restore them first")
        hashes.append(bytes(hash_))
    return hashes


def _apply(
    parts: Parts, row: Station, life: Life, carried: Carried, held: int, privates: Mapping[int, Private]
) -> tuple[int, int]:
    """Apply what is new, as many entries at a time as a frame has."""
    former = Station(id=row.pk, epoch=life.epoch, voucher_key=life.voucher_key)
    new, parked = carried.entries[held:], 0
    for start in range(0, len(new), ENTRIES_MAX):
        part = new[start : start + ENTRIES_MAX]
        reads, _ = keep(former, held + start + 1, carried.hashes[held + start], part, privates, parts.now())
        parked += sum(1 for read in reads if read.parked)
    if new:
        life.last, life.hash = carried.last, carried.hashes[-1]
        if row.epoch == life.epoch:
            row.up_last, row.up_hash = carried.last, carried.hashes[-1]
            row.save(update_fields=["up_last", "up_hash"])
    return len(new), parked


def _claim(parts: Parts, life: Life, carried: Carried, first: int, why: str) -> int:
    """Keep entries from ``first`` on as claims; the same once more is one claim. Return how many are new."""
    count = 0
    for number in range(first, carried.last + 1):
        data = carried.entries[number - 1]
        kind, resident, points = _said(data)
        _, news = LateClaim.objects.get_or_create(
            station_id=life.station_id, epoch=life.epoch, number=number, data=data,
            defaults={"kind": kind, "resident": resident, "points": points, "why": why, "received_at": parts.now()},
        )  # fmt: skip
        count += news
    return count


def _end(parts: Parts, row: Station, life: Life, reason: str) -> None:
    refund_rest(parts, row, life.epoch)
    give_back(parts, row.pk, life.epoch)
    life.state, life.ended_at, life.by, life.reason = "imported", parts.now(), parts.by, reason
    life.last_good = last_voucher(row.pk, life.epoch)
    life.save()
    leave(parts, STATION, life_key(row.pk, life.epoch))
    settled(row, life.epoch)
    if row.epoch == life.epoch:
        Station.objects.filter(pk=row.pk).update(life="imported")
    list_rest(parts, row, life.epoch)


def _said(data: bytes) -> tuple[str, str, int]:
    """Kind, resident and points of a claim; nothing of it is believed."""
    try:
        entry = decode_entry(data)
        fact = fact_of(entry, UP)
    except EntryError:
        return "?", "", 0
    if isinstance(fact, VoucherIssued) and 0 <= fact.points < 2**31:
        return clean(entry.kind, 40), clean(fact.resident, 40), fact.points
    return clean(entry.kind, 40), "", 0
