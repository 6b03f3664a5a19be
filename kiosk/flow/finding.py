"""Staff look for a resident without a card: a letter, a surname, a name; three touches, and nothing to type."""

from __future__ import annotations

from dataclasses import replace

from domain.ids import VisitId
from domain.initials import OTHER, initial_of
from kiosk import actions as a
from kiosk.flow.events import ListPapers, Pressed
from kiosk.flow.states import AtStaff, Looking, Session
from kiosk.flow.trust_events import ListResidents, ListSurnames, LookUpResident, ResidentsListed, SurnamesListed
from kiosk.flow.trust_states import AtFinding
from kiosk.flow.turn import Turn, go, stay

GRID_SIZE = 24
FOUND_PAGE_SIZE = 6


def letters(state: AtFinding) -> tuple[str, ...]:
    """Return the letters under which there are surnames, ``OTHER`` last."""
    found = {initial_of(surname) for surname in state.surnames or ()}
    return (*sorted(found - {OTHER}), *sorted(found & {OTHER}))


def surnames(state: AtFinding) -> tuple[str, ...]:
    """Return the surnames of the chosen letter, the most frequent first."""
    return tuple(surname for surname in state.surnames or () if initial_of(surname) == state.letter)


def pages_of(state: AtFinding) -> int:
    """Return how many pages what is chosen from has, at least one."""
    if state.surname:
        return max(1, -(-len(state.found or ()) // FOUND_PAGE_SIZE))
    return max(1, -(-len(surnames(state) if state.letter else letters(state)) // GRID_SIZE))


def begin(session: Session, state: AtStaff, now: float) -> Turn:
    """From the papers to the list."""
    return go(session, AtFinding(state.staff, state.name), now, ListSurnames())


def press_finding(session: Session, state: AtFinding, event: Pressed, now: float) -> Turn:
    """One step on, or one back."""
    match event.action:
        case a.Back():
            return _back(session, state, now)
        case a.ChooseLetter(letter) if not state.letter and letter in letters(state):
            return go(session, replace(state, letter=letter, page=0), now)
        case a.ChooseSurname(surname) if state.letter and not state.surname and surname in surnames(state):
            return go(session, replace(state, surname=surname, page=0), now, ListResidents(surname))
        case a.ChooseFound(at) if state.surname and 0 <= at < len(state.found or ()):
            visit, who = VisitId(event.press), (state.found or ())[at]
            return go(session, Looking(visit, state), now, LookUpResident(visit, who.resident, state.staff))
        case a.TurnPage(page):
            return go(session, replace(state, page=max(0, min(page, pages_of(state) - 1))), now)
        case _:
            return stay(session)


def on_surnames(session: Session, event: SurnamesListed) -> Turn:
    """The journal answered, if somebody still waits for it."""
    state = session.state
    if not isinstance(state, AtFinding):
        return stay(session)
    return Turn(replace(session, state=replace(state, surnames=event.surnames)))


def on_residents(session: Session, event: ResidentsListed) -> Turn:
    """As ``on_surnames``."""
    state = session.state
    if not isinstance(state, AtFinding) or state.surname != event.surname:
        return stay(session)
    return Turn(replace(session, state=replace(state, found=event.found)))


def _back(session: Session, state: AtFinding, now: float) -> Turn:
    if state.surname:
        return go(session, replace(state, surname="", found=None, page=0), now)
    if state.letter:
        return go(session, replace(state, letter="", page=0), now)
    return go(session, AtStaff(state.staff, state.name), now, ListPapers())
