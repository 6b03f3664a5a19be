"""Rights: scarce things, each held in exactly one place at a time, so that no partition can overspend.

Per (station, epoch, thing) five counters that only grow, each with one writer: ``granted`` is the office's, the other
four are the station's. O'Neil 1986 (escrow); Barbará and Garcia-Molina 1994 (demarcation); Balegas et al. 2015 (bounded
counters).
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import NewType

import msgspec

from domain.ids import ItemId, ResidentId

RightKey = NewType("RightKey", str)  # "points/<resident>", "stock/<item>", "limit/<household>/<limit>/<period>"
AMOUNT_MAX = 2**53 - 1  # an amount stays exact in every JSON reader
KINDS = ("points", "stock", "budget", "places", "limit")
_KEY = re.compile(r"[a-z_]{1,16}/[A-Za-z0-9._/-]{1,64}")
_WORD = re.compile(r"[a-z_]{1,16}")


class Counter(StrEnum):
    """The counters that a station writes."""

    EARNED = "earned"
    SPENT = "spent"
    REFUNDED = "refunded"
    RETURNED = "returned"


class Move(msgspec.Struct, frozen=True, array_like=True):
    """One counter of one right grows: ``["points/r7", "spent", 120]``.

    Kinds of rights and counters that a later version adds are read too, and further elements read over: an entry that
    cannot be applied here can still be kept and its moves be counted. ``known`` says whether they mean anything here.
    """

    right: RightKey
    counter: str
    amount: int

    def __post_init__(self) -> None:
        if not _KEY.fullmatch(self.right) or not _WORD.fullmatch(self.counter):
            raise ValueError(f"not a counter of a right: {self.right!r} {self.counter!r}")
        if not 0 < self.amount <= AMOUNT_MAX:
            raise ValueError(f"an amount is 1 or more, got {self.amount}")

    @property
    def known(self) -> bool:
        """Whether this version knows the right and the counter."""
        return is_right(self.right) and self.counter in set(Counter)


class Counters(msgspec.Struct, frozen=True):
    """The five counters of one right at one station in one epoch."""

    granted: int = 0
    earned: int = 0
    spent: int = 0
    refunded: int = 0
    returned: int = 0

    @property
    def available(self) -> int:
        """What can be spent here and now."""
        return self.granted + self.earned - (self.spent - self.refunded + self.returned)

    @property
    def sound(self) -> bool:
        """The invariant that the database refuses to break."""
        return 0 <= self.refunded <= self.spent and self.available >= 0 and min(self.granted, self.earned) >= 0

    def moved(self, counter: str, amount: int) -> Counters:
        """Return the counters after one move. Raises ``ValueError`` when that would break the invariant."""
        name = Counter(counter).value
        grown = msgspec.structs.replace(self, **{name: getattr(self, name) + amount})
        if not grown.sound:
            raise ValueError(f"{counter} + {amount} would overspend: {self}")
        return grown

    def granted_to(self, total: int) -> Counters:
        """Return the counters after a grant, which states a running total and can therefore arrive twice."""
        if total < self.granted:
            raise ValueError(f"a granted total never falls: {self.granted} -> {total}")
        return msgspec.structs.replace(self, granted=total)


def is_right(key: str) -> bool:
    """Whether ``key`` names a right of a kind that this version knows."""
    return _KEY.fullmatch(key) is not None and key.partition("/")[0] in KINDS


AWARDS = RightKey("budget/awards")  # the points that a station may still award


def points_of(resident: ResidentId) -> RightKey:
    """The right to a resident's points."""
    return RightKey(f"points/{resident}")


def stock_of(item: ItemId) -> RightKey:
    """The right to the pieces of an item that lie at a station."""
    return RightKey(f"stock/{item}")
