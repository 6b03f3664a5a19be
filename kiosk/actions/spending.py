"""From whom it is for to the confirmation."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ChooseWhom:
    """为谁办: one of the people for whom the holder of the card may act, counted from 0."""

    at: int


@dataclass(frozen=True, slots=True)
class ChooseClass:
    """One of the three classes: ``goods``, ``service``, ``repair``."""

    kind: str


@dataclass(frozen=True, slots=True)
class TurnPage:
    """To another page of six; ``page`` counts from 0."""

    page: int


@dataclass(frozen=True, slots=True)
class ShowGroups:
    """按类找: choose a group of the class that is shown."""


@dataclass(frozen=True, slots=True)
class ChooseGroup:
    """Narrow the shelf to one group; empty: what has none; ``None``: all of the class."""

    group: str | None


@dataclass(frozen=True, slots=True)
class SetPieces:
    """So many pieces of the item that is shown."""

    pieces: int


@dataclass(frozen=True, slots=True)
class ChooseItem:
    """Look at one item of the catalogue."""

    item: int


@dataclass(frozen=True, slots=True)
class Redeem:
    """兑换: go to the confirmation."""


@dataclass(frozen=True, slots=True)
class Confirm:
    """确认兑换: spend the points."""


@dataclass(frozen=True, slots=True)
class AcceptLater:
    """Go on although the paper will be printed later (纸条稍后补打)."""
