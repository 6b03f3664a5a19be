"""Certificates of stations: issued to one life of a station, taken back with it."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from office.books.models import Certificate, Invitation, Station
from office.home import FIRST_PEPPER
from office.services.authority import authority
from office.services.broker import publish
from office.services.parts import Parts
from sync.certificate_reading import read_station_certificate
from sync.certificates import SERIAL_SIZE, requested_key, station_certificate
from sync.fault_points import point

SOON = timedelta(days=180)  # before its end a certificate is shown as to be renewed


def issue(parts: Parts, station: Station, request: bytes, pepper: int = 0) -> bytes:
    """Return a certificate, PEM, for the present life of a station whose row is locked; for the same key the same one.

    ``pepper`` is the newest version of the pepper that is handed over with it; 0: none, what was handed over stands.

    The certificates of its earlier lives are taken back: the new one speaks under the same name. Raises
    ``CertificateError`` for a request that is none.
    """
    public = requested_key(request)
    mine = Certificate.objects.filter(station=station, epoch=station.line)
    found = mine.filter(public=public, revoked_at=None).first()
    if found is not None:
        mine.filter(pk=found.pk, pepper__lt=pepper).update(pepper=pepper)
        return found.pem.encode()
    own, now = authority(), parts.now()
    pem = station_certificate(own, request, station.pk, station.line, now, parts.system.random_bytes(SERIAL_SIZE))
    said = read_station_certificate(pem, own.certificate)
    Certificate.objects.create(
        station=station,
        epoch=station.line,
        serial=f"{said.serial:x}",
        public=public,
        pem=pem.decode(),
        issued_at=now,
        expires_at=said.expires,
        pepper=max(pepper, *mine.values_list("pepper", flat=True), FIRST_PEPPER),
    )
    earlier = Certificate.objects.filter(station=station, epoch__lt=station.line, revoked_at=None)
    earlier.update(revoked_at=now)
    point("certificate.written")
    transaction.on_commit(lambda: publish(parts))
    return pem


def revoke(parts: Parts, station: str, epoch: int) -> int:
    """Take back every certificate of one life of a station, for ever; return how many there were.

    From the moment the broker has read the list, no new line is opened with it, and one that stands hears and says
    nothing more.
    """
    with transaction.atomic():
        rows = Certificate.objects.select_for_update().filter(station=station, epoch=epoch, revoked_at=None)
        count = rows.update(revoked_at=parts.now())
        Invitation.objects.filter(station=station, epoch=epoch, withdrawn="").update(secret=b"", withdrawn="revoked")
        point("revoke.written")
        transaction.on_commit(lambda: publish(parts))
    return count
