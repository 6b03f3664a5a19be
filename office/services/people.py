"""Residents, staff and cards: made here, listed to every station of the county."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from domain.calendar import FIRST_DAY, day_of
from domain.card import NUMBER_SIZE, Card, CardKind, code_of, pack, signed_message
from domain.facts import Proxy, ResidentListed, StaffListed
from domain.identity_digest import identity_digest
from domain.ids import Day, ResidentId, StaffId
from domain.recognise import SOURCE, id_card_digest
from office.books import models
from office.faults import BadValue, NotGranted, Unknown
from office.masking import masked
from office.services.down import append_down, lock_all
from office.services.errands import leave
from office.services.parts import Parts
from office.services.purses import household_key, limit_owner

NEIGHBOURS_MAX = 8
CARDS_MAX = 24  # of one person: all of them stand in one entry of 4 KB


def listing_of(person: models.Resident | models.Staff) -> ResidentListed | StaffListed:
    """Return what stations are told of somebody: a masked name, and digests of cards."""
    person.refresh_from_db()
    cards = person.card_set.order_by("digest").values_list("digest", "blocked")
    good = tuple(digest for digest, blocked in cards if not blocked)
    lost = tuple(digest for digest, blocked in cards if blocked)
    if isinstance(person, models.Resident):
        return ResidentListed(
            resident=ResidentId(person.pk),
            name=masked(person.name),
            cards=good,
            blocked_cards=lost,
            home=person.home_id or "",
            household="" if person.household_id is None else household_key(person.household_id),
            proxies=_proxies(person),
            notice=agreed_to(person.pk),
            pin=person.pin,
        )
    return StaffListed(StaffId(person.pk), person.name, person.role, good, lost)


def agreed_to(resident: str) -> int:
    """Return the version of the notice that somebody agreed to last; 0: none, or withdrawn."""
    row = models.Consent.objects.filter(resident=resident).order_by("-pk").first()
    return 0 if row is None or row.withdrawn else row.notice or 0


def agree_on_paper(parts: Parts, station: str, resident: str, notice: int) -> None:
    """Note that somebody signed this version of the notice when they were taken in; the stations are told later."""
    models.Consent.objects.create(station_id=station, resident=resident, notice=notice, received_at=parts.now())


def relist(parts: Parts, resident: str) -> None:
    """Tell every station of somebody who agreed, withdrew, or has another PIN; of whom nobody knows nothing is told."""
    person = models.Resident.objects.filter(pk=resident, merged_into=None).first()
    if person is not None:
        tell_stations(parts, person)


def set_neighbour(
    parts: Parts, resident: str, neighbour: str, *, spend: bool, collect: bool, until: date | None = None
) -> models.Neighbour | None:
    """Let a neighbour come in a resident's place, or, with neither, no more. Raises ``OfficeError``."""
    with transaction.atomic():
        lock_all()
        rows = models.Resident.objects.filter(pk__in=[resident, neighbour], erased_at=None, merged_into=None)
        if len(rows) != 2:
            raise Unknown(f"{resident}, {neighbour}: two residents are needed")
        theirs = models.Neighbour.objects.filter(resident=resident)
        if not spend and not collect:
            theirs.filter(neighbour=neighbour).delete()
            row = None
        elif theirs.exclude(neighbour=neighbour).count() >= NEIGHBOURS_MAX:
            raise BadValue(f"{resident}: {NEIGHBOURS_MAX} neighbours already; no more fit")
        else:
            row, _ = models.Neighbour.objects.update_or_create(
                resident_id=resident,
                neighbour_id=neighbour,
                defaults={"spend": spend, "collect": collect, "until": until, "by": parts.by, "at": parts.now()},
            )
        tell_stations(parts, models.Resident.objects.get(pk=resident))
        leave(parts, "limits", resident)
    return row


def _proxies(person: models.Resident) -> tuple[Proxy, ...]:
    rows = models.Neighbour.objects.filter(resident=person, neighbour__erased_at=None).order_by("neighbour_id")
    return tuple(
        Proxy(
            ResidentId(row.neighbour_id), row.spend, row.collect,
            Day(0) if row.until is None else Day((row.until - FIRST_DAY).days),
        )
        for row in rows
    )  # fmt: skip


def tell_stations(parts: Parts, person: models.Resident | models.Staff) -> None:
    """Write somebody, as they are now, to every station; of somebody who was erased nothing is said any more."""
    if isinstance(person, models.Resident) and person.erased_at is not None:
        return
    with transaction.atomic():
        lock_all()  # from here on nobody else announces this person: the newest listing is written last
        append_down(parts, models.Station.objects.values_list("pk", flat=True), [listing_of(person)])
        if isinstance(person, models.Resident):
            leave(parts, "limits", limit_owner(person))  # of a new resident, or in a new household


def list_id_card(parts: Parts, person: models.Resident, number: str) -> None:
    """Let a resident's ID card be recognised: its keyed digest stands beside those of the cards, the number nowhere."""
    digest = id_card_digest(parts.pepper, number)
    models.Card.objects.create(digest=digest, resident=person, issued_at=parts.now())


def make_card(parts: Parts, county: str, person: models.Resident | models.Staff) -> str:
    """Make a card for somebody and return its code, to be printed now: it is kept nowhere and cannot be shown again.

    The stations learn of it by ``tell_stations``. Raises ``NotGranted`` for one card too many.
    """
    if person.card_set.count() >= CARDS_MAX:
        raise NotGranted(f"{person}: {CARDS_MAX} cards already; no more fit")
    resident = isinstance(person, models.Resident)
    number = parts.system.random_bytes(NUMBER_SIZE)
    kind = CardKind.RESIDENT if resident else CardKind.STAFF
    data = pack(Card(kind, county, number, day_of(parts.system.now_ms()), parts.signer.key_id))
    models.Card.objects.create(
        digest=identity_digest(parts.pepper, SOURCE, number),
        resident=person if isinstance(person, models.Resident) else None,
        staff=person if isinstance(person, models.Staff) else None,
        issued_at=parts.now(),
    )
    return code_of(data, parts.signer.sign(signed_message(data)))
