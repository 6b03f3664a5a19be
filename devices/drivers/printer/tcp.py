"""A printer on the network, raw on TCP port 9100. One connection, held as long as the printer lets us."""

from __future__ import annotations

import errno
import fcntl
import os
import socket
import struct
import termios
from contextlib import suppress

from devices.drivers.descriptor import DescriptorConnection
from devices.drivers.transport import ClosedByPeerError

PORT = 9100
_CONNECT_SECONDS = 3.0
_SECONDS_PER_BYTE = 1 / 4000
# A printer that lost its power says no goodbye: the kernel asks after 10 s of silence and gives up 15 s later.
_OPTIONS = (
    (socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1),
    (socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, 10),
    (socket.IPPROTO_TCP, socket.TCP_KEEPINTVL, 5),
    (socket.IPPROTO_TCP, socket.TCP_KEEPCNT, 3),
    (socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, 15_000),  # ms; the same for bytes that nobody acknowledges
    (socket.IPPROTO_TCP, socket.TCP_NODELAY, 1),
    (socket.SOL_SOCKET, socket.SO_SNDBUF, 8192),  # what was handed over and not sent is little
)
_DISCARD = struct.pack("ii", 1, 0)  # SO_LINGER: closing throws away what was not sent


class TcpTransport:
    """The printer at ``host`` (an address: no name server can hold us) and ``port``. Implements ``Transport``."""

    transit_seconds_per_byte = _SECONDS_PER_BYTE

    def __init__(self, *, host: str, port: int = PORT, connect_seconds: float = _CONNECT_SECONDS) -> None:
        self.name = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
        self._address = (host, port)
        self._connect_seconds = connect_seconds

    def connect(self) -> TcpConnection:
        """See ``Transport``."""
        line = socket.create_connection(self._address, self._connect_seconds)
        try:
            for level, option, value in _OPTIONS:
                line.setsockopt(level, option, value)
            line.settimeout(0)
        except OSError:
            line.close()
            raise
        return TcpConnection(line)

    def holder(self) -> str:
        """See ``Transport``. Who else prints over the network cannot be seen from here."""
        return "held by another computer"


class TcpConnection(DescriptorConnection):
    """An open connection. Implements ``Connection``."""

    piece_bytes = 1024

    def __init__(self, line: socket.socket) -> None:
        super().__init__(line.fileno())
        self._line = line

    def waiting(self) -> int:
        """See ``Connection``: bytes that the printer's end has not acknowledged."""
        answer = bytearray(4)
        fcntl.ioctl(self._descriptor, termios.TIOCOUTQ, answer)  # on a socket this is SIOCOUTQ
        self._fail_if_broken()
        return int.from_bytes(answer, "little")

    def drop(self) -> bool:
        """See ``Connection``."""
        with suppress(OSError):
            self._line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _DISCARD)
        return False

    def close(self) -> None:
        """See ``Connection``."""
        self._line.close()

    def _nothing(self) -> bytes:
        raise ClosedByPeerError(errno.ECONNRESET, "the printer hung up")

    def _fail_if_broken(self) -> None:
        if code := self._line.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR):
            raise OSError(code, os.strerror(code))
