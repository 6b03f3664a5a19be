"""What a redemption costs in the journal alone: decide, four rows, one fsync; beside one bare fsync on this disk."""

from __future__ import annotations

import os
import time
from pathlib import Path

from benchmarks.results import Results
from domain.facts import Granted
from domain.rights import points_of
from tests.support.desk import CHEN, TestDesk


def measure(results: Results, root: Path, count: int) -> None:
    """Redeem ``count`` times on a real journal; fsync the same disk as often in between, side by side."""
    root.mkdir()
    desk = TestDesk(root)
    desk.receive([Granted(right=points_of(CHEN), total=20 * count + 380)])
    commits: list[float] = []
    flushes: list[float] = []
    with (root / "flush").open("wb") as file:
        for number in range(count):
            began = time.perf_counter()
            desk.redeem(f"c{number}", item=201)
            commits.append((time.perf_counter() - began) * 1000)
            began = time.perf_counter()
            file.write(b"x" * 4096)
            file.flush()
            os.fsync(file.fileno())
            flushes.append((time.perf_counter() - began) * 1000)
    desk.journal.close()
    results.spread("journal.redeem_ms", commits, "ms")
    results.spread("disk.fsync_ms", flushes, "ms")
