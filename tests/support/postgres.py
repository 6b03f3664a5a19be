"""A PostgreSQL of Debian's package, in a temporary folder on a free loopback port. It refuses to run as root."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

from kiosk.demo.processes import free_port

PATIENCE_SECONDS = 60.0


class Postgres:
    """Started at once; ``address`` is what ``YIZHAN_OFFICE_DATABASE`` wants."""

    def __init__(self) -> None:
        programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
        assert programs, "PostgreSQL is not installed; scripts/bootstrap installs it"
        self._bin = programs[-1]
        self._folder = Path(tempfile.mkdtemp(prefix="yizhan-pg-"))
        self._as = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
        if self._as:
            shutil.chown(self._folder, "postgres")
        data = self._folder / "data"
        self._run("initdb", "-D", str(data), "-U", "yizhan", "-A", "trust", "-E", "UTF8", "--no-sync")
        self.port = free_port()
        self._server = subprocess.Popen(
            [
                *self._as,
                str(self._bin / "postgres"),
                *("-D", str(data), "-p", str(self.port), "-k", str(self._folder)),
                *("-c", "listen_addresses=127.0.0.1", "-c", "fsync=off", "-c", "log_min_messages=fatal"),
            ],
            cwd=self._folder,
            stderr=subprocess.DEVNULL,
        )
        end = time.monotonic() + PATIENCE_SECONDS
        while self._quietly("pg_isready", "-h", "127.0.0.1", "-p", str(self.port)):
            assert time.monotonic() < end, "PostgreSQL did not start"
            time.sleep(0.05)

    def database(self, name: str) -> str:
        """Make an empty database; return its address."""
        self._run("createdb", "-h", "127.0.0.1", "-p", str(self.port), "-U", "yizhan", name)
        return f"postgresql://yizhan@127.0.0.1:{self.port}/{name}"

    def close(self) -> None:
        self._server.terminate()
        self._server.wait()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _run(self, program: str, *arguments: str) -> None:
        subprocess.run(
            [*self._as, str(self._bin / program), *arguments], check=True, cwd=self._folder, capture_output=True
        )

    def _quietly(self, program: str, *arguments: str) -> int:
        done = subprocess.run([str(self._bin / program), *arguments], check=False, capture_output=True)
        return done.returncode
