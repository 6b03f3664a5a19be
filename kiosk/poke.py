"""A nudge between the station's two processes: there is something new in the journal. It may be lost."""

from __future__ import annotations

import socket
from contextlib import suppress
from pathlib import Path


class Poke:
    """Nudges whoever listens at ``path``; never waits, and says nothing when nobody is there."""

    def __init__(self, path: Path) -> None:
        self._path = str(path)
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC)
        self._socket.setblocking(False)  # noqa: FBT003 - the name of the method says what it switches

    def __call__(self) -> None:
        """Nudge."""
        with suppress(OSError):  # nobody there, or a queue that is full: then a nudge is on its way already
            self._socket.sendto(b"!", self._path)


def listen(path: Path) -> socket.socket:
    """Return a socket that stirs when somebody nudges. What an earlier process left at ``path`` is replaced."""
    path.unlink(missing_ok=True)
    plug = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC)
    plug.setblocking(False)  # noqa: FBT003 - the name of the method says what it switches
    plug.bind(str(path))
    return plug


def drain(plug: socket.socket) -> bool:
    """Take every nudge that came; return whether there was one."""
    came = False
    with suppress(BlockingIOError):
        while plug.recv(16):
            came = True
    return came
