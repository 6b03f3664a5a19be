"""Hundreds of stations on one broker and one worker: acknowledgements in calm, and a broker that starts again.

A station here is the production ``sync.Log`` and ``sync.Link`` with a certificate of its own over TLS, on a store in
memory; broker, worker and books are real. They live in threads of one process, so a figure holds the load of all their
handshakes and signatures too, on the same machine as broker and worker.
"""

from __future__ import annotations

import time
from pathlib import Path

import psutil

from benchmarks.light import Crowd
from benchmarks.office import found
from benchmarks.results import Results
from kiosk.demo.processes import Process, answers, free_port, mosquitto, python
from kiosk.system import Machine

CALM_SECONDS = 20.0
OUTAGES_SECONDS = (10.0, 60.0)  # after the longer one most stations wait as long as they ever do between attempts
MANY = 100  # fewer are a test, and spared the longer one
PATIENCE_SECONDS = 120.0


def measure(results: Results, root: Path, stations: int) -> None:
    """Let ``stations`` stations sell, kill the broker, start it again, and see all of it in the books."""
    port = free_port()
    found(root / "office", free_port(), port)
    machine = Machine(trust_clock=True)
    command = [mosquitto(), "-c", str(root / "office" / "mosquitto.conf")]
    broker = Process("broker", command, root / "broker.log", machine, ready=lambda: answers(port))
    worker = Process("worker", python("office", "worker"), root / "worker.log", machine)
    crowd = Crowd(root, port, stations)
    try:
        broker.start()
        worker.start()
        began = time.monotonic()
        crowd.start()
        crowd.wait_in_step(PATIENCE_SECONDS)
        results.value(f"storm.{stations}_stations_first_in_step_s", time.monotonic() - began, "s")
        crowd.sell_calmly(CALM_SECONDS)
        results.spread(f"storm.{stations}_stations_calm_acknowledged_s", crowd.latencies, "s")
        for name, process in (("broker", broker), ("worker", worker)):
            size = psutil.Process(process.pid).memory_info().rss / 2**20
            results.value(f"storm.{stations}_stations_{name}_mb", size, "MB")
        for down in OUTAGES_SECONDS[: 2 if stations >= MANY else 1]:
            _restart(results, broker, crowd, down)
        size = psutil.Process(worker.pid).memory_info().rss / 2**20
        results.value(f"storm.{stations}_stations_worker_after_mb", size, "MB")
    finally:
        crowd.close()
        worker.stop()
        broker.stop()
    if not crowd.books_are_the_journals():
        raise RuntimeError("the books are not what the stations wrote")


def _restart(results: Results, broker: Process, crowd: Crowd, down: float) -> None:
    """Kill the broker, have every station sell, start it again after ``down`` seconds."""
    broker.kill()
    crowd.sell_all()
    time.sleep(down)
    crowd.attempts.clear()
    broker.start()
    began = time.monotonic()
    crowd.wait_in_step(PATIENCE_SECONDS)
    name = f"storm.{len(crowd.stations)}_stations_after_{down:.0f}_s"
    results.value(f"{name}_in_step_s", time.monotonic() - began, "s")
    results.value(f"{name}_dialling_at_the_peak", crowd.peak(), "attempts/s")
