"""Benchmarks with an office of their own: Django knows one office a process, so each runs in its own."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
from pathlib import Path

from benchmarks.results import Results


def measure(results: Results, name: str, root: Path, count: int) -> None:
    """Run ``benchmarks.<name>`` in a process and take its metrics over."""
    root.mkdir()
    command = [sys.executable, "-m", "benchmarks.separate", name, str(root), str(count)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    for line in done.stdout.splitlines():
        if line.startswith('{"metric"'):
            results.take(json.loads(line))


def main() -> None:
    """``python -m benchmarks.separate NAME FOLDER COUNT``."""
    name, folder, count = sys.argv[1:]
    importlib.import_module(f"benchmarks.{name}").measure(Results(), Path(folder), int(count))


if __name__ == "__main__":
    main()
