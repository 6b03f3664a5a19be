"""A disk at a power cut: what was synchronised stands, and of the rest anything may be there, in any order, or torn.

Names are as strict as POSIX has them: a name that was made, moved or dropped stands when its folder was synchronised,
not before. Stricter than ext4, and so than what a Raspberry Pi has.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from pathlib import Path

from tests.power.trace import Op

SECTOR = 512


@dataclass
class File:
    """Bytes that stand, and what was done since."""

    stands: bytearray = field(default_factory=bytearray)
    pending: list[Op] = field(default_factory=list)


class Disk:
    """Begins as a folder is; ``do`` operations, then ``image`` what a cut at this instant may leave."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._stand: dict[str, File] = {
            str(path): File(bytearray(path.read_bytes())) for path in root.rglob("*") if path.is_file()
        }
        self._names = dict(self._stand)  # as the process sees them
        self._moved: list[tuple[str, dict[str, File | None]]] = []  # folder → names that stand once it is synchronised

    def do(self, op: Op) -> None:
        """Let the process have done this."""
        if not op.path.startswith(str(self._root)):
            return
        if op.kind == "sync":
            self._sync(op.path)
        elif op.kind == "make":
            self._make(op)
        elif op.kind in ("write", "cut"):
            self._names[op.path].pending.append(op)
        elif op.kind == "drop":
            self._rename(op.path, {op.path: None})
        elif op.kind == "name":
            self._rename(op.path, {op.to: self._names[op.path]})
        else:
            self._rename(op.path, {op.to: self._names[op.path], op.path: None})

    def image(self, how: random.Random | bool) -> dict[str, bytes]:
        """Return path → bytes; ``how``: all that is pending (true), none of it (false), or as the dice have it."""
        names = dict(self._stand)
        for _, changes in self._moved:
            if how if isinstance(how, bool) else how.random() < 0.5:
                _apply(names, changes)
        return {path: _content(file, how) for path, file in names.items()}

    def _make(self, op: Op) -> None:
        if op.path not in self._names:
            self._rename(op.path, {op.path: File()})
        elif op.at:
            self._names[op.path].pending.append(Op("cut", op.path, at=0))

    def _rename(self, path: str, changes: dict[str, File | None]) -> None:
        _apply(self._names, changes)
        self._moved.append((str(Path(path).parent), changes))

    def _sync(self, path: str) -> None:
        file = self._names.get(path)
        if file is not None:
            for op in file.pending:
                _do(file.stands, op)
            file.pending = []
            return
        for folder, changes in self._moved:
            if folder == path:
                _apply(self._stand, changes)
        self._moved = [(folder, changes) for folder, changes in self._moved if folder != path]


def _apply(names: dict[str, File], changes: dict[str, File | None]) -> None:
    for path, file in changes.items():
        if file is None:
            names.pop(path, None)
        else:
            names[path] = file


def _content(file: File, how: random.Random | bool) -> bytes:
    data = bytearray(file.stands)
    for op in file.pending:
        if isinstance(how, bool):
            if how:
                _do(data, op)
        elif op.kind == "cut":
            if how.random() < 0.5:
                _do(data, op)
        else:
            for start in range(0, len(op.data), SECTOR):
                if how.random() < 0.5:
                    _do(data, Op("write", op.path, op.data[start : start + SECTOR], op.at + start))
    return bytes(data)


def _do(data: bytearray, op: Op) -> None:
    if op.kind == "cut":
        data[op.at :] = bytes(max(0, op.at - len(data)))
    else:
        data.extend(bytes(max(0, op.at - len(data))))
        data[op.at : op.at + len(op.data)] = op.data
