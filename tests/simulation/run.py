"""``python -m tests.simulation.run STEPS [SEED [KIND]]`` ends with ``N steps, 0 violations``, else seeds and exit 1."""

from __future__ import annotations

import itertools
import sys

from tests.simulation.world import KINDS, Violation, World


def simulate(steps: int, seed: int = 1, kinds: tuple[str, ...] = tuple(KINDS)) -> tuple[int, list[str]]:
    """Run whole worlds, kind after kind and seed after seed, until ``steps`` are reached; return steps and faults."""
    done, faults = 0, []
    for number, kind in ((number, kind) for number in itertools.count(seed) for kind in kinds):
        if done >= steps:
            break
        world = World(number, kind)
        try:
            world.run()
        except Violation as fault:
            faults.append(f"seed {number}, {kind}, step {world.steps}: {fault}")
        done += world.steps
    return done, faults


def main(arguments: list[str]) -> int:
    steps = int(arguments[0]) if arguments else 1_000_000
    seed = int(arguments[1]) if len(arguments) > 1 else 1
    done, faults = simulate(steps, seed, tuple(arguments[2:]) or tuple(KINDS))
    for fault in faults[:20]:
        _, number, kind = fault.replace(",", "").split()[:3]
        print(f"{fault}  (again: python -m tests.simulation.run 1 {number} {kind})")
    print(f"{done} steps, {len(faults)} violations")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
