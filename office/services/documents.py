"""Documents: published under the next version, announced to stations, and their bytes found by hash."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from domain.facts import DOCUMENT_BYTES_MAX, DocumentAnnounced
from office.books.models import Blob, Document, Holding, Office, Station
from office.faults import NotPublished
from office.services.down import append_down, lock_all
from office.services.parts import Parts
from sync.blob_messages import sha256_of
from sync.fault_points import point

CATALOGUE = "catalogue"


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
) -> Document:
    """Keep a document and its pictures (by hash) and announce it to every station. Raises ``NotPublished``."""
    if len(body) > DOCUMENT_BYTES_MAX:
        raise NotPublished(f"{name}: {len(body)} bytes, expected at most {DOCUMENT_BYTES_MAX}")
    with transaction.atomic():
        lock_all()
        stations = list(Station.objects.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))
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
            by=parts.by,
            at=parts.now(),
        )
        point("push.document_kept")
        Holding.objects.bulk_create(
            [Holding(station_id=station, name=name, version=version, at=parts.now()) for station in stations],
            update_conflicts=True,
            unique_fields=["station", "name"],
            update_fields=["version", "state", "reason", "at"],
        )
        point("push.stations_noted")
        append_down(parts, stations, [announcement_of(document)])
    return document


def announcement_of(document: Document) -> DocumentAnnounced:
    """Return what stations are told of a document."""
    when = document.effective_from
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
