"""A printer's network socket on this machine: TCP, one connection at a time."""

from __future__ import annotations

import os
import select
import socket
import struct
import threading
from collections.abc import Callable
from contextlib import suppress

_DISCARD = struct.pack("ii", 1, 0)  # SO_LINGER: the peer gets a reset, as from a printer that was switched off


class TcpLine:
    """Listens at ``host:port``; whoever comes while one is connected waits. Implements ``End``."""

    def __init__(self, port: int = 0) -> None:
        self._listener = socket.create_server(("127.0.0.1", port))
        # A printer's window is small: what it does not read soon waits at the sender. Connections inherit it.
        self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        self.host, self.port = self._listener.getsockname()
        self.path = f"{self.host}:{self.port}"
        self._peer: socket.socket | None = None
        self._wake_read, self._wake_write = os.pipe()
        os.set_blocking(self._wake_write, False)
        self._lock = threading.Lock()
        self._closed = self._hanging_up = False

    def attach(self, port_status: Callable[[], int]) -> None:
        """See ``End``: a network has no port status."""

    def read(self, size: int) -> bytes:
        """See ``End``."""
        while True:
            source: socket.socket = self._peer or self._listener
            ready = _readable(source.fileno(), self._wake_read)
            if self._wake_read in ready:
                os.read(self._wake_read, 64)
                if self._hanging_up:
                    self._hanging_up = False
                    self._let_go()
                return b""
            if self._peer is None:
                self._peer = self._listener.accept()[0]
                self._peer.settimeout(0)
                self._peer.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            elif data := self._received(size):
                return data

    def write(self, data: bytes) -> None:
        """See ``End``."""
        peer = self._peer
        with suppress(OSError):
            if peer is not None:
                peer.send(data)

    def hang_up(self) -> None:
        """End the connection in good order, as a printer does that was left idle."""
        self._hanging_up = True
        self.wake()

    def wake(self) -> None:
        """See ``End``."""
        with self._lock, suppress(OSError):
            if not self._closed:
                os.write(self._wake_write, b".")

    def close(self) -> None:
        """See ``End``."""
        with self._lock:
            if self._closed:
                return
            self._closed = True
            if self._peer is not None:
                self._peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _DISCARD)
            self._let_go()
            self._listener.close()
            os.close(self._wake_read)
            os.close(self._wake_write)

    def _received(self, size: int) -> bytes:
        """What came; at the end of the connection nothing, and the next one may come."""
        try:
            data = self._peer.recv(size) if self._peer is not None else b""
        except BlockingIOError:
            return b""
        except ConnectionError:
            data = b""
        if not data:
            self._let_go()
        return data

    def _let_go(self) -> None:
        peer, self._peer = self._peer, None
        if peer is not None:
            peer.close()


def _readable(*descriptors: int) -> list[int]:
    return select.select(descriptors, [], [])[0]
