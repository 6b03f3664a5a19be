"""The one form in which a log lies on a stick: second copy, carrying by hand, backup.

A folder ``yizhan-<station>-<epoch>/`` of one life of a station:

``up.yzs``, ``down.yzs``
    messages, each behind its length in four bytes, big-endian: frames of the log's own writer; in a station's copy the
    office's log stands as tails (``sync.tail``), as the station cannot sign for the office
``from-office.yzs``
    what the office wrote by hand to be carried to the station: frames of its log
``privates.msgpack``
    ``[[number, salt, data], …]``: the erasable parts, written anew whenever one was erased
``head``
    JSON: how far ``up.yzs`` and ``down.yzs`` go. Written last: what lies behind it is cut off
"""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import msgspec

from sync.frame import FRAME_BYTES_MAX, Private

UP_FILE, DOWN_FILE, PRIVATES_FILE, HEAD_FILE = "up.yzs", "down.yzs", "privates.msgpack", "head"
OFFICE_FILE = "from-office.yzs"
_LENGTH = 4


class StickError(OSError):
    """A folder on a stick that cannot be read or written."""


class StickHead(msgspec.Struct, frozen=True, kw_only=True):
    """How far the copy goes: numbers and hashes (hex) of both logs, and how long their files are up to there."""

    v: int = 1
    station: str
    epoch: int
    up: int = 0
    up_hash: str = ""
    up_bytes: int = 0
    down_epoch: int = 0
    down: int = 0
    down_hash: str = ""
    down_bytes: int = 0
    privates: int = 0
    privates_hash: str = ""  # SHA-256 of their file, hex


@dataclass(frozen=True, slots=True)
class Stick:
    """One life of one station on a stick."""

    root: Path
    station: str
    epoch: int

    @property
    def folder(self) -> Path:
        """Where it lies."""
        return self.root / f"yizhan-{self.station}-{self.epoch}"

    def head(self) -> StickHead | None:
        """Return how far the copy goes, ``None`` if there is none. Raises ``StickError``."""
        try:
            head = msgspec.json.decode((self.folder / HEAD_FILE).read_bytes(), type=StickHead)
        except FileNotFoundError:
            return None
        except (OSError, msgspec.DecodeError, UnicodeDecodeError) as error:
            raise StickError(f"{self.folder}: the copy cannot be read: {error}") from error
        if (head.v, head.station, head.epoch) != (1, self.station, self.epoch):
            raise StickError(f"{self.folder}: the copy is of another station, life or version")
        return head

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Let no other process write this copy meanwhile: two that add at one place tear it. Raises ``StickError``."""
        self.folder.mkdir(parents=True, exist_ok=True)
        folder = os.open(self.folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            try:
                fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise StickError(f"{self.folder}: another process is writing this copy; try again") from None
            yield
        finally:
            os.close(folder)

    def append(self, name: str, start: int, messages: list[bytes]) -> int:
        """Put messages behind byte ``start`` of a file, whatever a torn write left there; return where it ends now."""
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / name
        with path.open("r+b" if path.exists() else "wb") as file:
            file.seek(start)
            file.truncate()
            for message in messages:
                file.write(len(message).to_bytes(_LENGTH, "big") + message)
            file.flush()
            os.fsync(file.fileno())
            return file.tell()

    def finish(self, head: StickHead, privates: list[Private], former: StickHead | None) -> StickHead:
        """Write the erasable parts, if they changed, and then that all is there; return the new head.

        ``former``: the head that lies there. Neither file is touched if nothing changed.
        """
        data = msgspec.msgpack.encode(privates)
        head = msgspec.structs.replace(head, privates=len(privates), privates_hash=hashlib.sha256(data).hexdigest())
        if former is None or former.privates_hash != head.privates_hash:
            self._replace(PRIVATES_FILE, data)
        if former != head:
            self._replace(HEAD_FILE, msgspec.json.encode(head))
        return head

    def messages(self, name: str, end: int | None) -> Iterator[bytes]:
        """Yield the messages of a file up to byte ``end``, or all. Raises ``StickError`` for what is torn before it."""
        try:
            with (self.folder / name).open("rb") as file:
                end = os.fstat(file.fileno()).st_size if end is None else end
                while file.tell() < end:
                    length = int.from_bytes(file.read(_LENGTH), "big")
                    message = file.read(length) if 0 < length <= FRAME_BYTES_MAX else b""
                    if not message or len(message) != length:
                        raise StickError(f"{self.folder / name}: torn before its end")
                    yield message
        except FileNotFoundError:
            return

    def privates(self) -> dict[int, Private]:
        """Return the erasable parts by number. Raises ``StickError``."""
        try:
            data = (self.folder / PRIVATES_FILE).read_bytes()
            return {part.number: part for part in msgspec.msgpack.decode(data, type=list[Private])}
        except FileNotFoundError:
            return {}
        except (OSError, msgspec.DecodeError) as error:
            raise StickError(f"{self.folder}: the erasable parts cannot be read: {error}") from error

    def _replace(self, name: str, data: bytes) -> None:
        making = self.folder / f"{name}.new"
        with making.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        making.replace(self.folder / name)
        folder = os.open(self.folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def sticks_in(root: Path, station: str = "") -> list[Stick]:
    """Return the lives that lie in a folder, or the one that the folder itself is, oldest first."""
    found = []
    for path in [root, *sorted(root.iterdir())] if root.is_dir() else []:
        word, _, rest = path.name.partition("-")
        name, _, epoch = rest.partition("-")
        if word == "yizhan" and epoch.isdecimal() and len(name) == 14 and station in ("", name) and path.is_dir():
            found.append(Stick(path.parent, name, int(epoch)))
    return sorted(found, key=lambda stick: (stick.station, stick.epoch))
