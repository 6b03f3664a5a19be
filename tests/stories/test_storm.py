"""Sixty stations lose their broker at once, and sell meanwhile: afterwards the books are their journals, once each."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.station import ROOT

STATIONS = 60


@pytest.mark.proof
def test_a_fleet_comes_back_into_step_after_its_broker_died(tmp_path: Path) -> None:
    """In a process of its own, as an office is one a process; it fails unless books and journals say the same."""
    root = tmp_path / "storm"
    root.mkdir()
    command = [sys.executable, "-m", "benchmarks.separate", "storm", str(root), str(STATIONS)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    lines = [line for line in done.stdout.splitlines() if line.startswith('{"metric"')]
    metrics = {json.loads(line)["metric"] for line in lines}
    assert f"storm.{STATIONS}_stations_after_10_s_in_step_s" in metrics
