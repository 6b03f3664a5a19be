"""Documents and pictures, pulled by content hash in chunks of 8 KB. Sans I/O; what no hash vouches for never stays.

A station subscribes to ``blob/<sha256>`` and publishes requests on its ``want`` topic; the chunks that the office
answers with are seen by every station that waits for the same blob. A request is msgpack ``[hash, [offset, …]]`` with
at most two offsets, a chunk ``[offset, total, data]``. What may hang on a wall goes this way and nothing else.
"""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import islice
from typing import Protocol

import msgspec

CHUNK = 8192
OUTSTANDING_MAX = 2
BLOB_BYTES_MAX = 4 * 1024 * 1024
ACTIVE_MAX = 8  # blobs that are listened to at once
AHEAD_MAX = 64  # chunks kept of one blob before what stands in front of them came
QUEUE_MAX = 4096
SHARED_SECONDS = 0.25
RETRY_SECONDS, RETRY_MAX_SECONDS = 2.0, 60.0


class Request(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """Please send these chunks of a blob."""

    hash: bytes
    offsets: tuple[int, ...]


class Chunk(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """Part of a blob of ``total`` bytes."""

    offset: int
    total: int
    data: bytes


class Parts(Protocol):
    """Where a blob grows; what lies there survives a restart."""

    def length(self, sha256: str) -> int:
        """How many bytes from the beginning are there; a multiple of 8 KB."""
        ...

    def extend(self, sha256: str, data: bytes) -> None:
        """Add bytes at the end."""
        ...

    def finish(self, sha256: str) -> bool:
        """Check the hash; if it is right the blob is there from now on, else everything of it is thrown away."""
        ...


@dataclass
class _Fetch:
    ahead: dict[int, bytes] = field(default_factory=dict)  # came before what stands in front of it
    asked: dict[int, float] = field(default_factory=dict)  # offset → when to ask again
    total: int | None = None
    tries: int = 0


class Fetcher:
    """A station's side. ``wrong`` counts what came and was not what it should be."""

    def __init__(self, parts: Parts, random: Callable[[], float]) -> None:
        self._parts = parts
        self._random = random
        self._wanted: dict[str, _Fetch] = {}
        self.wrong = 0

    @property
    def wanted(self) -> tuple[str, ...]:
        """The hashes to subscribe to: the first few of those that are missing, in the order in which they were wanted.

        All stations want in the same order, so that they share what is sent.
        """
        return tuple(islice(self._wanted, ACTIVE_MAX))

    @property
    def missing(self) -> int:
        """How many blobs are still to come."""
        return len(self._wanted)

    def want(self, sha256: str) -> None:
        """Fetch a blob."""
        self._wanted.setdefault(sha256, _Fetch())

    def forget(self, sha256: str) -> None:
        """A blob is not needed any more."""
        self._wanted.pop(sha256, None)

    def restart(self) -> None:
        """The line was lost: whatever was asked for will not come."""
        for fetch in self._wanted.values():
            fetch.asked.clear()

    def due(self, now: float) -> bytes | None:
        """Return the request to publish now, if any: the first blob that has something to ask for."""
        active = [(sha256, self._wanted[sha256]) for sha256 in self.wanted]
        waiting = sum(at > now for _, fetch in active for at in fetch.asked.values())
        for sha256, fetch in active:
            offsets = self._missing(sha256, fetch, now)[: OUTSTANDING_MAX - waiting]
            if not offsets:
                continue
            again = any(offset in fetch.asked for offset in offsets)
            fetch.tries = fetch.tries + 1 if again else fetch.tries
            pause = min(RETRY_SECONDS * 2 ** min(fetch.tries, 8), RETRY_MAX_SECONDS)
            fetch.asked |= dict.fromkeys(offsets, now + pause * (0.75 + 0.5 * self._random()))
            return msgspec.msgpack.encode(Request(bytes.fromhex(sha256), tuple(offsets)))
        return None

    def take(self, sha256: str, payload: bytes) -> bool:
        """Take a chunk, whoever asked for it; return whether its blob is whole now. Nothing is raised for bad ones."""
        fetch = self._wanted[sha256] if sha256 in self.wanted else None
        chunk = _chunk_of(payload)
        if fetch is None or chunk is None or fetch.total not in (None, chunk.total):
            self.wrong += fetch is not None
            return False
        fetch.total = chunk.total
        fetch.tries = 0
        fetch.asked.pop(chunk.offset, None)
        length = self._parts.length(sha256)
        if chunk.offset == length or (chunk.offset > length and len(fetch.ahead) < AHEAD_MAX):
            fetch.ahead[chunk.offset] = chunk.data
        while length in fetch.ahead:
            data = fetch.ahead.pop(length)
            self._parts.extend(sha256, data)
            length += len(data)
        if length < chunk.total:
            return False
        whole = self._parts.finish(sha256)
        if whole:
            del self._wanted[sha256]
        else:
            self.wrong += 1
            self._wanted[sha256] = _Fetch(tries=3)
        return whole

    def _missing(self, sha256: str, fetch: _Fetch, now: float) -> list[int]:
        start = self._parts.length(sha256)
        end = start + 1 if fetch.total is None else fetch.total
        missing = (offset for offset in range(start, end, CHUNK) if offset not in fetch.ahead)
        return [offset for offset in missing if fetch.asked.get(offset, 0.0) <= now][:OUTSTANDING_MAX]


class BlobServer:
    """The office's side. ``read(sha256)`` returns a blob, ``None`` if there is none."""

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
        request = _request_of(payload)
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
        while self._queue and len(chunks) < limit:
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


def sha256_of(data: bytes) -> str:
    """Return the name of a blob."""
    return hashlib.sha256(data).hexdigest()


def _chunk_of(payload: bytes) -> Chunk | None:
    try:
        chunk = msgspec.msgpack.decode(payload, type=Chunk)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    sound = 0 <= chunk.offset < chunk.total <= BLOB_BYTES_MAX and chunk.offset % CHUNK == 0
    return chunk if sound and len(chunk.data) == min(CHUNK, chunk.total - chunk.offset) else None


def _request_of(payload: bytes) -> Request | None:
    try:
        request = msgspec.msgpack.decode(payload, type=Request)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    sound = len(request.hash) == hashlib.sha256().digest_size and 1 <= len(request.offsets) <= OUTSTANDING_MAX
    places = all(0 <= offset < BLOB_BYTES_MAX and offset % CHUNK == 0 for offset in request.offsets)
    return request if sound and places else None
