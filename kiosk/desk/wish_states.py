"""How things stand with what was asked of the office for a visit: points, or an allowance, that lie elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.desk.answers import LimitLeft


@dataclass(frozen=True, slots=True)
class Waiting:
    """The office has not answered yet."""


@dataclass(frozen=True, slots=True)
class Coming:
    """The office asked it back from ``place``, the name of a station for people; empty: from several."""

    place: str = ""


@dataclass(frozen=True, slots=True)
class Granted:
    """It is here."""


@dataclass(frozen=True, slots=True)
class Short:
    """There is not as much anywhere. ``elsewhere``: how much there is in all but here."""

    elsewhere: int


@dataclass(frozen=True, slots=True)
class Unreachable:
    """It lies at ``place``, which the office does not hear."""

    place: str = ""


@dataclass(frozen=True, slots=True)
class NoLine:
    """The office cannot be asked now."""


WishState = Waiting | Coming | Granted | Short | Unreachable | NoLine


@dataclass(frozen=True, slots=True)
class Fetched:
    """How it stands, with what is here by now: points of the resident, and what a neighbour may still spend of them."""

    state: WishState
    points: int
    allowance: int | None = None
    limits: tuple[LimitLeft, ...] | None = None  # of the resident's household; ``None``: not looked at
