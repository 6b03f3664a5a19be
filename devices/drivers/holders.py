"""Who else has a device open: asked of ``/proc``, so that a person can be told which program to stop.

Linux shows the open files of other people's processes to root alone, so an empty answer means "not to be found out".
"""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_PROC = Path("/proc")


@dataclass(frozen=True, slots=True)
class Holder:
    """A process that has the device open."""

    pid: int
    name: str

    def __str__(self) -> str:
        return f"{self.name} (process {self.pid})"


def holders(path: str | os.PathLike[str], proc: Path = _PROC) -> tuple[Holder, ...]:
    """The other processes that have ``path`` open, by process number. Never raises.

    A device is told by its number, so that a link under ``/dev/serial/by-id`` and the node it leads to are the same.
    """
    try:
        wanted = _identity(Path(path))
        folders = sorted((folder for folder in proc.iterdir() if folder.name.isdigit()), key=lambda f: int(f.name))
    except OSError:
        return ()
    others = [folder for folder in folders if int(folder.name) != os.getpid()]
    return tuple(Holder(int(folder.name), _name(folder)) for folder in others if _has_open(folder, wanted))


def sentence(found: tuple[Holder, ...]) -> str:
    """For a log: ``held by cupsd (process 812)``."""
    return "held by " + (", ".join(map(str, found)) if found else "a program that this user cannot see")


def _has_open(folder: Path, wanted: tuple[int, int, int]) -> bool:
    with suppress(OSError):  # the process ended meanwhile, or is somebody else's
        for link in (folder / "fd").iterdir():
            with suppress(OSError):
                if _identity(link) == wanted:
                    return True
    return False


def _identity(path: Path) -> tuple[int, int, int]:
    """The number of the device behind a node; device and inode of a plain file."""
    status = path.stat()
    return (status.st_rdev, 0, 0) if status.st_rdev else (0, status.st_dev, status.st_ino)


def _name(folder: Path) -> str:
    with suppress(OSError):
        return (folder / "comm").read_text("utf-8", errors="replace").strip() or "?"
    return "?"
