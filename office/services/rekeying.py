"""Cards pass to a newer version of the pepper, one by one, as stations read them.

A station that has a version which is not in use yet knows the card by it at once. Others would not: the office lists
the old digest until the version is used, and notes the new one beside it.
"""

from __future__ import annotations

from django.db import transaction

from domain.identity_digest import version_of
from office.books.models import Card
from office.home import home
from office.services.down import lock_all
from office.services.parts import Parts
from office.services.people import tell_stations
from sync.fault_points import point


def rekey_card(parts: Parts, old: str, new: str) -> None:
    """A station read a card that is listed under an older version; a version that was never made is not believed."""
    with transaction.atomic():
        lock_all()
        card = Card.objects.filter(pk=old).first()
        here = home()
        if card is None or not version_of(old) < version_of(new) <= here.peppers()[-1].version:
            return
        if version_of(new) > here.pepper_version():
            Card.objects.filter(pk=old).update(newer=new)
        else:
            _replace(parts, card, new)


def rekey_waiting(parts: Parts) -> int:
    """List the cards that wait for the version in use under it; return how many. May be repeated."""
    count = 0
    for digest in waiting():
        with transaction.atomic():
            lock_all()
            card = Card.objects.filter(pk=digest).exclude(newer="").first()
            if card is not None:
                _replace(parts, card, card.newer)
                count += 1
        point("pepper.rekeyed")
    return count


def waiting() -> list[str]:
    """Return the digests of cards that were read under the version in use before it was."""
    in_use = home().pepper_version()
    rows = Card.objects.exclude(newer="").order_by("pk").values_list("pk", "newer")
    return [digest for digest, newer in rows if version_of(newer) <= in_use]


def _replace(parts: Parts, card: Card, new: str) -> None:
    """From now on the card stands under its newer digest alone."""
    there = Card.objects.filter(pk=new).first()
    if there is not None and (there.resident_id, there.staff_id) != (card.resident_id, card.staff_id):
        Card.objects.filter(pk=card.pk).update(newer="")
        return  # another's: nobody's card is given to somebody else by a station's word
    if there is None:
        Card.objects.create(
            digest=new, resident=card.resident, staff=card.staff, blocked=card.blocked, issued_at=card.issued_at
        )
    elif card.blocked and not there.blocked:
        Card.objects.filter(pk=new).update(blocked=True)
    person = card.resident or card.staff
    card.delete()
    if person is not None:
        tell_stations(parts, person)
