"""The kernel's side of event nodes that are really pipes: one grab a node, errors at will, errno 19 once unplugged."""

from __future__ import annotations

import errno
import os
import threading
from pathlib import Path

_GRAB = 0x40044590


class SimulatedKernel:
    """Gives a driver ``open``, ``ioctl`` and ``read``. Thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._holders: dict[int, int] = {}  # inode of a node → descriptor that grabbed it
        self._gone: set[int] = set()
        self._refusals = 0
        self.ends_with_nothing = False
        """Whether an unplugged node reads as ended, as a pipe does, in place of errno 19."""

    def refuse(self, times: int) -> None:
        """So many attempts to open find a node that is not ours to open."""
        with self._lock:
            self._refusals = times

    def open(self, path: Path, flags: int) -> int:
        """Like ``os.open``."""
        with self._lock:
            if self._refusals:
                self._refusals -= 1
                raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return os.open(path, flags)

    def ioctl(self, descriptor: int, request: int, argument: int | bytes) -> int:
        """Grab and let go; anything else is granted. Raises ``OSError`` 16 while another descriptor holds the node."""
        if request == _GRAB:
            node = os.fstat(descriptor).st_ino
            with self._lock:
                holder = self._holders.get(node)
                if argument and holder not in (None, descriptor) and _is_open(holder, node):
                    raise OSError(errno.EBUSY, "Device or resource busy")
                if argument:
                    self._holders[node] = descriptor
                elif holder == descriptor:
                    del self._holders[node]
        return 0

    def read(self, descriptor: int, size: int) -> bytes:
        """Like ``os.read``; a node that was unplugged gives nothing that was still waiting."""
        if os.fstat(descriptor).st_ino in self._gone and not self.ends_with_nothing:
            raise OSError(errno.ENODEV, "No such device")
        return os.read(descriptor, size)

    def grabbed(self, node: int) -> bool:
        """Whether anybody holds the node of that inode; what is typed otherwise goes elsewhere."""
        with self._lock:
            return _is_open(self._holders.get(node), node)

    def plugged(self, node: int) -> None:
        """A new node has that inode, which an older one may have had before it."""
        with self._lock:
            self._gone.discard(node)
            self._holders.pop(node, None)

    def unplugged(self, node: int) -> None:
        """The node of that inode is dead."""
        with self._lock:
            self._gone.add(node)


def _is_open(descriptor: int | None, node: int) -> bool:
    try:
        return descriptor is not None and os.fstat(descriptor).st_ino == node
    except OSError:
        return False
