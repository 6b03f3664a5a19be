"""The office's side of blobs: answers requests, each chunk once for all who wait. Sans I/O."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

import msgspec

from sync.blob_messages import CHUNK, Chunk, request_of

QUEUE_MAX = 4096
SHARED_SECONDS = 0.25


class BlobServer:
    """``read(sha256)`` returns a blob, ``None`` if there is none."""

    def __init__(self, read: Callable[[str], bytes | None]) -> None:
        self._read = read
        self._queue: deque[tuple[str, int]] = deque()
        self._later: list[tuple[float, tuple[str, int]]] = []
        self._waiting: set[tuple[str, int]] = set()  # in the queue, or later
        self._sent: dict[tuple[str, int], float] = {}
        self.wrong = 0

    def ask(self, payload: bytes, now: float) -> None:
        """Take a request. A chunk that just went out, or is about to, is not sent for each who asks.

        Whoever subscribed a moment too late gets it a moment later, with everybody else who was late.
        """
        request = request_of(payload)
        if request is None or len(self._waiting) >= QUEUE_MAX:
            self.wrong += 1
            return
        for offset in request.offsets:
            key = request.hash.hex(), offset
            if key in self._waiting:
                continue
            self._waiting.add(key)
            sent = self._sent.get(key)
            if sent is None or sent + SHARED_SECONDS <= now:
                self._queue.append(key)
            else:
                self._later.append((sent + SHARED_SECONDS, key))

    def due(self, now: float, limit: int) -> list[tuple[str, bytes]]:
        """Return up to ``limit`` chunks to publish, with their hashes."""
        self._sent = {key: at for key, at in self._sent.items() if at + SHARED_SECONDS > now}
        self._queue.extend(key for at, key in self._later if at <= now)
        self._later = [(at, key) for at, key in self._later if at > now]
        chunks: list[tuple[str, bytes]] = []
        for _ in range(min(limit, len(self._queue))):  # looking for what is not there costs as much as sending
            sha256, offset = self._queue.popleft()
            self._waiting.discard((sha256, offset))
            blob = self._read(sha256)
            if blob is None or offset >= len(blob):
                self.wrong += 1
                continue
            self._sent[sha256, offset] = now
            chunk = Chunk(offset, len(blob), blob[offset : offset + CHUNK])
            chunks.append((sha256, msgspec.msgpack.encode(chunk)))
        return chunks
