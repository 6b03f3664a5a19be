"""What the office's worker takes: signed frames of fifty vouchers into the books, each frame one durable transaction.

Counted from the bytes of a frame to its commit: decoding, two signatures, chain, rules, rows. Not counted: the broker,
and the station that made the frame.
"""

from __future__ import annotations

import time
from pathlib import Path

from benchmarks.office import found
from benchmarks.results import Results

RESIDENTS = 200


def measure(results: Results, root: Path, entries: int) -> None:
    """Apply ``entries`` entries of one station; a figure for every power of ten on the way."""
    found(root)
    from tests.office.world import FIRST, OfficeWorld

    world = OfficeWorld.found()
    residents = _people(world, entries)
    end = world.ends[FIRST]
    end.open()
    for number in range(1, entries):
        end.store.write(end.issue(number, residents[number % RESIDENTS], points=1))
    _take(results, world, entries)


def _people(world: object, entries: int) -> list[str]:
    from office.books.models import Resident
    from office.services.grants import give_points, grant_stock
    from tests.office.world import FIRST, OfficeWorld

    assert isinstance(world, OfficeWorld)
    grant_stock(world.parts, FIRST, 101, entries, "bench")
    names = [f"r{number:04d}" for number in range(RESIDENTS)]
    for name in names:
        Resident.objects.create(id=name, name=name, home_id=FIRST)
        give_points(world.parts, name, entries // RESIDENTS + 1, "bench")
    return names


def _take(results: Results, world: object, entries: int) -> None:
    from tests.office.world import FIRST, OfficeWorld

    assert isinstance(world, OfficeWorld)
    end, log = world.ends[FIRST], world.logs[FIRST]
    end.log.connected(0.0)
    taken, mark, spent, frames, decade = 0, 0, 0.0, [], 1000
    while taken < entries:
        frame = end.log.due(0.0)
        if frame is None:
            break
        began = time.perf_counter()
        heard = log.receive(frame, 0.0)
        took = time.perf_counter() - began
        assert not heard.code, heard
        taken, spent = taken + heard.taken, spent + took
        frames.append(took * 1000)
        end.store.holds = taken
        end.log.connected(0.0)  # the acknowledgement is not part of what is measured
        if taken >= decade:
            results.value(f"office.entries_per_s.to_{decade}", (taken - mark) / spent, "1/s")
            mark, spent, decade = taken, 0.0, decade * 10
    results.spread("office.frame_of_50_ms", frames, "ms")
