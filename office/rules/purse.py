"""One scarce thing in all places at once: what is free at the office, and what to grant and ask back. Pure.

The one rule that nothing may break (docs/sync.md, "Rights"): a grant of n needs

    Σ over all stations and lives (granted - returned as seen) + n ≤ ceiling

``ceiling`` is what the office ever gave less what it took back for good; spending never lowers it. What a station
*seems* to have left decides only whom to ask, never how much is free.
"""

from __future__ import annotations

from dataclasses import dataclass

from domain.rights import Counters


@dataclass(frozen=True, slots=True)
class Held:
    """The thing at one life of a station, as the office sees it. ``asked``: running total of recalls written;
    ``answered``: the total that its newest ``Returned`` answers; ``open``: it may be granted to and asked."""

    station: str
    epoch: int
    counters: Counters
    asked: int = 0
    answered: int = 0
    open: bool = True
    connected: bool = True

    @property
    def seems(self) -> int:
        """What it would have left if nothing were on its way."""
        return self.counters.available

    @property
    def pending(self) -> int:
        """What was asked back and is not answered yet."""
        return self.asked - self.answered

    @property
    def surely(self) -> int:
        """The least that is out of what was granted, however much came back before the books were restored."""
        unknown = self.pending if self.open else self.counters.available
        return self.counters.granted - self.counters.returned - max(0, unknown)


@dataclass(frozen=True, slots=True)
class Purse:
    """Everything about one thing. ``blocked``: after a restore, while a station that may hold it was not heard."""

    ceiling: int
    held: tuple[Held, ...] = ()
    blocked: bool = False

    @property
    def free(self) -> int:
        """How much may be granted now; never less than 0, also when more was found to be out than was ever given."""
        out = sum(held.counters.granted - held.counters.returned for held in self.held)
        return 0 if self.blocked else max(0, self.ceiling - out)

    @property
    def missing(self) -> int:
        """How much more than the ceiling was surely given: the books were restored, and forgot that.

        What was asked back and is not answered may have come back before, and what an ended life had left may have
        been released: neither was surely out beside what came after it.
        """
        out = sum(held.surely for held in self.held)
        return 0 if self.blocked else max(0, out - self.ceiling)

    def at(self, station: str) -> Held | None:
        """The open life of a station, if it ever held the thing."""
        return next((held for held in self.held if held.station == station and held.open), None)


@dataclass(frozen=True, slots=True)
class Recall:
    """Ask a life of a station to return so much more than it was asked before."""

    station: str
    epoch: int
    amount: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What to write. ``grant`` goes to the station that wished; ``outcome`` is a word of ``WishAnswered`` or empty when
    the grant says all; ``elsewhere``: what lies in all but there; ``place``: where what is awaited lies."""

    grant: int = 0
    recalls: tuple[Recall, ...] = ()
    outcome: str = ""
    elsewhere: int = 0
    place: str = ""


def elsewhere(purse: Purse, station: str) -> int:
    """Return how much seems to be in all but one station, and can be had there."""
    return purse.free + sum(held.seems for held in _others(purse, station))


def fulfil(purse: Purse, station: str, missing: int) -> Plan:
    """Answer a wish for ``missing`` more at a station: grant it whole, or ask others for the rest, or say why not.

    Nothing is granted in part: what would not do would only lie there until it is idle.
    """
    others, lies = _others(purse, station), elsewhere(purse, station)
    if missing <= purse.free:
        return Plan(grant=missing, elsewhere=lies - missing)
    if missing > lies or purse.blocked:
        return Plan(outcome="short", elsewhere=lies)
    recalls = recall(others, missing - purse.free)
    silent = [held for held in others if not held.connected]
    reached = purse.free + sum(held.seems for held in others if held.connected)
    if missing > reached:
        return Plan(recalls=recalls, outcome="unreachable", elsewhere=lies, place=silent[0].station)
    awaited = next((held for held in others if held.connected), others[0])
    return Plan(recalls=recalls, outcome="coming", elsewhere=lies, place=awaited.station)


def _others(purse: Purse, station: str) -> tuple[Held, ...]:
    return tuple(held for held in purse.held if held.open and held.station != station and held.seems > 0)


def recall(others: tuple[Held, ...], amount: int) -> tuple[Recall, ...]:
    """Ask for ``amount`` in all: who is heard first, and has most.

    What was asked of somebody who is heard, and is not answered yet, counts; what a silent station was asked for may
    not come for days, and nobody waits for it while others have enough.
    """
    wanted = amount - sum(min(held.pending, held.seems) for held in others if held.connected)
    recalls = []
    for held in sorted(others, key=lambda held: (not held.connected, -held.seems, held.station)):
        if not held.connected:  # asked once already: it is not asked again for the same
            wanted -= min(held.pending, held.seems)
        part = min(wanted, held.seems - held.pending)
        if part > 0:
            recalls.append(Recall(held.station, held.epoch, part))
            wanted -= part
    return tuple(recalls)


def top_up(purse: Purse, home: str, cap: int) -> int:
    """Return what the home station is to be granted so that it seems to hold ``cap``, as far as there is any free."""
    held = purse.at(home)
    return max(0, min(purse.free, cap - (0 if held is None else held.seems)))


def bring_home(purse: Purse, home: str, idle: frozenset[str]) -> tuple[Recall, ...]:
    """Ask back what lies at open lives of ``idle`` stations other than home."""
    away = (held for held in purse.held if held.open and held.station != home and held.station in idle)
    return tuple(
        Recall(held.station, held.epoch, held.seems - held.pending) for held in away if held.seems > held.pending
    )


def take_back(purse: Purse, amount: int) -> tuple[int, tuple[Recall, ...]]:
    """Lower a balance: how much can be burnt from the office's part now, and whom to ask for the rest.

    The rest is a receivable until it comes; it is never cut silently.
    """
    burnt = min(purse.free, amount)
    return burnt, recall(tuple(held for held in purse.held if held.open and held.seems > 0), amount - burnt)
