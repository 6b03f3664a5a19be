"""The audit: every rule over every screen that was seen. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.audit.finding import Finding
from kiosk.audit.ink import measure_ink
from kiosk.audit.room import measure_room
from kiosk.audit.seen import Seen
from kiosk.audit.ways import measure_corner, measure_ways
from kiosk.audit.words import measure_words


def audit(seen: Seen) -> tuple[Finding, ...]:
    """What is wrong with one screen."""
    return (*measure_room(seen), *measure_ink(seen), *measure_words(seen), *measure_ways(seen))


def audit_together(screens: Sequence[Seen]) -> tuple[Finding, ...]:
    """What is wrong between screens of one panel and one look: what should stand still and does not."""
    return tuple(measure_corner(screens))
