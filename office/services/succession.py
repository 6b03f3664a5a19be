"""The office's key and its successor, which every station knows before it is used.

A key is announced by an entry, signed by the key before it as all frames are. From then on stations believe both, for
good: cards that were signed under the old one stay valid.
"""

from __future__ import annotations

from django.db import transaction

from domain.entries import EntryError, decode_entry
from domain.facts import DOWN, OfficeKeyAnnounced, fact_of
from office.books.models import DownEntry, Station
from office.durable import replace
from office.faults import NoSuccessor
from office.home import home
from office.services.down import append_down
from office.services.parts import Parts
from sync.fault_points import point
from sync.identity import KEY_SIZE, write_secret

KEYS_MAX = 255


def successor() -> int | None:
    """Return the number of the key that follows the one in use, if there is one."""
    here = home()
    return next((key_id for key_id in here.key_ids() if key_id > here.key_id()), None)


def announcements() -> list[OfficeKeyAnnounced]:
    """Return what a station must be told of keys that are not in use yet."""
    here = home()
    coming = [key_id for key_id in here.key_ids() if key_id > here.key_id()]
    return [OfficeKeyAnnounced(key_id, here.signer_of(key_id).public.hex()) for key_id in coming]


def announce_successor(parts: Parts) -> int:
    """Make a successor, if there is none, and tell every station; return its number. May be repeated."""
    here = home()
    key_id = successor()
    if key_id is None:
        key_id = max(here.key_ids()) + 1
        if key_id > KEYS_MAX:
            raise NoSuccessor(f"a key's number has one byte: there is none after {KEYS_MAX}")
        write_secret(here.office_key_of(key_id), parts.system.random_bytes(KEY_SIZE))
        point("key.made")
    with transaction.atomic():
        append_down(parts, Station.objects.values_list("pk", flat=True), announcements())
    point("key.announced")
    return key_id


def not_told(key_id: int) -> list[str]:
    """Return the stations that are enrolled and have not acknowledged that they know this key."""
    return [row.pk for row in Station.objects.exclude(frame_key="").order_by("pk") if not _knows(row, key_id)]


def use_successor(*, anyway: bool = False) -> int:
    """Sign with the successor from now on; return its number. Raises ``NoSuccessor``."""
    here, key_id = home(), successor()
    if key_id is None:
        raise NoSuccessor("there is no successor yet: office key next")
    missing = not_told(key_id)
    if missing and not anyway:
        raise NoSuccessor(
            f"{len(missing)} stations do not know key {key_id} yet ({', '.join(missing[:5])}): they would believe "
            "nothing any more. Wait for them, or use --anyway and enrol them again"
        )
    replace(here.key_in_use, str(key_id).encode("ascii"))
    point("key.used")
    return key_id


def _knows(row: Station, key_id: int) -> bool:
    rows = DownEntry.objects.filter(station=row, epoch=row.down_epoch, number__lte=row.down_acked).order_by("-number")
    return any(_announces(bytes(data), key_id) for data in rows.values_list("data", flat=True).iterator())


def _announces(data: bytes, key_id: int) -> bool:
    if OfficeKeyAnnounced.KIND.encode("ascii") not in data:
        return False
    try:
        fact = fact_of(decode_entry(data), DOWN)
    except EntryError:
        return False
    return isinstance(fact, OfficeKeyAnnounced) and fact.key_id == key_id
