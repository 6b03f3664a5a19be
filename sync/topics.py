"""Names of topics: ``yizhan/<county6>/<station14>/{up,down,state,want}`` and ``yizhan/<county6>/blob/<sha256>``. Pure.

A county is the level at which brokers and offices can be split. What comes from the wire is parsed strictly: whatever
is not exactly of this form is nobody's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

UP, DOWN, STATE, WANT = "up", "down", "state", "want"
_STATION = re.compile(r"yizhan/([0-9]{6})/([0-9]{14})/(up|down|state|want)")
_LINE = re.compile(r"([0-9]{14})-([1-9][0-9]{0,4})")
_BLOB = re.compile(r"yizhan/([0-9]{6})/blob/([0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class StationTopic:
    """A topic of one station: ``kind`` is ``up``, ``down``, ``state`` or ``want``."""

    station: str
    kind: str


def topic(station: str, kind: str) -> str:
    """Return a station's topic."""
    return f"yizhan/{station[:6]}/{station}/{kind}"


def blob_topic(county: str, sha256: str) -> str:
    """Return the topic on which the chunks of a blob go to whoever waits for it."""
    return f"yizhan/{county}/blob/{sha256}"


def line_name(station: str, epoch: int) -> str:
    """Return as whom one life of a station speaks to the broker: the name in its certificate, its user, its client.

    The life is in it: rights hang on this name, and a line of a life that was taken back must not get the next one's.
    """
    return f"{station}-{epoch}"


def parse_line_name(name: str) -> tuple[str, int] | None:
    """Return which life of which station has that name; ``None`` for anything else."""
    found = _LINE.fullmatch(name)
    return None if found is None else (found[1], int(found[2]))


def office_filters() -> tuple[str, ...]:
    """Return what an office subscribes to."""
    return tuple(f"yizhan/+/+/{kind}" for kind in (UP, STATE, WANT))


def parse_station(name: str) -> StationTopic | None:
    """Return whose topic this is; ``None`` for anything else, also for a station in a county that is not its own."""
    found = _STATION.fullmatch(name)
    if found is None or not found[2].startswith(found[1]):
        return None
    return StationTopic(found[2], found[3])


def parse_blob(name: str) -> str | None:
    """Return the hash of a blob's topic; ``None`` for anything else."""
    found = _BLOB.fullmatch(name)
    return None if found is None else found[2]
