"""Somebody at the office who works without end: ``grant NAME POINTS`` and ``push FILE PICTURES`` on standard input."""

from __future__ import annotations

import sys
from pathlib import Path

from office.cli.people import grant_points
from office.cli.pushing import push_files


def main() -> None:
    answers, sys.stdout = sys.stdout, sys.stderr  # what the commands say to people is no answer
    for line in sys.stdin:
        match line.split():
            case ["grant", name, points]:
                grant_points(name, int(points), "持续发放", "soak")
            case ["push", file, pictures]:
                push_files([Path(file)], Path(pictures), 0.0, "soak", json=True)
        print("done", file=answers, flush=True)


if __name__ == "__main__":
    main()
