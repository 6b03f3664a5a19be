"""Several worlds side by side, each a process; what they did, added up."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.support.station import ROOT

SUMS = ("done", "vouchers", "taken_back", "papers", "uncertain", "batches", "seconds")


@dataclass(frozen=True)
class Sum:
    """Of all worlds, whatever number of runs it took. ``seconds`` are of one world after the other."""

    seeds: list[int]
    kills: dict[str, int]
    numbers: dict[str, float]
    faults: list[str]

    @property
    def killed(self) -> int:
        return sum(self.kills.values())


def soak(folder: Path, kills: int, worlds: int, seed: int) -> Sum:
    """Kill so often in all, or what is still missing of it; a world with a fault is left as it is."""
    folder.mkdir(parents=True, exist_ok=True)
    shares = [kills // worlds + (number < kills % worlds) for number in range(worlds)]
    running = []
    for number, share in enumerate(shares):
        with (folder / f"world-{number}.log").open("a") as log:
            command = [sys.executable, "-m", "tests.soak.world", str(folder / f"w{number}"), str(seed + number)]
            running.append(subprocess.Popen([*command, str(share)], cwd=ROOT, stdout=log, stderr=log))
    try:
        codes = [process.wait() for process in running]
    finally:
        for process in running:
            process.terminate()
    total = added(folder)
    logs = [(folder / f"world-{number}.log").read_text()[-2000:] for number, code in enumerate(codes) if code]
    return Sum(total.seeds, total.kills, total.numbers, [*total.faults, *logs])


def added(folder: Path) -> Sum:
    """Add up what stands in the folders of the worlds."""
    states: list[dict[str, Any]] = [json.loads(file.read_text()) for file in sorted(folder.glob("w*/state.json"))]
    kills: Counter[str] = Counter()
    for state in states:
        kills.update(state["kills"])
    return Sum(
        [state["seed"] for state in states],
        dict(sorted(kills.items())),
        {name: sum(state.get(name, 0) for state in states) for name in SUMS},
        [fault for state in states for fault in state["faults"]],
    )


def report(total: Sum, worlds: int) -> str:
    """Return the section for docs/soak.md."""
    by = ", ".join(f"{victim} {count}" for victim, count in total.kills.items())
    n = {name: int(value) for name, value in total.numbers.items()}
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return f"""{HEADING}

`kill -9` of real processes at random instants while residents redeem by scans and presses, staff take vouchers back,
and the office gives points and publishes catalogues; {worlds} worlds side by side, now and then several at once,
half of the kiosk's deaths right after "confirm". After every 25 kills papers, journal and books are compared from
outside (`tests/soak/oracle.py`). `make soak` writes this section, and goes on where it was interrupted.

| what | |
| --- | --- |
| date, code | {time.strftime("%Y-%m-%d")}, {commit.stdout.strip()} |
| seeds | {", ".join(map(str, total.seeds))} |
| kills | {total.killed}: {by} |
| times everything was compared | {n["batches"]} |
| redemptions in the journal, of which taken back | {n["vouchers"]}, {n["taken_back"]} |
| redemptions that the screen confirmed | {n["done"]} |
| papers out of the printers | {n["papers"]} |
| prints of which nobody knows (they wait for staff) | {n["uncertain"]} |
| lost, twice | {"0, 0" if not total.faults else f"FAULTS: {len(total.faults)}"} |
| took | {n["seconds"] / worlds / 60:.0f} minutes, {n["seconds"] / worlds / max(1, total.killed):.2f} s a kill |
"""


HEADING = "## Kills of whole processes"


def write(document: Path, section: str) -> None:
    """Put the section at the end of a document, in place of the one before."""
    text = document.read_text(encoding="utf-8").partition(HEADING)[0].rstrip("\n")
    document.write_text(f"{text}\n\n{section}", encoding="utf-8")
