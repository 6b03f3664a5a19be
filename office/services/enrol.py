"""A station's first day: its row here, and everything it must know."""

from __future__ import annotations

import json
from pathlib import Path

from django.db import transaction

from config.link import Broker, Enrolment, LinkSettings, text_of
from domain.facts import DocumentAnnounced, Fact
from domain.ids import StationId, station_number
from office.books.models import Document, Holding, Resident, Staff, Station
from office.faults import BundleInUse, Unknown
from office.services.authority import authority
from office.services.bounds import NAME_MAX, check_text
from office.services.certificates import issue
from office.services.documents import announcement_of, document_for
from office.services.down import append_to, lock, lock_all
from office.services.errands import leave
from office.services.fates import open_vouchers_at
from office.services.forgotten import first_free
from office.services.granted import next_life
from office.services.grants import hand_over_all
from office.services.lives import end_present, keep_keys, open_row
from office.services.parts import Parts
from office.services.people import listing_of
from office.services.station_keys import STATION, keys_of_others, life_key
from office.services.succession import announcements
from sync.certificates import request_of
from sync.chain import Direction, first_hash
from sync.curve import SEED_SIZE, new_key
from sync.fault_points import point
from sync.identity import KEY_SIZE, SigningKey, write_secret


def open_life(
    parts: Parts, station: str, name: str, voucher_key: str = "", frame_key: str = "", reason: str = "站点登记"
) -> Station:
    """Open the books for a station, or for its next life, with everything it must know waiting for it.

    A former life that has not ended is fenced: its rights stay frozen until its journal is imported or they are
    released.

    Without keys (public, hex) it is not believed yet: they come with its request. Raises ``OfficeError``.
    """
    try:
        station_number(StationId(station))
    except ValueError as error:
        raise Unknown(f"{error}: 12 digits of the community's statistical area code and 2 of its own") from error
    check_text("name", name, NAME_MAX)
    with transaction.atomic():
        lock_all()
        row = _open(parts, station, name, reason)
        point("life.opened")
        row.voucher_key, row.frame_key = voucher_key, frame_key
        row.save()
        keep_keys(row)
        append_to(parts, row, everything(row))
        if row.voucher_key:
            leave(parts, STATION, life_key(station, row.epoch))
    point("life.told")
    for resident in Resident.objects.filter(home=station).order_by("pk").values_list("pk", flat=True):
        hand_over_all(parts, resident, "站点登记")
    return Station.objects.get(pk=station)


def enrol(parts: Parts, station: str, name: str, broker: Broker, folder: Path) -> Station:
    """Enrol a station of a test or a benchmark at once: its keys are made here and laid into ``folder``.

    No command does this: a real station makes its own keys (``office.services.invitations``). Raises ``OfficeError``.
    """
    if folder.exists() and any(folder.iterdir()):
        raise BundleInUse(f"{folder}: something lies there already; name a folder that is empty or not there yet")
    seeds = {name: parts.system.random_bytes(KEY_SIZE) for name in ("voucher", "frame")}
    publics = [SigningKey(1, seeds[name]).public.hex() for name in ("voucher", "frame")]
    row = open_life(parts, station, name, *publics)
    _write(parts, row, broker, seeds, folder)
    return row


def _open(parts: Parts, station: str, name: str, reason: str) -> Station:
    found = Station.objects.filter(pk=station).first()
    if found is None:
        row = Station(id=station, epoch=next_life(parts, station, first_free(0)), enrolled_at=parts.now())
    else:
        row = lock(station)
        end_present(parts, row, "fenced", reason)
        row.epoch, row.down_epoch = next_life(parts, station, first_free(row.epoch)), row.down_epoch + 1
    row.name, row.life, row.line = name, "open", row.epoch
    row.up_last, row.up_hash, row.up_signature = 0, first_hash(Direction.UP, station, row.epoch), b""
    row.down_last, row.down_acked = 0, 0
    row.down_hash = first_hash(Direction.DOWN, station, row.down_epoch)
    row.enrolled_at, row.heard_at, row.connected, row.state = parts.now(), None, False, {}
    row.save()
    open_row(parts, row, reason)
    return row


def everything(row: Station, *, anew: bool = True) -> list[Fact]:
    """Return all that a station must know of people, keys and documents. ``anew``: it holds nothing of that yet."""
    facts: list[Fact] = [*keys_of_others(row)]
    facts += [listing_of(person) for person in Resident.objects.filter(erased_at=None).order_by("pk")]
    facts += [listing_of(person) for person in Staff.objects.order_by("pk")]
    facts += announcements()
    for name in Document.objects.values_list("name", flat=True).distinct().order_by("name"):
        document = document_for(row.pk, name)
        if document is not None:
            facts.append(announcement_of(document))
    facts += open_vouchers_at(row)
    _expect([fact for fact in facts if isinstance(fact, DocumentAnnounced)], row, anew=anew)
    return facts


def _expect(announced: list[DocumentAnnounced], row: Station, *, anew: bool) -> None:
    """Note that a station is to take documents; of a version that it has said something of it says nothing again."""
    for fact in announced:
        if anew or not Holding.objects.filter(station=row, name=fact.name, version=fact.version).exists():
            Holding.objects.update_or_create(
                station=row,
                name=fact.name,
                defaults={"version": fact.version, "state": "waiting", "reason": "", "at": row.enrolled_at},
            )


def _write(parts: Parts, row: Station, broker: Broker, seeds: dict[str, bytes], folder: Path) -> None:
    secrets = folder / "secrets"
    secrets.mkdir(parents=True, mode=0o700)
    for name, seed in seeds.items():
        write_secret(secrets / f"{name}.key", seed)
    write_secret(secrets / "pepper", parts.pepper.secret)
    (folder / "office-keys.json").write_text(json.dumps({str(parts.signer.key_id): parts.signer.public.hex()}) + "\n")
    enrolment = Enrolment(station=row.pk, epoch=row.epoch, down_epoch=row.down_epoch)
    (folder / "link.toml").write_text(text_of(LinkSettings(enrolment=enrolment, broker=broker)), encoding="utf-8")
    if broker.tls:
        key = new_key(parts.system.random_bytes(SEED_SIZE))
        with transaction.atomic():
            pem = issue(parts, lock(row.pk), request_of(key, row.pk))
        write_secret(secrets / "tls.pem", pem + key)
        (folder / "authority.pem").write_bytes(authority().certificate)
