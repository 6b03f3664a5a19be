from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.fleet.bugs import BUGS, Bug
from tests.fleet.run import Result, live, main, report, simulate, simulate_widely


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


@pytest.mark.parametrize("seed", [1098, 1113, 1789, 2031])
def test_two_copies_that_print_the_same_paper_for_two_people(seed: int) -> None:
    world = live(seed, "clone")
    hands = {(held.paper, held.resident) for held in world.oracle.papers}
    assert len(hands) > len({paper for paper, _ in hands})


def test_an_old_card_whose_successor_spoke_last_forks_and_waits_for_a_person() -> None:
    live(200214, "old_image")


def test_the_command_says_how_it_went(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["2000", "--kind", "lossy", "--seed", "7", "--report", str(tmp_path / "report")]) == 0
    assert capsys.readouterr().out.endswith("steps, 0 violations\n")
    written = (tmp_path / "report").read_text(encoding="utf-8")
    assert "Seeds of fleets: 7 to " in written
    assert "Violations, each with its seed:\n\nnone\n" in written


def test_the_report_names_each_violation_with_its_seed() -> None:
    fault = "seed 3, clone, step 5: overspent"
    assert f"\n- {fault}\n" in report(Result(faults=[fault], seeds={3, 9}), 0, 3)


@pytest.mark.proof
def test_a_million_steps_of_fleets_without_a_violation() -> None:
    result = simulate_widely(1_010_000, first=1_000)
    assert result.steps >= 1_000_000
    assert result.faults == []


@pytest.mark.proof
@pytest.mark.parametrize("bug", BUGS, ids=lambda bug: bug.name)
def test_every_planted_bug_is_caught(bug: Bug) -> None:
    assert bug.caught_at(range(1, 1001)) is not None
