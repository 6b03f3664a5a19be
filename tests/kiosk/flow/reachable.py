"""All that the screen can come to: from the first screen by every event, each shape of a session looked at once.

Two sessions have one shape when they differ only in numbers that change no rule: how many points beyond enough, how
many pieces beyond one, and when something happened.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from enum import Enum

import msgspec

from domain.catalogue import Catalogue, Item
from domain.rules import Rules
from kiosk.desk.answers import UnknownCard
from kiosk.desk.mine_answers import VoucherSeen
from kiosk.flow import events as e
from kiosk.flow import join_states as j
from kiosk.flow import states as s
from kiosk.flow import trust_events as te
from kiosk.flow import trust_states as t
from kiosk.flow.step import step
from kiosk.flow.visit import Visit
from tests.kiosk.flow.world import EVENTS, HERE, LONG, REFUSED, RICE
from tests.support.desk import CATALOGUE

TIMES = s.Times()
GUARDED = Rules(pin_above=100)
LONG_SECONDS = (1.0, 35.0, 100.0)
"""How much later an event comes: at once, after a warning has run out, after everything has."""

Shape = tuple[object, ...]


@dataclass(frozen=True)
class Reached:
    """A session that can be, how it came about, and when."""

    session: s.Session
    now: float
    way: tuple[str, ...]


@dataclass(frozen=True)
class Step:
    """One step of the walk."""

    before: s.Session
    event: e.Event
    now: float
    after: s.Session
    effects: tuple[e.Effect, ...]


def walk(events: Iterable[e.Event] = EVENTS) -> tuple[list[Reached], Iterator[Step]]:
    """Every shape that can be reached, and (lazily, filling the list) every step that was tried."""
    reached: list[Reached] = []
    return reached, _steps(reached, tuple(events))


def _steps(reached: list[Reached], events: tuple[e.Event, ...]) -> Iterator[Step]:
    first = Reached(s.Session(), 0.0, ())
    known, waiting = {shape(first.session)}, deque([first])
    reached.append(first)
    while waiting:
        here = waiting.popleft()
        for event in _possible(here.session, events):
            for later in LONG_SECONDS if isinstance(event, e.Ticked) else LONG_SECONDS[:1]:
                now = here.now + later
                after, effects = step(here.session, event, now, TIMES)
                yield Step(here.session, event, now, after, effects)
                if (key := shape(after)) not in known:
                    known.add(key)
                    there = Reached(after, now, (*here.way, name_of(event)))
                    reached.append(there)
                    waiting.append(there)


def _possible(session: s.Session, events: tuple[e.Event, ...]) -> Iterator[e.Event]:
    """Every event of the world, and each answer also as the one that is awaited now."""
    yield from events
    if isinstance(state := session.state, s.Looking):
        answers = [event.answer for event in events if isinstance(event, e.Recognised)]
        answers += [replace(HERE, points=100, away=True), replace(HERE, catalogue=LONG)]
        answers += [replace(HERE, rules=GUARDED, pin=True)]
        yield from (e.Recognised(state.visit, answer) for answer in answers)
    elif isinstance(state, s.Reading):
        pages = [event.answer for event in events if isinstance(event, e.PageRead) and event.resident == HERE.resident]
        yield from (e.PageRead(state.visit.id, state.visit.resident, page) for page in pages)
    elif isinstance(state, s.AtVoucher) and state.busy:
        yield from (e.PaperAsked(state.visit.id, state.voucher.number, answer) for answer in (None, REFUSED))
    elif isinstance(state, t.Withdrawing):
        yield te.ConsentKept(state.visit.id, None)
    elif isinstance(state, j.Asking):
        yield from (e.OfficeAnswered(state.ask, one.answer) for one in events if isinstance(one, e.OfficeAnswered))


def shape(session: s.Session) -> Shape:
    """What of a session a rule can depend on; what is known of devices only where a rule asks for it."""
    health = session.printer.health if isinstance(session.state, s.AtConfirm) else None
    if isinstance(session.state, j.JoinState):
        health = session.card_reader.health  # whether an ID card is asked for
    return _shape(session.state), session.warned_at is not None, health, session.line, session.stopped is not None


def name_of(event: e.Event) -> str:
    return type(event.action).__name__ if isinstance(event, e.Pressed) else type(event).__name__


def _shape(value: object) -> object:
    match value:
        case s.Looking(_, before) | s.AtHelp(before):
            visit = s.visit_of(before)
            return type(value).__name__, type(before).__name__, visit and visit.resident
        case s.Reading(visit, before, what):
            return type(value).__name__, type(before).__name__, what, _shape(visit)
        case VoucherSeen():
            return value.state, value.paper
        case j.Draft():
            phone = min(len(value.phone), 1) + value.phone_fits
            return bool(value.id_cards), value.no_card, value.minor, value.asked_age, value.guarded, phone
        case UnknownCard():
            return value.id_card, value.minor, value.request is not None
        case Visit():
            enough = value.points >= RICE.points and (value.allowance is None or value.allowance >= RICE.points)
            known = value.elsewhere is not None
            who = value.resident, value.proxy is not None, bool(value.choices)
            guarded = value.rules.pin_above, value.pin, value.pin_locked is not None
            shown = value.catalogue.version, value.group is not None
            return who, guarded, enough, bool(value.left_of(RICE)), known, shown
        case Item():
            return value.id if value in CATALOGUE.items else (value.stocked, value.group)
        case Catalogue() | Rules():
            return type(value).__name__
        case int() | float():
            return min(value, 2)
        case Enum() | str() | None:
            return value
        case tuple():
            return len(value)
        case msgspec.Struct():
            return tuple(_shape(getattr(value, name)) for name in value.__struct_fields__)
        case _ if is_dataclass(value) and not isinstance(value, type):
            parts = ((field.name, getattr(value, field.name)) for field in fields(value))
            return (type(value).__name__, *(_shape(part) for name, part in parts if name not in ("heard_at", "values")))
        case _:
            return repr(value)
