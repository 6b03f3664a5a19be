"""Documents: published under the next version, announced to stations, and their bytes found by hash."""

from __future__ import annotations

from datetime import datetime

import msgspec
from django.db import transaction
from django.db.models import Max, Q

from domain.facts import DOCUMENT_BYTES_MAX, DocumentActivated, DocumentAnnounced
from office.books.models import Blob, Document, Holding, Office, Station
from office.faults import NotPublished, Unknown
from office.services.down import append_down, lock_all
from office.services.errands import leave
from office.services.parts import Parts
from sync.blob_messages import sha256_of
from sync.fault_points import point

CATALOGUE = "catalogue"
RULES = "rules"
BOARD = "board"


def newest(name: str) -> int:
    """Return the newest version of a document, 0 if there is none."""
    here = int(Document.objects.filter(name=name).aggregate(newest=Max("version"))["newest"] or 0)
    office = Office.objects.filter(pk=1).only("floors").first()
    return max(here, 0 if office is None else int(office.floors.get(name, 0)))


def publish(
    parts: Parts,
    name: str,
    version: int,
    body: bytes,
    pictures: dict[str, bytes],
    effective_from: datetime | None = None,
    to: tuple[str, ...] = (),
) -> Document:
    """Keep a document and its pictures (by hash) and announce it to every station. Raises ``NotPublished``.

    ``to``: announce it to these alone for now; ``announce_rest`` does the others.
    """
    if len(body) > DOCUMENT_BYTES_MAX:
        raise NotPublished(f"{name}: {len(body)} bytes, expected at most {DOCUMENT_BYTES_MAX}")
    with transaction.atomic():
        lock_all()
        stations = list(Station.objects.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))
        if to:
            stations = [station for station in stations if station in to]
        if version <= (last := newest(name)):
            raise NotPublished(f"{name}: version {version} was to be published, {last} is already; try again")
        for sha256, data in pictures.items():
            Blob.objects.get_or_create(sha256=sha256, defaults={"data": data})
        document = Document.objects.create(
            name=name,
            version=version,
            body=body,
            sha256=sha256_of(body),
            effective_from=effective_from,
            staged=bool(to),
            by=parts.by,
            at=parts.now(),
        )
        point("push.document_kept")
        _announce(parts, document, stations)
    return document


def _announce(parts: Parts, document: Document, stations: list[str]) -> None:
    Holding.objects.bulk_create(
        [
            Holding(station_id=station, name=document.name, version=document.version, at=parts.now())
            for station in stations
        ],
        update_conflicts=True,
        unique_fields=["station", "name"],
        update_fields=["version", "state", "reason", "at"],
    )
    point("push.stations_noted")
    append_down(parts, stations, [announcement_of(document)])


def announce_rest(parts: Parts, name: str) -> tuple[Document, int]:
    """Announce the newest version to whoever was left out; return it, and how many those were. Raises ``Unknown``."""
    with transaction.atomic():
        lock_all()
        document = Document.objects.filter(name=name).order_by("-version").first()
        if document is None:
            raise Unknown(f"no document {name}")
        held = Holding.objects.filter(name=name, version__gte=document.version).values_list("station_id", flat=True)
        rest = Station.objects.exclude(pk__in=list(held)).order_by("pk").values_list("pk", flat=True)
        _announce(parts, document, stations := list(rest))
        document.staged = False
        document.save(update_fields=["staged"])
    return document, len(stations)


def document_for(station: str, name: str) -> Document | None:
    """Return the newest version that is meant for a station: one that goes to some first is not meant for all."""
    rows = Document.objects.filter(name=name).order_by("-version")
    held = Holding.objects.filter(station=station, name=name).values_list("version", flat=True).first() or 0
    return rows.filter(Q(staged=False) | Q(version=held)).first()


def activate_due(parts: Parts) -> int:
    """Say of every document whose time has come by the office's clock that it counts now; return how many."""
    due = Document.objects.filter(effective_from__lte=parts.now(), activated_at=None)
    count = 0
    for document in due.order_by("pk"):
        with transaction.atomic():
            lock_all()
            if not Document.objects.filter(pk=document.pk, activated_at=None).update(activated_at=parts.now()):
                continue
            count += 1
            there = Holding.objects.filter(name=document.name, version=document.version)
            stations = list(there.values_list("station_id", flat=True))
            append_down(parts, stations, [DocumentActivated(document.name, document.version)])
            if document.name == RULES:
                leave(parts, "limits", "*")
    return count


def bring_back(parts: Parts, name: str, version: int, to: tuple[str, ...] = ()) -> Document:
    """Publish what an older version said, under the next version; ``to`` as in ``publish``. Raises ``OfficeError``."""
    with transaction.atomic():
        lock_all()
        older = Document.objects.filter(name=name, version=version).first()
        if older is None:
            raise Unknown(f"no version {version} of {name}; office document list shows them")
        following = newest(name) + 1
        try:
            values = msgspec.json.decode(bytes(older.body))
        except msgspec.DecodeError as error:
            raise NotPublished(f"{name} {version}: {error}") from error
        if not isinstance(values, dict) or values.get("version") != version:
            raise NotPublished(f"{name} {version}: it does not state its version")
        document = publish(parts, name, following, msgspec.json.encode({**values, "version": following}), {}, to=to)
        if name == RULES:
            leave(parts, "limits", "*")
    return document


def announcement_of(document: Document) -> DocumentAnnounced:
    """Return what stations are told of a document."""
    # What counts already counts at once: nobody says again that its time has come.
    when = document.effective_from if document.activated_at is None else None
    return DocumentAnnounced(
        name=document.name,
        version=document.version,
        sha256=document.sha256,
        size=len(document.body),
        effective_from=None if when is None else int(when.timestamp() * 1000),
    )


def read_blob(sha256: str) -> bytes | None:
    """Return a picture or a document by its hash."""
    blob = Blob.objects.filter(pk=sha256).first()
    if blob is not None:
        return bytes(blob.data)
    document = Document.objects.filter(sha256=sha256).first()
    return None if document is None else bytes(document.body)
