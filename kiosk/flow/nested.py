"""Changing a screen also where it stands behind a call for help, a card being looked up, or a page being read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from kiosk.flow.join_states import JoinState
from kiosk.flow.states import AtHelp, AtStaff, Idle, Looking, OutOfOrder, Reading, State
from kiosk.flow.trust_states import AtFarewell, AtFinding
from kiosk.flow.visit import Visit


def changed(state: State, change: Callable[[State], State]) -> State:
    """Change the innermost screen."""
    match state:
        case AtHelp(before) | Looking(_, before):
            return replace(state, before=changed(before, change))
        case _:
            return change(state)


def with_visit(state: State, change: Callable[[Visit], Visit]) -> State:
    """Change what is known of the visit, whatever the screen shows of it."""

    def changed_visit(inner: State) -> State:
        if isinstance(inner, JoinState):
            return inner
        match inner:
            case Idle() | AtStaff() | OutOfOrder() | AtHelp() | Looking() | AtFarewell() | AtFinding():
                return inner
            case Reading(visit, before):
                return replace(inner, visit=change(visit), before=replace(before, visit=change(before.visit)))
            case _:
                return replace(inner, visit=change(inner.visit))

    return changed(state, changed_visit)
