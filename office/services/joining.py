"""Requests to join: taken in from stations, accepted, refused, and forgotten after a while."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import Q

from domain.entries import decode_entry, private_digest
from domain.facts import UP, JoinAnswered, JoinAsked, fact_of
from domain.ids import Epoch
from domain.joining import REASON_MAX, JoinPrivate, decode_private, join_number
from office.books.models import Card, JoinRequest, Resident, Station, UpEntry
from office.faults import BadValue, Unknown
from office.services.bounds import NAME_MAX, check_text
from office.services.down import append_to, lock, lock_all
from office.services.parts import Parts
from office.services.people import tell_stations
from office.services.rules import rules_now

OPEN = ("asked", "refused")  # what may still be accepted: a refusal can be a missing paper


def take_request(parts: Parts, station: str, epoch: int, number: int) -> None:
    """Note what an entry asks. Whoever is known by its card meanwhile is answered at once; twice changes nothing."""
    entry = UpEntry.objects.get(station=station, epoch=epoch, number=number)
    fact = fact_of(decode_entry(bytes(entry.data)), UP)
    if not isinstance(fact, JoinAsked):
        return
    with transaction.atomic():
        lock_all()
        row, new = JoinRequest.objects.get_or_create(
            request=fact.request,
            defaults={
                "station_id": station, "epoch": epoch, "entry": number, "slip": fact.slip, "minor": fact.minor,
                "number": join_number(Epoch(epoch), fact.number), "notice": fact.notice, "received_at": parts.now(),
            },
        )  # fmt: skip
        if not new:
            return  # of another station, too: the first to name it has it
        given = given_with(row)
        known = Card.objects.filter(pk__in=[fact.slip, *([given.id_card] if given else [])], resident__erased_at=None)
        if given is None:
            _forget(parts, row)
        elif (card := known.exclude(resident=None).select_related("resident").first()) is not None:
            _answer(parts, row, "accepted", resident=card.resident)


def take_withdrawal(parts: Parts, station: str, request: str) -> None:
    """Who asked takes it back: nothing of it stays. Of another station's request nobody takes anything back."""
    with transaction.atomic():
        lock_all()
        row = JoinRequest.objects.select_for_update().filter(request=request, station=station, state__in=OPEN).first()
        if row is not None:
            _forget(parts, row)


def accept(parts: Parts, request: str, name: str, home: str) -> Resident:
    """Make whoever asked a resident, with the slip and the ID card as cards, and tell the stations.

    Raises ``OfficeError``.
    """
    check_text("name", name, NAME_MAX)
    with transaction.atomic():
        lock_all()
        row = _open(request)
        station = Station.objects.filter(pk=home).first()
        if station is None:
            raise Unknown(f"{home}: no such station; office stations lists them")
        given = given_with(row) or JoinPrivate()
        cards = [digest for digest in (row.slip, given.id_card) if digest]
        if Card.objects.filter(pk__in=cards).exists():
            raise BadValue(f"{row.number}: this card is listed already; refuse the request and say so")
        person = Resident.objects.create(pk=parts.new_id(), name=name.strip(), home=station)
        Card.objects.bulk_create(Card(digest=one, resident=person, issued_at=parts.now()) for one in cards)
        tell_stations(parts, person)
        _answer(parts, row, "accepted", resident=person)
    return person


def refuse(parts: Parts, request: str, reason: str) -> JoinRequest:
    """Say no, with a reason that the one who asked reads. Raises ``OfficeError``."""
    check_text("reason", reason, REASON_MAX)
    with transaction.atomic():
        lock_all()
        row = _open(request)
        _answer(parts, row, "refused", reason=reason.strip())
    return row


def forget_due(parts: Parts) -> int:
    """Forget what nobody answered in time, and what was answered long enough ago; return how many."""
    rules, now = rules_now(parts), parts.now()
    unanswered = Q(state="asked", received_at__lt=now - timedelta(days=rules.join_days))
    answered = Q(state__in=("accepted", "refused"), decided_at__lt=now - timedelta(days=rules.join_keep_days))
    due = list(JoinRequest.objects.filter(unanswered | answered).values_list("pk", flat=True)[:500])
    for key in due:
        with transaction.atomic():
            lock_all()
            row = JoinRequest.objects.select_for_update().filter(pk=key).exclude(state="forgotten").first()
            if row is not None:
                _forget(parts, row)
    return len(due)


def forget_of(parts: Parts, person: Resident) -> None:
    """A resident is erased: so is what they once asked with. All are locked."""
    for row in JoinRequest.objects.select_for_update().filter(resident=person).exclude(state="forgotten"):
        _forget(parts, row)


def given_with(row: JoinRequest) -> JoinPrivate | None:
    """Return what lies beside the entry of a request, ``None`` if it is gone or not what the entry sealed."""
    entry = UpEntry.objects.filter(station=row.station_id, epoch=row.epoch, number=row.entry).first()
    if entry is None or entry.private is None or entry.salt is None:
        return None
    salt, private = bytes(entry.salt), bytes(entry.private)
    sealed = decode_entry(bytes(entry.data)).private == private_digest(salt, private)
    return decode_private(private) if sealed else None


def find(text: str) -> JoinRequest:
    """Return the request of that id, or of the number on the slip if only one such is open. Raises ``Unknown``."""
    found = list(JoinRequest.objects.filter(Q(request=text) | Q(number=text.strip().upper(), state__in=OPEN))[:2])
    if len(found) != 1:
        what = "several stations have a request of that number" if found else "there is no such request"
        raise Unknown(f"{text}: {what}; office joins lists them with their ids")
    return found[0]


def _open(request: str) -> JoinRequest:
    row = JoinRequest.objects.select_for_update().get(pk=find(request).pk)
    if row.state not in OPEN:
        raise BadValue(f"{row.number}: this request is answered already")
    return row


def _answer(
    parts: Parts, row: JoinRequest, outcome: str, *, resident: Resident | None = None, reason: str = ""
) -> None:
    row.state, row.resident, row.reason = outcome, resident, reason
    row.by, row.decided_at = parts.by, parts.now()
    row.save(update_fields=["state", "resident", "reason", "by", "decided_at"])
    append_to(parts, lock(row.station_id), [JoinAnswered(row.request, outcome, reason)])


def _forget(parts: Parts, row: JoinRequest) -> None:
    entries = UpEntry.objects.filter(station=row.station_id, epoch=row.epoch, number=row.entry)
    entries.update(salt=None, private=None)
    # Of an accepted one the resident's own page says who they are; of a refused one the reason could name them.
    row.state, row.reason = "forgotten", ""
    row.resident, row.decided_at = None, row.decided_at or parts.now()
    row.save(update_fields=["state", "reason", "resident", "decided_at"])
    append_to(parts, lock(row.station_id), [JoinAnswered(row.request, "forgotten")])
