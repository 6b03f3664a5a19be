"""Who wrote what follows the entries of a life whose lost tail was asked for: its own end, or a station that sells."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from domain.facts import EpochClosed, RightsHandedBack, VoucherRefunded

ENDING = frozenset({RightsHandedBack.KIND, EpochClosed.KIND})


def lives_on(kinds: AbstractSet[str]) -> bool:
    """Whether entries of these kinds, behind what is held, were written by a station that is in step, and sells.

    One that asked for its tail writes nothing but its end behind it. So it was a copy that asked, and whatever that
    copy writes does not follow any more: it is a fork, which is never applied.
    """
    return not kinds <= {*ENDING, VoucherRefunded.KIND} and not kinds & ENDING
