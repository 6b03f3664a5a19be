"""One world of the soak: ``FOLDER SEED KILLS``. Kills, looks after every batch, keeps count in the folder, goes on."""

from __future__ import annotations

import json
import os
import random
import sys
import time
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tests.soak.load import Load, Office, Staff, Visitors
from tests.soak.oracle import Found, Papers, look
from tests.soak.station import SoakStation
from tests.stories.test_office import in_step
from tests.support.enrolled import wait

BATCH = 25
VICTIMS = ("kiosk", "sync", "worker", "broker", "command")
WEIGHTS = (5, 5, 5, 5, 1)
PAUSE_SECONDS = 2.4  # at most, between two kills
CONFIRM_SECONDS = 0.25  # from the finger on "confirm" until the paper is known to be out
STEP_SECONDS = 120


class World:
    """Its state is what was true after the last batch that was looked at."""

    def __init__(self, root: Path, seed: int) -> None:
        root.mkdir(parents=True, exist_ok=True)
        self._file = root / "state.json"
        self.state: dict[str, Any] = json.loads(self._file.read_text()) if self._file.exists() else new_state(seed)
        self._parent = os.getppid()
        self._station = SoakStation(root)
        self._papers = Papers(self._station)
        self._station.town.start()
        self._office = Office(self._station, seed)
        self._visitors = Visitors(self._station, seed)
        self._visitors.settle()
        wait(self._station.folder.shelf.exists, "the catalogue", STEP_SECONDS)
        self._staff = Staff(self._station, seed)
        self._loads = [Load(act) for act in (self._visitors, self._staff, self._office)]
        for load in self._loads:
            load.start()

    def batch(self, kills: int) -> Found:
        """Kill so often, let all come to rest, look."""
        start, killed = time.monotonic(), Counter[str]()
        dice = random.Random(f"{self.state['seed']} {self.state['batches']}")
        done = self._visitors.done
        for load in self._loads:
            load.work()
        while killed.total() < kills:
            time.sleep(dice.uniform(0.0, PAUSE_SECONDS))  # an instant of the machine's own: whatever it hits is safe
            if os.getppid() != self._parent:
                raise SystemExit("whoever started the soak is gone")
            at_once = min(dice.choices((1, 2, 3), (75, 20, 5))[0], kills - killed.total())
            victims = {dice.choices(VICTIMS, WEIGHTS)[0] for _ in range(at_once)}
            if "kiosk" in victims and dice.random() < 0.5 and self._visitors.confirming.wait(3.0):
                time.sleep(dice.uniform(0.0, CONFIRM_SECONDS))  # where a kill hurts most
            killed.update(self._kill(victims))
            self._papers.gather()
        for load in self._loads:
            load.rest()
        self._visitors.settle()
        wait(lambda: in_step(self._station), "both sides in step once the kills have stopped", STEP_SECONDS)
        self.state["done"] += self._visitors.done - done
        found = look(self._station, self._papers, self.state["done"])
        self._keep(found, killed, time.monotonic() - start)
        return found

    def close(self) -> None:
        for load in self._loads:
            load.end()
        self._visitors.kiosk.end()
        self._office.close()
        self._staff.close()
        self._station.close()

    def _kill(self, victims: set[str]) -> set[str]:
        town = self._station.town
        processes = {"sync": town.sync, "worker": town.worker, "broker": town.broker}
        for victim in sorted(victims):  # all of them die before the first is started again
            if victim == "kiosk":
                self._visitors.kiosk.kill()
            elif victim == "command":
                self._office.process.kill()
            else:
                processes[victim].kill()
        for victim in sorted(victims & processes.keys()):
            processes[victim].start()
        return victims

    def _keep(self, found: Found, killed: Counter[str], seconds: float) -> None:
        state = self.state
        state["kills"] = dict(Counter(state["kills"]) + killed)
        state["batches"] += 1
        state["seconds"] += seconds
        state |= asdict(found)
        beside = self._file.with_suffix(".new")
        beside.write_text(json.dumps(state, ensure_ascii=False))
        beside.replace(self._file)


def new_state(seed: int) -> dict[str, Any]:
    return {"seed": seed, "kills": {}, "batches": 0, "seconds": 0.0, "done": 0, "faults": []}


def main() -> int:
    root, seed, kills = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    world = World(root, seed)
    try:
        while not world.state["faults"] and (left := kills - sum(world.state["kills"].values())) > 0:
            world.batch(min(BATCH, left))
            print(json.dumps(world.state, ensure_ascii=False), flush=True)
    finally:
        world.close()
    return 1 if world.state["faults"] else 0


if __name__ == "__main__":
    sys.exit(main())
