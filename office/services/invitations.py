"""A bundle for a station: with it, once and for a while, it may ask for its certificate."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from config.office import OfficeSettings
from office.books.models import Invitation, Station
from office.books.models.stations import TAKES
from office.faults import Known
from office.home import home
from office.services.authority import authority
from office.services.down import lock
from office.services.enrol import open_life
from office.services.parts import Parts
from sync.enrolment import SECRET_SIZE, VERSION, Bundle, Place, encode_bundle
from sync.fault_points import point

REPLACED, EXPIRED = "replaced", "expired"


def invite(parts: Parts, station: str, name: str, settings: OfficeSettings, replace: str = "") -> tuple[Station, bytes]:
    """Open a life of a station and return its row, with the bundle to carry there. Raises ``OfficeError``.

    A life whose keys never came is not left for another one: the bundle before is worth nothing from now on. One whose
    keys came is ended by it, for the reason ``replace``; without one nothing is done.
    """
    own = authority()
    row = Station.objects.filter(pk=station).first()
    if row is not None and row.frame_key and row.life in TAKES and not replace:
        raise Known(
            f"station {station} is enrolled, epoch {row.epoch}: a new enrolment ends that life and freezes what it "
            "holds; say --replace and a --reason"
        )
    if row is None or row.frame_key or row.life not in TAKES:  # over, though no keys came: forgotten by a restore
        row = open_life(parts, station, name, reason=replace or "站点登记")
    point("invite.life_opened")
    secret = parts.system.random_bytes(SECRET_SIZE)
    expires = parts.now() + timedelta(hours=settings.enrolment.secret_hours)
    with transaction.atomic():
        row = lock(row.pk)
        Station.objects.filter(pk=row.pk).update(name=name)
        Invitation.objects.filter(station=row, withdrawn="").update(secret=b"", withdrawn=REPLACED)
        Invitation.objects.create(
            station=row, epoch=row.epoch, secret=secret, made_at=parts.now(), expires_at=expires, by=parts.by
        )
    point("invite.written")
    there = settings.stations
    bundle = Bundle(
        v=VERSION,
        station=row.pk,
        epoch=row.epoch,
        down_epoch=row.down_epoch,
        authority=own.certificate.decode(),
        office_keys=home().public_keys(),
        broker=Place(there.host, there.broker_port),
        mqtt=settings.broker.mqtt,
        door=Place(there.host, there.enrol_port),
        secret=secret.hex(),
        expires_at=int(expires.timestamp() * 1000),
    )
    return row, encode_bundle(bundle)
