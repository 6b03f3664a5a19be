"""One metric a line: ``{"metric": …, "value": …}`` or ``{"metric": …, "p50": …, "p99": …}``, with unit and n."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any


class Results:
    """Collects metrics, prints each as it comes, and writes them all."""

    def __init__(self) -> None:
        self._lines: list[dict[str, Any]] = []

    def value(self, metric: str, value: float, unit: str) -> None:
        """A single figure."""
        self._add({"metric": metric, "value": round(value, 3), "unit": unit, "n": 1})

    def spread(self, metric: str, values: Sequence[float], unit: str) -> None:
        """Median and 99th percentile (nearest rank) of several."""
        ordered = sorted(values)
        p99 = ordered[min(len(ordered) - 1, -(-99 * len(ordered) // 100) - 1)]
        p50 = ordered[(len(ordered) - 1) // 2]
        self._add({"metric": metric, "p50": round(p50, 3), "p99": round(p99, 3), "unit": unit, "n": len(ordered)})

    def take(self, line: dict[str, Any]) -> None:
        """Take over a metric that another process measured."""
        self._add(line)

    def write(self, path: Path) -> None:
        """Write them as JSON lines."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(json.dumps(line) + "\n" for line in self._lines), encoding="utf-8")

    def _add(self, line: dict[str, Any]) -> None:
        self._lines.append(line)
        print(json.dumps(line), flush=True)
