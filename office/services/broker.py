"""What the broker knows of stations, kept in step with the books, and its being told to read it again."""

from __future__ import annotations

import logging
import os
import shlex
import signal
import subprocess
from pathlib import Path

from django.utils import timezone

from config.office import OfficeSettings
from config.reading import read
from office.books.models import Certificate
from office.durable import alone, replace
from office.home import Home, home
from office.rendering import stations_may
from office.services.authority import authority
from office.services.parts import Parts
from sync.certificate_reading import revoked_in
from sync.certificates import revocation_list
from sync.curve import CertificateError
from sync.fault_points import point

logger = logging.getLogger(__name__)
RELOAD_SECONDS = 30.0


def publish(parts: Parts) -> bool:
    """Write who may do what, and which certificates were taken back, from the books; return whether that was news.

    Called after every change and again by the worker, so that a process that was killed between the books and the
    files, or between the files and the broker's being told, is made good: that a reload is owed is written before the
    files are, and struck out when the broker was told. Whoever writes reads the books while holding the lock: an older
    state never comes last.
    """
    here = home()
    here.broker_files.mkdir(mode=0o700, exist_ok=True)
    with alone(here.broker_files / ".lock"):
        files = _files(parts, here)
        if files:
            replace(here.reload_owed, parts.system.random_bytes(16).hex().encode("ascii"))
        for path, data in files.items():
            replace(path, data)
            point("broker.file_written")
        owed = _owed(here)
    point("broker.owed")
    if owed and reload(here):
        point("broker.told")
        with alone(here.broker_files / ".lock"):
            if _owed(here) == owed:  # otherwise somebody wrote something newer meanwhile, and owes it himself
                here.reload_owed.unlink()
    return bool(files)


def reload(here: Home) -> bool:
    """Have the broker read its files again; return whether it will. One that does not run reads them as it starts."""
    command = shlex.split(read(here.settings, OfficeSettings).stations.reload)
    if command:
        return _run(command)
    try:
        pid = int(here.broker_pid.read_text(encoding="ascii"))
        name = Path(f"/proc/{pid}/comm").read_text(encoding="ascii").strip()
        if name != "mosquitto":  # a number is given to another process some day
            return True
        if not _hears_sighup(Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace")):
            return False  # it is starting: the signal would end it, and it may have read the files before they changed
        os.kill(pid, signal.SIGHUP)
    except (FileNotFoundError, ProcessLookupError, ValueError):
        return True
    except PermissionError:
        logger.exception("office.reload: the broker runs as another user: name a command in office.toml")
        return False
    return True


def _hears_sighup(status: str) -> bool:
    """Whether a process of that ``/proc/<pid>/status`` (proc(5)) catches SIGHUP; to one that does not it is the end."""
    for line in status.splitlines():
        name, _, value = line.partition(":")
        if name == "SigCgt":
            return bool(int(value, 16) >> (signal.SIGHUP - 1) & 1)
    return False


def _owed(here: Home) -> bytes:
    try:
        return here.reload_owed.read_bytes()
    except FileNotFoundError:
        return b""


def _run(command: list[str]) -> bool:
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=RELOAD_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        logger.error("office.reload: %s: %s", command[0], error)  # noqa: TRY400 - the sentence says all
        return False
    if done.returncode:
        logger.error("office.reload: %s ended with %s: %s", command[0], done.returncode, done.stderr[:200])
    return done.returncode == 0


def _files(parts: Parts, here: Home) -> dict[Path, bytes]:
    """Return what must be written: path → bytes. The list is signed anew only if it says something else."""
    valid = Certificate.objects.filter(revoked_at=None)
    lives = list(valid.values_list("station", "epoch").distinct().order_by("station", "epoch"))
    rows = Certificate.objects.exclude(revoked_at=None).order_by("pk").values_list("serial", "revoked_at")
    revoked = [(int(serial, 16), at or timezone.now()) for serial, at in rows]
    files = {}
    may = stations_may(lives).encode()
    if not here.stations_may.exists() or here.stations_may.read_bytes() != may:
        files[here.stations_may] = may
    if _listed(here) != {serial for serial, _ in revoked}:
        files[here.revoked] = revocation_list(authority(), revoked, parts.now())
    return files


def _listed(here: Home) -> set[int] | None:
    try:
        return revoked_in(here.revoked.read_bytes())
    except (FileNotFoundError, CertificateError):
        return None
