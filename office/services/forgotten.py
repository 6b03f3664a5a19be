"""Lives of stations that began after the backup to which an office was restored: their numbers are taken."""

from __future__ import annotations

from office.books.models import Office

LIVES = "lives"
"""Beside the versions of documents in the office's row: so many lives of a station may have been forgotten."""


def first_free(former: int) -> int:
    """Return the number of the life that follows ``former``: none is given twice, also after a restore."""
    office = Office.objects.filter(pk=1).only("floors").first()
    return former + 1 + (0 if office is None else int(office.floors.get(LIVES, 0)))
