"""``python -m benchmarks [--quick]``."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from benchmarks import idcard, idle, journal, network, publish, resting, separate, start, visits
from benchmarks.results import Results

OUT = Path("build/bench.jsonl")


def main() -> None:
    """Run every benchmark; ``--quick`` takes fewer samples and stays under a minute."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer samples, under a minute")
    quick = parser.parse_args().quick
    results = Results()
    with tempfile.TemporaryDirectory(prefix="yizhan-bench-") as folder:
        root = Path(folder)
        start.measure(results, root / "start", runs=2 if quick else 8)
        visits.measure(results, root / "visits", count=12 if quick else 120)
        idcard.measure(results, count=12 if quick else 120)
        journal.measure(results, root / "journal", count=300 if quick else 3000)
        publish.measure(results, root / "publish", count=3 if quick else 20)
        idle.measure(results, 5 if quick else 20)
        separate.measure(results, "screen", root / "screen", 60 if quick else 600)
        resting.measure(results, root / "resting", 13 if quick else 60)
        separate.measure(results, "books", root / "books", 10_000 if quick else 100_000)
        separate.measure(results, "fleet", root / "fleet", 20 if quick else 78)
        network.measure(results, root / "network", 200 if quick else 2_100, slow=not quick)
        if not quick:
            separate.measure(results, "storm", root / "storm", 300)
    results.write(OUT)


if __name__ == "__main__":
    main()
