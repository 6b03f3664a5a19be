"""From ``kiosk run`` to the first frame (systemd's READY=1), and the memory of an idle kiosk."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

from benchmarks.results import Results
from tests.support.station import Station

SETTLE_SECONDS = 3.0


def measure(results: Results, root: Path, runs: int) -> None:
    """Start the real command several times; ``kiosk.start_s`` is the median's and the slowest's."""
    station = Station(root)
    seconds: list[float] = []
    memory = 0.0
    for run in range(runs):
        with started(root, root / f"notify-{run}") as (took, process):
            time.sleep(SETTLE_SECONDS)
            seconds.append(took)
            memory = max(memory, process.memory_info().rss / 1e6)
    station.close()
    results.spread("kiosk.start_s", seconds, "s")
    results.value("kiosk.rss_mb", memory, "MB")


def _listen_on(ear: socket.socket) -> None:
    """As systemd does: whoever tells an ear that takes nothing more waits."""
    with suppress(OSError):
        while True:
            ear.recv(100)


@contextmanager
def started(config: Path, address: Path) -> Iterator[tuple[float, psutil.Process]]:
    """Start the real command; hand out the seconds until its first frame was out, and the process."""
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
            threading.Thread(target=_listen_on, args=(ear,), daemon=True).start()
            yield took, psutil.Process(process.pid)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(20)
