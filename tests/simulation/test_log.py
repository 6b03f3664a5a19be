from __future__ import annotations

import pytest

from tests.simulation.bugs import BUGS, Bug
from tests.simulation.run import main, simulate
from tests.simulation.world import KINDS, World

SEEDS = range(1, 60)


def test_a_quarter_million_steps_without_a_violation() -> None:
    steps, faults = simulate(250_000)
    assert steps >= 250_000
    assert faults == []


@pytest.mark.parametrize("bug", BUGS, ids=lambda bug: bug.name)
def test_every_planted_bug_is_caught(bug: Bug) -> None:
    assert bug.caught_at(SEEDS) is not None


def test_the_faults_really_happen() -> None:
    told: dict[str, int] = dict.fromkeys(KINDS, 0)
    for kind in KINDS:
        for seed in range(1, 30):
            world = World(seed, kind)
            world.run()
            told[kind] += any(node.halted for node in world.nodes)
    assert told["old_image"] > 10
    assert told["clone"] > 10
    assert told["calm"] == told["lossy"] == told["crashes"] == told["lost_tail"] == 0


def test_the_command_says_how_it_went(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["2000"]) == 0
    assert capsys.readouterr().out.endswith("steps, 0 violations\n")
