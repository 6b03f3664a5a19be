from __future__ import annotations

from collections import Counter

import pytest

from tests.fleet.bugs import BUGS, Bug
from tests.fleet.run import main, simulate, simulate_widely


def test_fleets_without_a_violation() -> None:
    result = simulate(80_000)
    assert result.steps >= 80_000
    assert result.faults == []


def test_what_is_meant_to_go_wrong_does() -> None:
    happened = Counter[str]()
    for kind in ("crashes", "stick", "released", "old_image", "clone", "restored"):
        happened += simulate(15_000, kinds=(kind,)).happened
    for fault in (
        "crashes of a station", "crashes of the office", "old cards", "clones", "offices restored", "lives imported",
        "lives released", "lives that ended by themselves", "recalls", "vouchers decided by another place",
    ):  # fmt: skip
        assert happened[fault] >= 10, fault


def test_the_command_says_how_it_went(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["2000", "--kind", "lossy"]) == 0
    assert capsys.readouterr().out.endswith("steps, 0 violations\n")


@pytest.mark.proof
def test_a_million_steps_of_fleets_without_a_violation() -> None:
    result = simulate_widely(1_010_000, first=1_000)
    assert result.steps >= 1_000_000
    assert result.faults == []


@pytest.mark.proof
@pytest.mark.parametrize("bug", BUGS, ids=lambda bug: bug.name)
def test_every_planted_bug_is_caught(bug: Bug) -> None:
    assert bug.caught_at(range(1, 1001)) is not None
