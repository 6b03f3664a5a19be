"""Imports everything, then forks for each run: ``record NAME`` or ``kill NAME POINT:HIT …`` in, JSON out."""

from __future__ import annotations

import gc
import importlib
import json
import os
import pkgutil
import sys
from pathlib import Path
from typing import Any

from tests.faults.cut import kill_at, record
from tests.faults.plants import PLANTS
from tests.faults.scenario import all_scenarios

AT_ONCE = 3


def main() -> None:
    work, out = Path(sys.argv[1]), os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what scenarios print is no answer
    office = work / "nowhere"  # each child names its own
    (office / "secrets").mkdir(parents=True)
    os.environ["YIZHAN_OFFICE_HOME"] = str(office)
    from office.setup import setup

    setup()
    import_all("office.services", "office.worker", "office.cli")
    scenarios = all_scenarios()
    gc.collect()
    gc.freeze()  # children share what is there
    for name in sys.argv[2:]:
        PLANTS[name][0]()
    answer: dict[str, Any]
    for line in sys.stdin:
        verb, name, *kills = line.split()
        try:
            answer = record(scenarios[name], work / name) if verb == "record" else kill_all(work, name, kills)
        except AssertionError as error:
            answer = {"error": str(error)}
        out.write(json.dumps(answer) + "\n")
        out.flush()


def import_all(*packages: str) -> None:
    """What a child does not find loaded it loads again, each of a thousand of them."""
    for package in packages:
        for module in pkgutil.iter_modules(importlib.import_module(package).__path__, package + "."):
            importlib.import_module(module.name)


def kill_all(work: Path, name: str, kills: list[str]) -> dict[str, str]:
    """Kill at each, a few at once; return what was wrong, by point and passing."""
    waiting, wrong = list(kills), {}
    running: dict[int, str] = {}
    while waiting or running:
        while waiting and len(running) < AT_ONCE:
            kill = waiting.pop(0)
            child = os.fork()
            if child == 0:
                point, _, hit = kill.rpartition(":")
                root = work / name / str(len(waiting))  # short: a socket's path has 107 bytes at most
                fault = kill_at(all_scenarios()[name], work / name, root, point, int(hit))
                (work / name / f"{kill}.fault").write_text(fault)
                os._exit(0)
            running[child] = kill
        ended, _ = os.wait()
        kill = running.pop(ended)
        said = work / name / f"{kill}.fault"
        fault = said.read_text() if said.exists() else "the run itself died"
        if fault:
            wrong[kill] = fault
    return wrong


if __name__ == "__main__":
    main()
