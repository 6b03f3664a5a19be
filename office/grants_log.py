"""What was granted, once more on a second disk: a line is there before the books say so and before anybody hears it.

A file of JSON lines: ``{"id", "station", "epoch", "right", "total", "at"}`` as a grant is written down, and
``{"done": id}`` when the books hold it. A line that was never done was rolled back, and counts for nothing.
``{"life", "station"}`` says that the number of a life was given out. Lines are only ever added; a torn one, after a
power cut, is passed over.
"""

from __future__ import annotations

import json
import logging
import os
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from office.durable import alone
from office.faults import GrantsLogFault
from sync.fault_points import point

logger = logging.getLogger(__name__)

READ_BYTES = 2**20

Key = tuple[str, int, str]
"""Station, life, right."""


@dataclass(frozen=True, slots=True)
class Line:
    """A grant: the running total of one right at one life. ``at``: milliseconds since 1970 UTC."""

    id: str
    station: str
    epoch: int
    right: str
    total: int
    at: int

    @property
    def key(self) -> Key:
        """Whose total it is."""
        return self.station, self.epoch, self.right


@dataclass
class GrantsLog:
    """One file, which ``office init`` makes. ``compared``: whether this process has held it against the books.

    Several processes write it; the threads of one share this object.
    """

    path: Path
    compared: bool = False
    said: str = ""  # the fault that was logged last
    totals: dict[Key, int] = field(default_factory=dict)
    undone: dict[str, Line] = field(default_factory=dict)
    lives: dict[str, int] = field(default_factory=dict)  # the newest by station
    _read_to: int = 0
    _lock: Lock = field(default_factory=Lock)

    def write(self, line: Line) -> None:
        """Add a grant, durably. Raises ``GrantsLogFault``: then nothing may be granted."""
        if not self.compared:
            raise GrantsLogFault(f"{self.path}: not held against the books yet; nothing is granted")
        self._add({name: getattr(line, name) for name in Line.__slots__})
        point("grants_log.written")

    def life(self, station: str, epoch: int) -> None:
        """Note that the number of a life is given out, durably. Raises ``GrantsLogFault``."""
        self._add({"life": epoch, "station": station})

    def done(self, line: str) -> None:
        """The books hold it. What cannot be said now is said by ``services.granted.confirm``."""
        try:
            self._add({"done": line})
        except GrantsLogFault as fault:
            logger.warning("office.grants_log: %s", fault)

    def follow(self) -> None:
        """Read what was added since the last time. Raises ``GrantsLogFault``."""
        with self._lock:
            try:
                with self.path.open("rb") as file:
                    if os.fstat(file.fileno()).st_size < self._read_to:  # another file, shorter: from the beginning
                        self._read_to, self.totals, self.undone, self.lives = 0, {}, {}, {}
                    file.seek(self._read_to)
                    while whole := file.readlines(READ_BYTES):  # years of grants are not held in memory at once
                        if not whole[-1].endswith(b"\n"):
                            del whole[-1]  # it is being written
                        self._read_to += sum(map(len, whole))
                        for line in whole:
                            self._take(line)
            except OSError as error:
                raise GrantsLogFault(f"{self.path}: {error.strerror}; is the second disk there?") from error

    def _take(self, data: bytes) -> None:
        try:
            said = json.loads(data)
            if "done" in said:
                line = self.undone.pop(said["done"], None)
                if line is not None:
                    self.totals[line.key] = max(line.total, self.totals.get(line.key, 0))
                return
            if "life" in said:
                self.lives[said["station"]] = max(int(said["life"]), self.lives.get(said["station"], 0))
                return
            line = Line(**{**said, "epoch": int(said["epoch"]), "total": int(said["total"])})
            self.undone[line.id] = line
        except (ValueError, TypeError, KeyError):
            if data.strip():
                logger.warning("office.grants_log: %s: a line that is none is passed over", self.path)

    def _add(self, said: dict[str, object]) -> None:
        data = json.dumps(said, separators=(",", ":")).encode() + b"\n"
        try:
            # Never made here: where the second disk is not mounted, its folder lies on the first.
            descriptor = os.open(self.path, os.O_RDWR | os.O_APPEND | os.O_CLOEXEC)
            with os.fdopen(descriptor, "r+b", buffering=0) as file:
                os.lockf(file.fileno(), os.F_LOCK, 0)
                size = file.seek(0, os.SEEK_END)
                if size and os.pread(file.fileno(), 1, size - 1) != b"\n":
                    data = b"\n" + data  # a torn line stays alone
                written = file.write(data)
                os.fsync(file.fileno())
        except OSError as error:
            raise GrantsLogFault(
                f"{self.path}: {error.strerror}; nothing is granted until it can be written"
            ) from error
        if written != len(data):
            raise GrantsLogFault(f"{self.path}: the disk is full; nothing is granted until it can be written")


_logs: dict[Path, GrantsLog] = {}


def grants_log_at(path: str) -> GrantsLog | None:
    """Return the one object of this process for a file, ``None`` for no file."""
    return _logs.setdefault(Path(path), GrantsLog(Path(path))) if path else None


def make_grants_log(path: Path) -> bool:
    """Make the file if it is not there; return whether it was made. Raises ``GrantsLogFault``."""
    try:
        made = not path.exists()
        with alone(path):
            pass
        folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    except OSError as error:
        raise GrantsLogFault(f"{path}: {error.strerror}; is the second disk there?") from error
    return made
