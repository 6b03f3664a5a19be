"""From ``kiosk run`` to the first frame (systemd's READY=1); memory and processor time of an idle kiosk."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import psutil

from benchmarks.results import Results
from tests.support.station import Station

SETTLE_SECONDS = 3.0
IDLE_SECONDS = 10.0


def measure(results: Results, root: Path, runs: int) -> None:
    """Start the real command several times; ``kiosk.start_s`` is the median's and the slowest's."""
    station = Station(root)
    seconds: list[float] = []
    memory = percent = 0.0
    for run in range(runs):
        idle = IDLE_SECONDS if run + 1 == runs else 0.0
        took, used, percent = _start(root, root / f"notify-{run}", idle)
        seconds.append(took)
        memory = max(memory, used)
    station.close()
    results.spread("kiosk.start_s", seconds, "s")
    results.value("kiosk.rss_mb", memory, "MB")
    results.value("kiosk.idle_cpu_percent", percent, "% of a core")


def _start(config: Path, address: Path, idle_seconds: float) -> tuple[float, float, float]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ear:
        ear.bind(str(address))
        ear.settimeout(60)
        environment = {**os.environ, "NOTIFY_SOCKET": str(address), "SDL_VIDEODRIVER": "offscreen"}
        began = time.monotonic()
        process = subprocess.Popen(
            [sys.executable, "-m", "kiosk", "run", "--config", str(config), "--touch", "mouse", "--trust-clock"],
            env=environment,
            stderr=subprocess.DEVNULL,
        )
        try:
            while ear.recv(100) != b"READY=1":
                pass
            took = time.monotonic() - began
            time.sleep(SETTLE_SECONDS)
            kiosk = psutil.Process(process.pid)
            used = sum(kiosk.cpu_times()[:2])
            time.sleep(idle_seconds)
            percent = 100 * (sum(kiosk.cpu_times()[:2]) - used) / idle_seconds if idle_seconds else 0.0
            return took, kiosk.memory_info().rss / 1e6, percent
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(20)
