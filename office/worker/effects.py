"""What is known before a frame, and what the frame does: plain values, so that the rules between them stay pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from domain.entries import Entry
from domain.facts import (
    AwardUndone,
    ConsentGiven,
    ConsentWithdrawn,
    DocumentRefused,
    DocumentTaken,
    EpochClosed,
    Fact,
    PinLocked,
    PinSet,
    PinUnlocked,
    PointsAwarded,
    StockReceived,
    StockWrittenOff,
    VoucherIssued,
)
from domain.rights import Counters, Move

LIST, FATE, PURSE, CARD, PERSON = "list", "fate", "purse", "card", "person"  # kinds of errands that a frame leaves
JOIN, UNJOIN = "join", "unjoin"


@dataclass(frozen=True, slots=True)
class Life:
    """The station's present life, as the office opened it.

    ``before``: where the life before it ended, if the station ended that one itself: its number, its newest entry's
    number, and that one's hash in hex.
    """

    station: str
    epoch: int
    voucher_key: str
    before: tuple[int, int, str] = (0, 0, "")


@dataclass
class Read:
    """One entry: its kind for the list, its typed body if it is known, and why it is parked if it is."""

    number: int
    kind: str
    entry: Entry | None
    fact: Fact | None
    parked: str = ""


@dataclass(frozen=True, slots=True)
class KnownVoucher:
    """A voucher as the books have it. ``moves``: what its issue moved; ``fate``: empty while it is open."""

    place: str
    moves: tuple[Move, ...]
    fate: str = ""
    refunded: bool = False


@dataclass(frozen=True, slots=True)
class KnownAward:
    """An award of this life as the books have it."""

    resident: str
    points: int
    undone: bool = False


Said = tuple[tuple[str, str], ...]
"""Fates, each with the place in whose name it was said, that do not stand at their voucher yet."""


@dataclass(frozen=True, slots=True)
class Books:
    """What the office held before the frame, of this life of the station."""

    counters: Mapping[str, Counters]
    voucher: Callable[[int, int], KnownVoucher | None]  # by epoch and number
    award: Callable[[str], KnownAward | None] = lambda _award: None
    said: Callable[[int, int], Said] = lambda _epoch, _number: ()  # by epoch and number


@dataclass(frozen=True, slots=True)
class FateHere:
    """The fate of a voucher that another life issued, written by this station as its place."""

    station: str
    epoch: int
    number: int
    fate: str
    entry: int  # number in this station's journal
    packed: str = ""  # hex, where the place did not know the issue


@dataclass
class Effects:
    """What a frame does. ``issued``, ``fates``, ``refunded``: by number, vouchers of this life; ``fates`` say whether
    they were refunded at once. ``errands``: (kind, key) of what touches other stations, done after the frame."""

    counters: dict[str, Counters] = field(default_factory=dict)
    touched: set[str] = field(default_factory=set)
    issued: dict[int, tuple[VoucherIssued, Read]] = field(default_factory=dict)
    fates: dict[int, tuple[str, bool]] = field(default_factory=dict)
    refunded: set[int] = field(default_factory=set)
    elsewhere: list[FateHere] = field(default_factory=list)
    answered: dict[str, int] = field(default_factory=dict)
    awards: dict[str, tuple[PointsAwarded, int]] = field(default_factory=dict)
    undone: dict[str, AwardUndone] = field(default_factory=dict)
    pieces: list[tuple[StockReceived | StockWrittenOff, int]] = field(default_factory=list)
    consents: list[tuple[ConsentGiven | ConsentWithdrawn, int]] = field(default_factory=list)
    pins: list[PinSet | PinLocked | PinUnlocked] = field(default_factory=list)
    forgotten: set[str] = field(default_factory=set)
    documents: dict[tuple[str, int], DocumentTaken | DocumentRefused] = field(default_factory=dict)
    closed: EpochClosed | None = None
    errands: dict[tuple[str, str], None] = field(default_factory=dict)


def clean(text: str, length: int) -> str:
    """Return what of a station's words may stand in a list: printable, and not too long."""
    return "".join(char if char.isprintable() else "·" for char in text[:length])


def voucher_key(station: str, epoch: int, number: int) -> str:
    """The key of an errand about a voucher."""
    return f"{station}/{epoch}/{number}"
