"""Requests to join as the screen knows them."""

from __future__ import annotations

from collections.abc import Iterable

from domain.joining import join_number
from kiosk.desk.answers import Request
from kiosk.desk.parts import DeskParts
from kiosk.journal.joins import JoinRequest


def request_of(parts: DeskParts, digests: Iterable[str]) -> Request | None:
    """Return what was asked with a card or slip of one of these digests, ``None`` if nothing was."""
    found = parts.journal.joins.find(digests)
    return None if found is None else as_request(found)


def as_request(kept: JoinRequest) -> Request:
    """Return a request that the journal keeps, with its number for people."""
    return Request(kept.request, join_number(kept.epoch, kept.number), kept.state, kept.reason)
