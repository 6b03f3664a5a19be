"""Where the broker is, what it says for us when we are gone, and waiting for a line. Knows nothing of MQTT's bytes."""

from __future__ import annotations

import select
import socket
import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sync.tls import Credentials


@dataclass(frozen=True, slots=True)
class Address:
    """Where the broker is and as whom to speak. ``mqtt`` is ``"5"`` or ``"3.1.1"``; without ``tls``: loopback alone."""

    host: str
    port: int
    client_id: str
    mqtt: str = "5"
    username: str = ""
    password: str = ""
    keepalive: int = 20
    tls: Credentials | None = None


@dataclass(frozen=True, slots=True)
class Will:
    """What the broker says for us when we are gone without a word; retained."""

    topic: str
    payload: bytes


@dataclass
class Counts:
    """What was dropped, and how often the line was lost."""

    oversize: int = 0
    overflow: int = 0
    faults: int = 0
    lost: int = 0


def wait(plug: Any, watch: Sequence[socket.socket], timeout: float, *, writing: bool = False) -> tuple[bool, bool]:
    """Wait for the line or for one of ``watch``; return whether the line can be read and written.

    What TLS has deciphered already stirs no socket, so it is looked for first.
    """
    ready = isinstance(plug, ssl.SSLSocket) and plug.pending() > 0
    poll = select.poll()
    for other in watch:
        poll.register(other, select.POLLIN)
    if plug is not None:
        poll.register(plug, select.POLLIN | (select.POLLOUT if writing else 0))
    number = -1 if plug is None else plug.fileno()
    events = dict(poll.poll(0 if ready else max(0, int(timeout * 1000))))
    found = events.get(number, 0)
    return ready or bool(found & (select.POLLIN | select.POLLHUP | select.POLLERR)), bool(found & select.POLLOUT)
