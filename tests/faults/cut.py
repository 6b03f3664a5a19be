"""Runs a scenario in forked children: once with a recorder, then again and again with SIGKILL at one passing."""

from __future__ import annotations

import json
import os
import shutil
import signal
import traceback
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from sync import fault_points
from tests.faults.places import copy
from tests.faults.scenario import Scenario


def record(scenario: Scenario, work: Path) -> dict[str, int]:
    """Prepare and play once, unharmed; return how often each point was passed. Raises ``AssertionError``."""
    before, root = work / "before", work / "recorded"
    _forked(lambda: scenario.prepare(_made(before)), before)
    copy(before, root)
    _forked(lambda: _recorded(scenario, root), root)
    _forked(lambda: scenario.check(root), root)
    found: dict[str, int] = json.loads((root / "passed.json").read_text())
    return found


def kill_at(scenario: Scenario, work: Path, root: Path, point: str, hit: int) -> str:
    """Play, die at one passing, complete, check; return what was wrong, empty if nothing."""
    copy(work / "before", root)
    try:
        ended = _fork(lambda: _killed(scenario, root, point, hit), root)
        if ended != -signal.SIGKILL:
            return f"it ended with {ended} in place of being killed\n{_said(root)}"
        _forked(lambda: scenario.play(root, 2), root)
        _forked(lambda: scenario.check(root), root)
    except AssertionError as error:
        return str(error)
    shutil.rmtree(root)
    return ""


def passings(count: int) -> list[int]:
    """First, second, middle and last of so many."""
    return sorted({1, min(2, count), (count + 1) // 2, count})


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True)
    return folder


def _recorded(scenario: Scenario, root: Path) -> None:
    passed: Counter[str] = Counter()
    fault_points.listen(lambda name: passed.update((name,)))
    scenario.play(root, 1)
    fault_points.listen(None)
    (root / "passed.json").write_text(json.dumps(passed))


def _killed(scenario: Scenario, root: Path, point: str, hit: int) -> None:
    passed: Counter[str] = Counter()

    def cut(name: str) -> None:
        passed[name] += 1
        if name == point and passed[name] == hit:
            os.kill(os.getpid(), signal.SIGKILL)

    fault_points.listen(cut)
    scenario.play(root, 1)


def _forked(work: Callable[[], None], root: Path) -> None:
    ended = _fork(work, root)
    assert ended == 0, f"ended with {ended}\n{_said(root)}"


def _fork(work: Callable[[], None], root: Path) -> int:
    """Do work in a child; return its exit code, negative for a signal. What it raises is in ``said``."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            work()
            code = 0
        except BaseException:
            root.mkdir(parents=True, exist_ok=True)
            (root / "said").write_text(traceback.format_exc())
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _said(root: Path) -> str:
    said = root / "said"
    return said.read_text() if said.exists() else "it said nothing"
