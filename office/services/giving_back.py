"""What a life that writes no more had left is the office's again, less what its parked entries say that it spent."""

from __future__ import annotations

from collections import Counter as Tally

from django.db.models import F, Q

from domain.entries import EntryError, decode_entry
from domain.rights import Counter as Names
from office.books.models import Counter, Life, UpEntry
from office.services.errands import PURSE, leave
from office.services.parts import Parts

UNKNOWN, OVERSPENT = "entry.unknown_kind", "entry.overspent"
OVER = ("closed", "imported", "released")
"""States of a life in which nobody but the office writes its counters."""
LEFT = F("granted") + F("earned") - F("spent") + F("refunded") - F("returned")


def give_back(parts: Parts, station: str, epoch: int) -> None:
    """Count what is left as returned. Repeated, it changes nothing. The station's row is locked.

    What a parked entry spent was surely spent, and only waits for what paid for it, or for a person: given back, it
    would be spent twice.
    """
    withheld = _withheld(station, epoch)
    for row in Counter.objects.filter(station=station, epoch=epoch).alias(left=LEFT).filter(left__gt=0):
        amount = row.counters.available - withheld[row.thing]
        if amount > 0:
            Counter.objects.filter(pk=row.pk).update(returned=F("returned") + amount)
            leave(parts, PURSE, row.thing)


def give_rest(parts: Parts, station: str, epoch: int) -> None:
    """After a parked entry was settled: if its life is over, nobody else gives back what it held or moved."""
    if Life.objects.filter(station=station, epoch=epoch, state__in=OVER).exists():
        give_back(parts, station, epoch)


def _withheld(station: str, epoch: int) -> Tally[str]:
    waits = Q(parked__startswith=OVERSPENT) | Q(parked__startswith=UNKNOWN)
    spent = Tally[str]()
    for data in UpEntry.objects.filter(waits, station=station, epoch=epoch).values_list("data", flat=True):
        try:
            moves = decode_entry(bytes(data)).moves
        except EntryError:
            continue
        for move in moves:
            if move.counter == Names.SPENT:
                spent[move.right] += move.amount
    return spent
