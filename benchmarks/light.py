"""A crowd of light stations: the production log and link of each, with its own certificate, on a store in memory."""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.light_station import LightStation
from domain.ids import ResidentId

THREADS = 6
TURN_SECONDS = 0.002
CALM_PAUSE_SECONDS = 10.0  # between two sales of one station: forty times a busy day


class Crowd:
    """Enrols ``count`` stations at the office of this process; ``start`` sets them going."""

    def __init__(self, root: Path, port: int, count: int, seed: int = 1) -> None:
        self.attempts: Counter[int] = Counter()  # by second
        self.latencies: list[float] = []
        self._ending = threading.Event()
        self._dice = random.Random(seed)
        self._lock = threading.Lock()
        self.stations = [_enrolled(root, number, port, self._dialled) for number in range(1, count + 1)]
        for station in self.stations:
            _give_points(station)
        self._threads = [
            threading.Thread(target=self._run, args=(self.stations[at::THREADS],), daemon=True) for at in range(THREADS)
        ]

    def start(self) -> None:
        """Let them dial and speak."""
        for thread in self._threads:
            thread.start()

    def close(self) -> None:
        """Let all of them hang up."""
        self._ending.set()
        for thread in self._threads:
            if thread.is_alive():
                thread.join()

    def sell_all(self) -> None:
        """Every station sells once."""
        for station in self.stations:
            station.sell()

    def sell_calmly(self, seconds: float) -> None:
        """Each sells now and then; ``latencies`` gets how long each acknowledgement took."""
        self.latencies = []
        end = time.monotonic() + seconds
        order = list(self.stations)
        while time.monotonic() < end:
            self._dice.shuffle(order)
            for station in order:
                station.sell()
                time.sleep(CALM_PAUSE_SECONDS / len(order))
        self.wait_in_step(60.0)
        self.latencies = [one for station in self.stations for one in station.take_latencies()]

    def wait_in_step(self, seconds: float) -> None:
        """Wait until every station's log is acknowledged whole. Raises ``TimeoutError``."""
        end = time.monotonic() + seconds
        while not all(station.in_step for station in self.stations):
            if time.monotonic() > end:
                late = sum(not station.in_step for station in self.stations)
                raise TimeoutError(f"{late} of {len(self.stations)} stations are not in step after {seconds} s")
            time.sleep(0.02)

    def peak(self) -> int:
        """Return the most attempts to connect within one second."""
        return max(self.attempts.values(), default=0)

    def books_are_the_journals(self) -> bool:
        """Compare entry by entry, from outside both: nothing lost, nothing twice, nothing parked."""
        from office.books.models import Alarm, UpEntry, Voucher

        for station in self.stations:
            rows = UpEntry.objects.filter(station=station.name).order_by("number").values_list("data", "parked")
            if [(bytes(data), parked) for data, parked in rows] != [(data, "") for data in station.store.own_data]:
                return False
        sold = sum(station.sold for station in self.stations)
        return Voucher.objects.count() == sold and not Alarm.objects.exists()

    def _dialled(self) -> None:
        with self._lock:
            self.attempts[int(time.monotonic())] += 1

    def _run(self, stations: list[LightStation]) -> None:
        while not self._ending.is_set():
            for station in stations:
                station.turn()
            time.sleep(TURN_SECONDS)
        for station in stations:
            station.link.close()


def _enrolled(root: Path, number: int, port: int, dialled: Callable[[], None]) -> LightStation:
    from config.link import Broker
    from office.services.enrol import enrol
    from office.services.machine import machine_parts

    parts: Any = machine_parts("bench")
    name, folder = f"500199{number:06d}01", root / f"s{number}"
    enrol(parts, name, f"站{number}", Broker(host="127.0.0.1", port=port, mqtt="5", tls=True), folder)
    return LightStation(name, folder, port, parts.signer.public, dialled, number.to_bytes(4, "big"))


def _give_points(station: LightStation) -> None:
    from office.books.models import Resident
    from office.services.grants import give_points
    from office.services.machine import machine_parts

    parts = machine_parts("bench")
    row = Resident.objects.create(id=parts.new_id(), name="居民", home_id=station.name)
    give_points(parts, row.pk, 100_000, "试验")
    station.resident = ResidentId(row.pk)
