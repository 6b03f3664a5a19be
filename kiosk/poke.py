"""A nudge between the station's two processes: there is something new in the journal. It may be lost."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


class Poke:
    """Nudges whoever listens at ``path``; never waits, and says nothing when nobody is there."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC)
        self._socket.setblocking(False)  # noqa: FBT003 - the name of the method says what it switches

    def __call__(self) -> None:
        """Nudge."""
        # Nobody there, or a queue that is full: then a nudge is on its way already.
        with suppress(OSError), _short(self._path) as address:
            self._socket.sendto(b"!", address)


def listen(path: Path) -> socket.socket:
    """Return a socket that stirs when somebody nudges. What an earlier process left at ``path`` is replaced."""
    path.unlink(missing_ok=True)
    plug = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC)
    plug.setblocking(False)  # noqa: FBT003 - the name of the method says what it switches
    with _short(path) as address:
        plug.bind(address)
    return plug


def drain(plug: socket.socket) -> bool:
    """Take every nudge that came; return whether there was one."""
    came = False
    with suppress(BlockingIOError):
        while plug.recv(16):
            came = True
    return came


@contextmanager
def _short(path: Path) -> Iterator[str]:
    """A socket's address has 107 bytes (unix(7)), a folder's path may have 4,095: it is named by its open folder."""
    folder = os.open(path.parent, os.O_PATH | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        yield f"/proc/self/fd/{folder}/{path.name}"
    finally:
        os.close(folder)
