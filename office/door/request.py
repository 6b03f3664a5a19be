"""One HTTP request off a line (RFC 9112): a POST with a length, or nothing. Bounded in bytes and in time."""

from __future__ import annotations

import re
import socket
from collections.abc import Callable
from dataclasses import dataclass

HEAD_BYTES_MAX = 4096
BODY_BYTES_MAX = 4096
_FIRST = re.compile(rb"POST (/[a-z]{1,20}) HTTP/1\.[01]")
_LENGTH = re.compile(rb"(?im)^content-length:[ \t]*([0-9]{1,6})[ \t]*\r?$")
_REASONS = {200: "OK", 400: "Bad Request", 403: "Forbidden", 404: "Not Found", 413: "Too Large", 429: "Too Many"}


@dataclass(frozen=True, slots=True)
class Posted:
    """What was posted where."""

    path: str
    body: bytes


def read_request(plug: socket.socket, clock: Callable[[], float], seconds: float) -> Posted | int:
    """Return what was posted, or the status to answer with. Raises ``OSError`` for a line that is slow or broken."""
    end = clock() + seconds
    data = b""
    while b"\r\n\r\n" not in data:
        if len(data) > HEAD_BYTES_MAX:
            return 413
        data += _some(plug, clock, end)
    head, _, body = data.partition(b"\r\n\r\n")
    lines, _, headers = head.partition(b"\r\n")
    first, lengths = _FIRST.fullmatch(lines), _LENGTH.findall(headers)
    if first is None or len(lengths) != 1 or re.search(rb"(?im)^transfer-encoding:", headers):
        return 400
    length = int(lengths[0])
    if length > BODY_BYTES_MAX or len(body) > length:
        return 413
    while len(body) < length:
        body += _some(plug, clock, end)
    return Posted(first[1].decode("ascii"), body[:length])


def response(status: int, body: bytes) -> bytes:
    """Return the bytes of an answer, after which the line is closed."""
    head = (
        f"HTTP/1.1 {status} {_REASONS[status]}\r\nContent-Type: application/octet-stream\r\n"
        f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    )
    return head.encode("ascii") + body


def _some(plug: socket.socket, clock: Callable[[], float], end: float) -> bytes:
    left = end - clock()
    if left <= 0:
        raise TimeoutError("the request takes too long")
    plug.settimeout(left)
    data = plug.recv(4096)
    if not data:
        raise ConnectionError("the line ended before the request did")
    return data
