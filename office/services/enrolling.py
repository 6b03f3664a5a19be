"""A station's request, answered: its keys are believed from now on, and it gets its certificate and the pepper in every
version.

A request may come again, when its answer was lost: with the same keys it gets the same certificate. With other keys, or
without the bundle's secret, it gets nothing, and is counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import F

from domain.identity_digest import Pepper
from office.books.models import Certificate, Invitation, Station
from office.home import home
from office.services.certificates import issue
from office.services.errands import leave
from office.services.invitations import EXPIRED
from office.services.irregularities import NOBODY, count
from office.services.lives import keep_keys
from office.services.parts import Parts
from office.services.peppers import lacks_newest
from office.services.station_keys import STATION, life_key
from sync.certificates import requested_key
from sync.curve import CertificateError
from sync.enrolment import (
    KEY_SIZE,
    RENEW,
    Answer,
    EnrolmentError,
    Request,
    asking_message,
    box_context,
    decode_request,
    encode_answer,
    knows_secret,
)
from sync.fault_points import point
from sync.identity import signed_by
from sync.sealing import BoxError, seal

RENEWED_AT_MOST_EVERY = timedelta(days=1)  # a station that asks without end must not fill the books


@dataclass(frozen=True, slots=True)
class Turned:
    """Nothing was given. ``code`` stands in docs/errors.md."""

    code: str
    detail: str = ""


def answer(parts: Parts, data: bytes) -> bytes | Turned:
    """Return the answer to a request, or why there is none. Nothing is raised for what a stranger sends."""
    try:
        request, body, mac, signature = decode_request(data)
        found = _renew(parts, request, body, signature) if request.kind == RENEW else None
        found = found or _enrol(parts, request, body, mac, signature)
    except (EnrolmentError, CertificateError, BoxError) as error:
        found = Turned("enrol.malformed", str(error))
        request = None
    if isinstance(found, Turned):
        known = request is not None and Station.objects.filter(pk=request.station).exists()
        station = request.station if known and request is not None else NOBODY
        count(parts, {(station, found.code): (1, found.detail)})
    return found


def _enrol(parts: Parts, request: Request, body: bytes, mac: bytes, signature: bytes) -> bytes | Turned:
    with transaction.atomic():
        row = Station.objects.select_for_update().filter(pk=request.station).first()
        invitation = Invitation.objects.filter(station=row, epoch=request.epoch).first()  # the newest
        turned = _uninvited(parts, row, invitation, body, mac)
        if turned is not None or row is None or invitation is None:
            return turned or Turned("enrol.refused", "no such bundle")
        if not signed_by(request.frame_key, asking_message(body), signature):
            return Turned("enrol.malformed", "the request is not signed with its own frame key")
        keys = (request.voucher_key.hex(), request.frame_key.hex())
        turned = _used(row, keys, request) if row.frame_key else None
        if turned is not None:
            return turned
        peppers = home().peppers()
        sealed = _sealed(parts, row, request, peppers)
        certificate = issue(parts, row, request.request, peppers[-1].version)
        row.voucher_key, row.frame_key = keys
        row.save(update_fields=["voucher_key", "frame_key"])
        keep_keys(row)
        leave(parts, STATION, life_key(row.pk, row.epoch))
        Invitation.objects.filter(pk=invitation.pk, used_at=None).update(used_at=parts.now())
        point("answer.before_commit")
    point("answer.after_commit")
    return _answered(parts, row, certificate, sealed, peppers[-1].version)


def _uninvited(
    parts: Parts, row: Station | None, invitation: Invitation | None, body: bytes, mac: bytes
) -> Turned | None:
    """Why this request is none of an open bundle; to who does not know the secret the reasons all look alike."""
    if row is None or invitation is None or invitation.epoch != row.epoch or invitation.withdrawn:
        why = "there is no open bundle" if invitation is None else f"the bundle was withdrawn: {invitation.withdrawn}"
        return Turned("enrol.refused", why)
    mine = Invitation.objects.filter(pk=invitation.pk)
    if not knows_secret(bytes(invitation.secret), body, mac):
        # Counted and no more: 256 bits are not guessed, and a lock would let any stranger shut an honest station out.
        mine.update(wrong=F("wrong") + 1)
        return Turned("enrol.refused", "a wrong secret")
    if parts.now() >= invitation.expires_at:
        mine.update(withdrawn=EXPIRED, secret=b"")
        return Turned("enrol.expired", "the bundle is too old")
    return None


def _used(row: Station, keys: tuple[str, str], request: Request) -> Turned | None:
    """Why a bundle that was used is not for this request: the same machine may ask again, as long as it may speak."""
    mine = Certificate.objects.filter(station=row, epoch=row.line, public=requested_key(request.request)).first()
    if (row.voucher_key, row.frame_key) != keys or mine is None:
        return Turned("enrol.used", "another machine used this bundle before")
    return None if mine.revoked_at is None else Turned("enrol.revoked", "its certificate was taken back")


def _renew(parts: Parts, request: Request, body: bytes, signature: bytes) -> bytes | Turned:
    with transaction.atomic():
        row = Station.objects.select_for_update().filter(pk=request.station).first()
        if row is None or request.epoch != row.line or not row.frame_key:
            return Turned("enrol.refused", "no such life of a station")
        if not signed_by(bytes.fromhex(row.frame_key), asking_message(body), signature):
            return Turned("enrol.refused", "not signed with the station's frame key")
        mine = Certificate.objects.filter(station=row, epoch=row.line, revoked_at=None)
        newest = mine.order_by("-issued_at", "-pk").first()
        if newest is None:
            return Turned("enrol.revoked", "its certificates were taken back")
        again = bytes(newest.public) == requested_key(request.request)
        soon = newest.issued_at + RENEWED_AT_MOST_EVERY > parts.now()
        if not again and soon and not (request.box_key and lacks_newest(row)):
            return Turned("enrol.often", "its certificate was made less than a day ago")
        peppers = home().peppers() if request.box_key else []
        sealed = _sealed(parts, row, request, peppers) if peppers else b""
        version = peppers[-1].version if peppers else 0
        certificate = issue(parts, row, request.request, version)
    point("answer.renewed")
    return _answered(parts, row, certificate, sealed, version or parts.pepper.version)


def _sealed(parts: Parts, row: Station, request: Request, peppers: list[Pepper]) -> bytes:
    """Every version of the pepper, the newest last, for this machine alone."""
    random = parts.system.random_bytes(KEY_SIZE)
    return seal(b"".join(pepper.secret for pepper in peppers), request.box_key, random, box_context(row.pk, row.epoch))


def _answered(parts: Parts, row: Station, certificate: bytes, sealed: bytes, version: int) -> bytes:
    given = Answer(
        station=row.pk,
        epoch=row.line,
        certificate=certificate,
        office_keys=home().public_keys(),
        pepper=sealed,
        pepper_version=version,
    )
    return encode_answer(given, parts.signer.sign)
