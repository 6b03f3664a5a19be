"""A resident's PIN is taken away by the office: they choose another at a station, beside staff."""

from __future__ import annotations

from django.db import transaction

from office.books.models import PinEvent, Resident
from office.faults import Unknown
from office.services.bounds import REASON_MAX, check_text
from office.services.down import lock_all
from office.services.parts import Parts
from office.services.people import tell_stations


def reset_pin(parts: Parts, resident: str, reason: str) -> None:
    """Take a PIN away, everywhere. Raises ``OfficeError``."""
    check_text("reason", reason, REASON_MAX)
    with transaction.atomic():
        lock_all()
        person = Resident.objects.select_for_update(no_key=True).filter(pk=resident, erased_at=None).first()
        if person is None or not person.pin:
            raise Unknown(f"{resident}: no such resident, or no PIN that the office knows of")
        person.pin = ""
        person.save(update_fields=["pin"])
        PinEvent.objects.create(resident=resident, what="reset", by=parts.by, reason=reason, at=parts.now())
        tell_stations(parts, person)
