"""What is still to be done at other stations: written down in the transaction that caused it, done in one of its own.

So no transaction holds one station's row and waits for another's out of order, and a worker that dies leaves nothing
half done. An errand that stands twice, or is done by two workers, does nothing the second time.
"""

from __future__ import annotations

from collections.abc import Container

from office.books.models import Errand
from office.services.parts import Parts

PURSE = "purse"  # what is free of a right is to be put where it belongs
RETRY = "retry"  # a parked entry is to be tried again
FATE = "fate"  # what is known of a voucher's fate is to be written to it


def leave(parts: Parts, kind: str, key: str) -> None:
    """Leave something to be done."""
    Errand.objects.create(kind=kind, key=key, at=parts.now())


def waiting(limit: int, later: Container[tuple[str, str]] = ()) -> list[tuple[str, str, list[int]]]:
    """Return up to ``limit`` things that are to be done, oldest first: kind, key, and the ids of rows that say so.

    ``later``: what failed and is not tried again yet, which keeps no other waiting.
    """
    found: dict[tuple[str, str], list[int]] = {}
    for pk, kind, key in Errand.objects.order_by("id").values_list("pk", "kind", "key").iterator():
        if (kind, key) in later:
            continue
        if len(found) == limit and (kind, key) not in found:
            break
        found.setdefault((kind, key), []).append(pk)
    return [(kind, key, ids) for (kind, key), ids in found.items()]


def done(ids: list[int]) -> None:
    """Strike errands off."""
    Errand.objects.filter(pk__in=ids).delete()
