"""The effects that few frames have, into the tables."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F
from django.db.models.functions import Greatest

from domain.facts import ConsentGiven, DocumentTaken, PinLocked, PinSet, PinUnlocked, StockReceived
from office.books.models import (
    Award,
    Consent,
    Erasure,
    ErasureStation,
    Errand,
    Holding,
    PinEvent,
    PlaceFate,
    Recall,
    Resident,
    StockMove,
)
from office.worker.effects import Effects, Life, clean


def write_more(life: Life, effects: Effects, now: datetime) -> None:
    """Write everything but counters and vouchers."""
    _write_documents(life, effects, now)
    _write_recalls(life, effects, now)
    _write_awards(life, effects, now)
    _write_people(life, effects, now)
    PlaceFate.objects.bulk_create(
        PlaceFate(
            place_id=life.station, place_epoch=life.epoch, entry=one.entry, station=one.station, epoch=one.epoch,
            number=one.number, fate=one.fate, packed=one.packed, at=now,
        )
        for one in effects.elsewhere
    )  # fmt: skip
    Errand.objects.bulk_create(Errand(kind=kind, key=key, at=now) for kind, key in effects.errands)


def _write_documents(life: Life, effects: Effects, now: datetime) -> None:
    for (name, version), fact in effects.documents.items():
        taken = isinstance(fact, DocumentTaken)
        reason = "" if isinstance(fact, DocumentTaken) else clean(f"{fact.code}: {fact.reason}", 300)
        Holding.objects.filter(station_id=life.station, name=name, version=version).update(
            state="taken" if taken else "refused", reason=reason, at=now
        )


def _write_recalls(life: Life, effects: Effects, now: datetime) -> None:
    for right, asked in effects.answered.items():
        mine = Recall.objects.filter(station_id=life.station, epoch=life.epoch, thing=right)
        if not mine.update(answered=Greatest(F("answered"), asked), asked=Greatest(F("asked"), asked)):
            Recall.objects.create(
                station_id=life.station, epoch=life.epoch, thing=right, asked=asked, answered=asked, at=now
            )  # an office that was restored may have forgotten that it asked


def _write_awards(life: Life, effects: Effects, now: datetime) -> None:
    Award.objects.bulk_create(
        Award(
            station_id=life.station, epoch=life.epoch, award=fact.award, resident=fact.resident, points=fact.points,
            staff=clean(fact.staff, 40), reason=clean(fact.reason, 100), received_at=now,
        )
        for fact, _ in effects.awards.values()
    )  # fmt: skip
    for award, undo in effects.undone.items():
        Award.objects.filter(station_id=life.station, epoch=life.epoch, award=award).update(
            undone=clean(undo.reason, 100) or "—", undone_by=clean(undo.staff, 40)
        )
    StockMove.objects.bulk_create(
        StockMove(
            station_id=life.station, epoch=life.epoch, item=int(fact.item),
            pieces=fact.pieces if isinstance(fact, StockReceived) else -fact.pieces,
            staff=clean(fact.staff, 40), reason=clean(fact.reason, 100), received_at=now,
        )
        for fact, _ in effects.pieces
    )  # fmt: skip


def _write_people(life: Life, effects: Effects, now: datetime) -> None:
    for fact, _ in effects.consents:
        given = isinstance(fact, ConsentGiven)
        notice = fact.notice if isinstance(fact, ConsentGiven) else None
        Consent.objects.create(
            station_id=life.station, resident=fact.resident, notice=notice, withdrawn=not given, received_at=now
        )
        standing = Erasure.objects.filter(resident=fact.resident, confirmed_at=None, declined="")
        if not given and not standing.exists():
            reason = (
                f"居民撤回同意（工作人员 {clean(fact.by_staff, 40)} 查找，未出示卡）"
                if fact.by_staff
                else "居民撤回同意"
            )
            Erasure.objects.create(resident=fact.resident, reason=reason, by=life.station, at=now)
    _write_pins(life, effects, now)
    if effects.forgotten:
        mine = ErasureStation.objects.filter(
            station_id=life.station, erasure__resident__in=effects.forgotten, done_at=None
        )
        mine.update(done_at=now)


def _write_pins(life: Life, effects: Effects, now: datetime) -> None:
    for fact in effects.pins:
        what = {PinSet: "set", PinLocked: "locked", PinUnlocked: "unlocked"}[type(fact)]
        staff = "" if isinstance(fact, PinLocked) else clean(fact.staff, 40)
        PinEvent.objects.create(station_id=life.station, resident=fact.resident, what=what, by=staff, at=now)
        if isinstance(fact, PinSet):
            Resident.objects.filter(pk=fact.resident, erased_at=None).update(pin=fact.verifier)
