"""The processes beside the kiosk: started, killed, started again; what they say goes into a file each."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from kiosk.faults import YizhanError
from kiosk.system import System

PATIENCE_SECONDS = 30.0
LOOK_SECONDS = 0.02


class NotStarted(YizhanError):
    """A process of the demonstration did not come up."""

    code = "demo.not_started"


class Process:
    """One program. ``ready`` says whether it is up; without it, started is up."""

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        log: Path,
        system: System,
        *,
        ready: Callable[[], bool] | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self.name = name
        self._command = list(command)
        self._log = log
        self._system = system
        self._ready = ready
        self._environment = {**os.environ, **(environment or {})}
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        """Its number; 0 if it does not run."""
        return 0 if self._process is None else self._process.pid

    def start(self) -> None:
        """Start it and wait until it is up. Raises ``NotStarted``."""
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command, env=self._environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
        end = self._system.monotonic() + PATIENCE_SECONDS
        while self._ready is not None and not self._ready():
            if self._process.poll() is not None or self._system.monotonic() > end:
                self.kill()
                raise NotStarted(f"{self.name} did not start; what it said is in {self._log}")
            self._system.sleep(LOOK_SECONDS)

    def kill(self) -> None:
        """End it as a power cut would."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """Ask it to end."""
        self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            process.send_signal(how)
        try:
            process.wait(PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_for(condition: Callable[[], bool], what: str, system: System) -> None:
    """Wait for something that another program does. Raises ``NotStarted``."""
    end = system.monotonic() + PATIENCE_SECONDS
    while not condition():
        if system.monotonic() > end:
            raise NotStarted(f"waited in vain for {what}")
        system.sleep(LOOK_SECONDS)


def free_port() -> int:
    """Return a loopback port that nobody holds now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def first_free(port: int) -> int:
    """Return ``port``, or the next one that nobody holds."""
    while answers(port):
        port += 1
    return port


def answers(port: int) -> bool:
    """Whether somebody takes connections on a loopback port."""
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def mosquitto() -> str:
    """Return where the broker's program is; Debian puts it where a user's path may not look."""
    found = shutil.which("mosquitto") or "/usr/sbin/mosquitto"
    if not Path(found).is_file():
        raise NotStarted("mosquitto is not installed; scripts/bootstrap installs it")
    return found


def python(module: str, *arguments: str) -> list[str]:
    """Return the command of one of our own programs."""
    return [sys.executable, "-m", module, *arguments]
