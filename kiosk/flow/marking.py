"""When a visit begins and ends, for the mark on the disk by which a cut is told afterwards."""

from __future__ import annotations

from kiosk.flow.states import AtDone, AtHelp, Looking, OutOfOrder, State, visit_of


def begins(before: State, after: State) -> bool:
    """Whether what comes from now on is another's, or another exchange: their own voucher is told of nobody else.

    Another's card begins anew, and so does whoever goes on after a voucher.
    """
    was, now = visit_of(before), visit_of(after)
    return now is not None and (was is None or was.id != now.id or (_is_done(before) and not _is_done(after)))


def ends(before: State, after: State) -> bool:
    """Whether nobody is here any more; of a journal that cannot be used nobody knows what it holds."""
    return visit_of(before) is not None and visit_of(after) is None and not isinstance(after, OutOfOrder)


def _is_done(state: State) -> bool:
    """Whether a voucher that stands is on the screen, or behind what is laid over it."""
    return _is_done(state.before) if isinstance(state, Looking | AtHelp) else isinstance(state, AtDone)
