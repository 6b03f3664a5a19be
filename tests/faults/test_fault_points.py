"""SIGKILL at the first, second, middle and last passing of every named point, on real files; then all is completed.

Nothing is lost, nothing is there twice, reprints keep their number, chains verify, and the journal is the books.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.conftest import Forks
from tests.faults.plants import PLANTS
from tests.faults.scenario import all_scenarios
from tests.faults.source import points_of_the_source

AT_LEAST = 150


def test_every_point_of_the_source_is_killed_at(forks: Forks) -> None:
    killed = {point for name in all_scenarios() for point in forks.killed(name)}
    missed = [where for where, name in points_of_the_source().items() if not any(map(name.fullmatch, killed))]
    assert missed == []
    assert len(killed) >= AT_LEAST


@pytest.mark.proof
@pytest.mark.parametrize("name", all_scenarios())
def test_killed_at_every_point_nothing_is_lost_or_twice(forks: Forks, name: str) -> None:
    wrong = forks.kill(name)
    assert not wrong, "\n\n".join(f"{kill}: {fault}" for kill, fault in wrong.items())


@pytest.mark.proof
@pytest.mark.parametrize("plant", PLANTS)
def test_a_planted_bug_is_caught(tmp_path: Path, plant: str) -> None:
    _, name, at = PLANTS[plant]
    forks = Forks(tmp_path, plant)
    assert forks.kill(name, at)
    forks.close()
