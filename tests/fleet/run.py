"""Whole worlds, seed after seed. ``python -m tests.fleet.run STEPS`` runs both simulations; exit 1 on any violation."""

from __future__ import annotations

import argparse
import itertools
import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path

from tests.fleet.engine import Parts
from tests.fleet.faults import KINDS
from tests.fleet.healing import heal
from tests.fleet.oracle import Violation
from tests.fleet.world import World
from tests.simulation.run import simulate as simulate_logs

STEPS_A_WORLD = 260
PROCESSES = 2
LOGS_PART = 5  # every fifth step goes to the two logs alone, whose worlds are rougher


@dataclass
class Result:
    """``worlds``: how many of each kind. ``faults``: what was seen, with how to see it again."""

    steps: int = 0
    worlds: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    happened: Counter[str] = field(default_factory=Counter)
    seeds: set[int] = field(default_factory=set)

    def add(self, other: Result) -> None:
        self.steps += other.steps
        self.worlds += other.worlds
        self.faults += other.faults
        self.happened += other.happened
        self.seeds |= other.seeds


def live(seed: int, kind: str, parts: Parts | None = None, steps: int = STEPS_A_WORLD) -> World:
    """One world from its beginning to its end. Raises ``Violation``, with the world as ``world``."""
    world = World(seed, kind, parts)
    try:
        for _ in range(steps):
            world.step()
        heal(world)
    except Violation as fault:
        fault.world = world  # type: ignore[attr-defined]
        raise
    return world


def simulate(steps: int, first: int = 1, stride: int = 1, kinds: tuple[str, ...] = KINDS) -> Result:
    """Run worlds of all kinds, seed after seed, until ``steps`` are reached."""
    result = Result()
    for seed, kind in ((seed, kind) for seed in itertools.count(first, stride) for kind in kinds):
        if result.steps >= steps:
            break
        try:
            world = live(seed, kind)
        except Violation as fault:
            world = fault.world  # type: ignore[attr-defined]
            again = f"python -m tests.fleet.run 1 --seed {seed} --kind {kind}"
            result.faults.append(f"seed {seed}, {kind}, step {world.steps}: {fault}  (again: {again})")
        result.steps += world.steps
        result.worlds[kind] += 1
        result.seeds.add(seed)
        result.happened += world.happened()
    return result


def simulate_widely(steps: int, processes: int = PROCESSES, first: int = 1) -> Result:
    """The same in several processes; each has seeds of its own."""
    whole = Result()
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        parts = [pool.submit(simulate, steps // processes, first + part, processes) for part in range(processes)]
        for part in parts:
            whole.add(part.result())
    return whole


def report(result: Result, logs: int, first: int) -> str:
    """Return what was run, as text for docs/simulation.md; the two logs began at seed ``first``."""
    kinds = "\n".join(f"| {kind} | {result.worlds[kind]} |" for kind in KINDS)
    happened = "\n".join(f"| {what} | {count} |" for what, count in sorted(result.happened.items()))
    seeds = f"{min(result.seeds)} to {max(result.seeds)}"
    two_logs = f"; two logs: from {first} on" if logs else ""
    faults = "\n".join(f"- {fault}" for fault in result.faults) or "none"
    return (
        f"{result.steps} steps of fleets and {logs} of two logs, {len(result.faults)} violations.\n\n"
        f"Seeds of fleets: {seeds}{two_logs}.\n\nViolations, each with its seed:\n\n{faults}\n\n"
        f"| kind of world | worlds |\n| --- | --- |\n{kinds}\n\n| what happened | times |\n| --- | --- |\n{happened}\n"
    )


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fleet.run", description=__doc__)
    parser.add_argument("steps", type=int, nargs="?", default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kind", choices=KINDS, help="only this kind of world, in one process, without the logs")
    parser.add_argument("--processes", type=int, default=PROCESSES)
    parser.add_argument("--report", type=Path, help="write the table into this file as well")
    given = parser.parse_args(arguments)
    logs, faults = 0, list[str]()
    if given.kind:
        result = simulate(given.steps, given.seed, 1, (given.kind,))
    else:
        logs, faults = simulate_logs(given.steps // LOGS_PART, given.seed)
        result = simulate_widely(given.steps - logs, given.processes, given.seed)
    result.faults += faults
    print(*result.faults[:20], sep="\n", end="\n" if result.faults else "")
    print(report(result, logs, given.seed))
    if given.report is not None:
        given.report.write_text(report(result, logs, given.seed), encoding="utf-8")
    print(f"{result.steps + logs} steps, {len(result.faults)} violations")
    return 1 if result.faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
