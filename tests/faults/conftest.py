from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.faults.cut import passings
from tests.faults.scenario import ABOUT
from tests.faults.source import ROOT


class Forks:
    """The process that forks; every scenario is recorded once."""

    def __init__(self, work: Path, *plants: str) -> None:
        self._log = (work / "log").open("w")
        self._server = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.server", str(work), *plants],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._log, text=True,
        )  # fmt: skip
        self.record = cache(self._record)

    def kill(self, name: str, at: str = "") -> dict[str, str]:
        """Kill at first, second, middle and last passing of all that begins so; return what was wrong."""
        passed = self.record(name)
        killed = [point for point in self.killed(name) if point.startswith(at)]
        kills = [f"{point}:{hit}" for point in killed for hit in passings(passed[point])]
        wrong: dict[str, str] = self._ask(f"kill {name} {' '.join(kills)}")
        return wrong

    def killed(self, name: str) -> list[str]:
        """The points at which a scenario is killed."""
        return [point for point in self.record(name) if point.startswith(ABOUT[name])]

    def close(self) -> None:
        for stream in (self._server.stdin, self._server.stdout):
            assert stream is not None
            stream.close()
        self._server.wait()
        self._log.close()

    def _record(self, name: str) -> dict[str, int]:
        passed: dict[str, int] = self._ask(f"record {name}")
        return passed

    def _ask(self, line: str) -> Any:
        assert self._server.stdin is not None
        assert self._server.stdout is not None
        self._server.stdin.write(line + "\n")
        self._server.stdin.flush()
        answer = self._server.stdout.readline()
        assert answer, f"the process that forks died: {Path(self._log.name).read_text()[-3000:]}"
        said = json.loads(answer)
        assert "error" not in said, said["error"]
        return said


@pytest.fixture(scope="session")
def forks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Forks]:
    made = Forks(tmp_path_factory.mktemp("faults"))
    yield made
    made.close()
