"""Who holds a device: for the person who has to find the program that took it."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

# Programs that take serial ports which are not theirs, and what to do about each.
THIEVES = {
    "brltty": "for Braille displays: remove the package brltty",
    "ModemManager": 'for modems: remove it, or a udev rule with ENV{ID_MM_DEVICE_IGNORE}="1"',
}


@dataclass(frozen=True, slots=True)
class Holder:
    """One process."""

    pid: int
    program: str


def holders(path: str, proc: Path = Path("/proc")) -> list[Holder]:
    """The other processes that have ``path`` open, under whatever name. Without root only those of one's own user."""
    try:
        wanted = _identity(os.stat(path))  # noqa: PTH116 - for a path of any kind
    except OSError:
        return []
    found = {}
    for descriptor in _descriptors(proc):
        pid = int(descriptor.parent.parent.name)
        try:
            if pid not in found and _identity(descriptor.stat()) == wanted:
                found[pid] = Holder(pid, (descriptor.parent.parent / "comm").read_text("utf-8", "replace").strip())
        except OSError:
            continue  # it ended, or closed the file, meanwhile
    return [found[pid] for pid in sorted(found)]


def _descriptors(proc: Path) -> Iterator[Path]:
    for process in proc.iterdir():
        if process.name.isdigit() and int(process.name) != os.getpid():
            try:
                yield from (process / "fd").iterdir()
            except OSError:
                continue


def _identity(status: os.stat_result) -> tuple[int, ...]:
    """A device is its number, whatever file leads to it; anything else is its file."""
    if stat.S_ISCHR(status.st_mode):
        return (status.st_rdev,)
    return (status.st_dev, status.st_ino)
