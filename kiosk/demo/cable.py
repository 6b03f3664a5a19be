"""The network cable of the demonstration: a TCP proxy that can be cut, and misbehaves as told."""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
from collections.abc import Iterator


class Cable:
    """Passes bytes to a loopback port. ``mode``: ``pass``, ``silence`` (a half-open line), ``split`` (byte by byte)."""

    def __init__(self, target: int) -> None:
        self.mode = "pass"
        self._target = target
        self._listener: socket.socket | None = None
        self._plugs: list[socket.socket] = []
        self.port = 0
        self.mend()

    @property
    def whole(self) -> bool:
        """Whether bytes pass."""
        return self._listener is not None

    def cut(self) -> None:
        """Tear every connection and take no new one."""
        listener, self._listener = self._listener, None
        if listener is not None:
            with contextlib.suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)  # wakes the thread that waits in accept
            listener.close()
        self.reset()

    def mend(self) -> None:
        """Take connections again, on the same port."""
        if self._listener is None:
            self._listener = socket.create_server(("127.0.0.1", self.port))
            self.port = int(self._listener.getsockname()[1])
            threading.Thread(target=self._accept, args=(self._listener,), daemon=True).start()

    def reset(self) -> None:
        """Tear every connection."""
        plugs, self._plugs = self._plugs, []
        for plug in plugs:
            with contextlib.suppress(OSError):
                plug.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                plug.shutdown(socket.SHUT_RDWR)
            with contextlib.suppress(OSError):
                plug.close()

    def close(self) -> None:
        """Throw the cable away."""
        self.cut()

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                near, _ = listener.accept()
            except OSError:
                return
            try:
                far = socket.create_connection(("127.0.0.1", self._target))
            except OSError:
                near.close()  # the broker is not there: whoever called tries again
                continue
            for plug in (near, far):
                plug.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._plugs += [near, far]
            for source, sink in ((near, far), (far, near)):
                threading.Thread(target=self._pump, args=(source, sink), daemon=True).start()

    def _pump(self, source: socket.socket, sink: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(4096):
                for part in self._parts(data):
                    sink.sendall(part)
            sink.shutdown(socket.SHUT_WR)

    def _parts(self, data: bytes) -> Iterator[bytes]:
        if self.mode == "split":
            yield from (data[at : at + 1] for at in range(len(data)))
        elif self.mode == "pass":
            yield data
