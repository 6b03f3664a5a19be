"""One kiosk and one sync a folder: two kiosks would give each other's papers up as interrupted."""

from __future__ import annotations

import errno
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kiosk.faults import YizhanError


class AlreadyRunning(YizhanError):
    """Another process of the same kind runs on this folder."""

    code = "station.running"


@contextmanager
def only_one(folder: Path, name: str = "kiosk") -> Iterator[None]:
    """Hold the folder's lock of that name; the kernel lets go of it however the process ends.

    Raises ``AlreadyRunning``.
    """
    descriptor = _open(folder, name)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyRunning(f"{folder}: another {name} runs on this folder; end it first") from None
        yield
    finally:
        os.close(descriptor)


def _open(folder: Path, name: str) -> int:
    """A card that fails is read-only: its lock is held all the same, so that the screen can say what is wrong."""
    path = folder / f"{name}.lock"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        if error.errno != errno.EROFS:
            raise
        return os.open(path, os.O_RDONLY | os.O_CLOEXEC)


def is_running(folder: Path, name: str = "kiosk") -> bool:
    """Whether a process of that name runs on this folder now."""
    try:
        with only_one(folder, name):
            return False
    except AlreadyRunning:
        return True
