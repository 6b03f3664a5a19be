"""A TCP proxy that misbehaves: silence (a half-open line), reset, bytes one at a time."""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
from collections.abc import Iterator


class Proxy:
    """Passes bytes to ``target`` until told otherwise. ``mode``: ``pass``, ``silence``, ``split``."""

    def __init__(self, target: int) -> None:
        self.mode = "pass"
        self._target = target
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        self._plugs: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def reset(self) -> None:
        """Tear every connection."""
        plugs, self._plugs = self._plugs, []
        for plug in plugs:
            with contextlib.suppress(OSError):
                plug.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                plug.shutdown(socket.SHUT_RDWR)
                plug.close()

    def close(self) -> None:
        self._listener.close()
        self.reset()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
                far = socket.create_connection(("127.0.0.1", self._target))
            except OSError:
                return
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
