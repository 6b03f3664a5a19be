"""What the desk answers a resident about their own: vouchers, points that came and went, and what lies elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from domain.voucher_number import VoucherNumber


class VoucherState(StrEnum):
    """How a voucher stands."""

    OPEN = "open"
    HONOURED = "honoured"
    VOID = "void"
    EXPIRED = "expired"


class PaperState(StrEnum):
    """How its paper stands."""

    OUT = "out"  # as far as is known, the resident has it
    WAITS = "waits"  # it did not surely print: staff print it again
    ASKED = "asked"  # the resident asked for another


@dataclass(frozen=True, slots=True)
class VoucherSeen:
    """One voucher as its resident sees it. Days are ``2026-11-24``, empty where none is known."""

    number: VoucherNumber
    text: str  # "A-000042-7"
    item: str
    pieces: int
    unit: str
    points: int
    place: str
    issued: str
    expires: str
    state: VoucherState
    decided: str = ""
    paper: PaperState = PaperState.OUT
    proxy: str = ""  # masked name of who came in the resident's place


@dataclass(frozen=True, slots=True)
class VouchersPage:
    """Vouchers issued here, newest first. ``page`` counts from 0, ``pages`` is 1 or more."""

    vouchers: tuple[VoucherSeen, ...]
    page: int = 0
    pages: int = 1


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """Points came (or went, below 0). ``what`` names the sentence: ``issued``, ``void``, ``granted``, ….

    ``item``, ``pieces`` and ``unit``: where a voucher is meant; ``why``: what staff wrote; ``day``: empty if the clock
    was not right.
    """

    what: str
    points: int
    day: str
    item: str = ""
    pieces: int = 1
    unit: str = ""
    why: str = ""
    proxy: str = ""


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """All that moved a resident's points here, newest first; together it is ``balance``."""

    lines: tuple[HistoryLine, ...]
    balance: int
    page: int = 0
    pages: int = 1


@dataclass(frozen=True, slots=True)
class ElsewhereTold:
    """How many points lie in all but here, as the office said on ``day``; ``fresh``: today, so nobody asks again."""

    points: int
    day: str
    fresh: bool
