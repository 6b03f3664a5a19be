"""A station's side of blobs: pulls them by content hash; what no hash vouches for never stays. Sans I/O.

What is asked for stands in the same queue as the office's frames, at the broker and on the line. So on a slow line one
chunk at a time is asked for, of one blob, and none is asked for again before it can have come: an acknowledgement waits
behind 8 KB at most, and not behind a catalogue's pictures.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import islice
from typing import Protocol

import msgspec

from sync.blob_messages import CHUNK, OUTSTANDING_MAX, Chunk, Request, chunk_of
from sync.blob_pace import BlobPace

ACTIVE_MAX = 8  # blobs that are listened to at once; what others ask for of them comes here too
AHEAD_MAX = 64  # chunks kept of one blob before what stands in front of them came
WRONG_MAX = 3
TRIES_AT_THE_FRONT, TRIES_MAX = 3, 8
RETRY_MAX_SECONDS = 60.0


class Parts(Protocol):
    """Where a blob grows; what lies there survives a restart."""

    def length(self, sha256: str) -> int:
        """How many bytes from the beginning are there; a multiple of 8 KB."""
        ...

    def extend(self, sha256: str, data: bytes) -> None:
        """Add bytes at the end."""
        ...

    def drop(self, sha256: str) -> None:
        """Throw away what is there."""
        ...

    def finish(self, sha256: str) -> bool:
        """Check the hash; if it is right the blob is there from now on, else everything of it is thrown away."""
        ...


@dataclass(frozen=True, slots=True)
class _Asked:
    at: float  # for the first time
    last: float
    again_at: float


@dataclass
class _Fetch:
    size: int | None = None  # known beforehand, from what named the blob
    total: int | None = None
    ahead: dict[int, bytes] = field(default_factory=dict)  # came before what stands in front of it
    asked: dict[int, _Asked] = field(default_factory=dict)
    tries: int = 0
    wrong: int = 0


class Fetcher:
    """A station's side. ``wrong`` counts what came and was not what it should be."""

    def __init__(self, parts: Parts, random: Callable[[], float]) -> None:
        self._parts = parts
        self._random = random
        self._wanted: dict[str, _Fetch] = {}
        self._pace = BlobPace()
        self.wrong = 0

    @property
    def wanted(self) -> tuple[str, ...]:
        """The hashes to subscribe to: the first few of those that are missing, in the order in which they were wanted.

        All stations want in the same order, so that they share what is sent; what never comes goes to the end. On a
        slow line it is one alone: what faster stations ask for of the others would come here too.
        """
        return tuple(islice(self._wanted, 1 if self._pace.slow else ACTIVE_MAX))

    @property
    def slow(self) -> bool:
        """Whether the line is known to be slow: then what it carries must be chosen."""
        return self._pace.slow

    @property
    def missing(self) -> int:
        """How many blobs are still to come."""
        return len(self._wanted)

    def want(self, sha256: str, size: int | None = None) -> None:
        """Fetch a blob. One whose size is known, a document, goes before all others: prices before pictures."""
        if sha256 in self._wanted:
            return
        if size is None:
            self._wanted[sha256] = _Fetch()
        else:
            self._wanted = {sha256: _Fetch(size, size)} | self._wanted

    def forget(self, sha256: str) -> None:
        """A blob is not needed any more."""
        self._wanted.pop(sha256, None)

    def restart(self) -> None:
        """The line was lost: whatever was asked for will not come."""
        for fetch in self._wanted.values():
            fetch.asked.clear()
        self._pace.restart()

    def due(self, now: float) -> bytes | None:
        """Return the request to publish now, if any: the first blob that has something to ask for."""
        active = [(sha256, self._wanted[sha256]) for sha256 in self.wanted]
        room = self._pace.room(now, (asked.last for fetch in self._wanted.values() for asked in fetch.asked.values()))
        for sha256, fetch in active if room > 0 else ():
            offsets = self._missing(sha256, fetch, now)[:room]
            if offsets:
                self._ask(sha256, fetch, offsets, now)
                return msgspec.msgpack.encode(Request(bytes.fromhex(sha256), tuple(offsets)))
        return None

    def take(self, sha256: str, payload: bytes, now: float) -> bool:
        """Take a chunk, whoever asked for it; return whether its blob is whole now. Nothing is raised for bad ones.

        What ``Parts`` raises (a full disk) is raised.
        """
        fetch = self._wanted[sha256] if sha256 in self.wanted else None
        if fetch is None:
            return False
        chunk = chunk_of(payload)
        if chunk is None or fetch.total not in (None, chunk.total):
            self._count(sha256, fetch)
            return False
        fetch.total = chunk.total
        asked = fetch.asked.get(chunk.offset)
        if asked is not None:
            self._pace.came(now - asked.at)
        whole = self._keep(sha256, fetch, chunk)
        # Only now: what a full disk does not take counts as not come, and is asked for ever more rarely.
        fetch.asked.pop(chunk.offset, None)
        fetch.tries = 0
        if whole:
            del self._wanted[sha256]
        elif whole is not None:
            self.wrong += 1
            self._wanted[sha256] = _Fetch(fetch.size, fetch.size, tries=3)
        return bool(whole)

    def _keep(self, sha256: str, fetch: _Fetch, chunk: Chunk) -> bool | None:
        """Put a chunk where it belongs; return whether the whole is right, ``None`` while it is not all there."""
        length = self._parts.length(sha256)
        if chunk.offset == length or (chunk.offset > length and len(fetch.ahead) < AHEAD_MAX):
            fetch.ahead[chunk.offset] = chunk.data
        while length in fetch.ahead:
            data = fetch.ahead.pop(length)
            self._parts.extend(sha256, data)
            length += len(data)
        return None if length < chunk.total else self._parts.finish(sha256)

    def _ask(self, sha256: str, fetch: _Fetch, offsets: list[int], now: float) -> None:
        again = any(offset in fetch.asked for offset in offsets)
        fetch.tries = fetch.tries + 1 if again else fetch.tries
        hold = self._pace.patience(now)
        self._pace.asked(now)
        pause = min(hold * 2 ** min(fetch.tries, 8), max(hold, RETRY_MAX_SECONDS)) * (0.75 + 0.5 * self._random())
        # What nobody answers is asked for ever more rarely.
        for offset in offsets:
            first = fetch.asked[offset].at if offset in fetch.asked else now
            fetch.asked[offset] = _Asked(first, now, now + pause)
        if fetch.tries >= TRIES_MAX:
            self._again(sha256, fetch)  # perhaps what is here already is what was wrong
        if fetch.tries >= TRIES_AT_THE_FRONT and fetch.size is None:
            self._wanted[sha256] = self._wanted.pop(sha256)

    def _count(self, sha256: str, fetch: _Fetch) -> None:
        """Two that do not fit together: which of them was wrong cannot be known, so after a few all begins again."""
        self.wrong += 1
        fetch.wrong += 1
        if fetch.wrong >= WRONG_MAX:
            self._again(sha256, fetch)

    def _again(self, sha256: str, fetch: _Fetch) -> None:
        self._parts.drop(sha256)
        # The size that was named beforehand may be the wrong one too: then the hash decides.
        self._wanted[sha256] = _Fetch(fetch.size, None, asked=fetch.asked, tries=TRIES_AT_THE_FRONT)

    def _missing(self, sha256: str, fetch: _Fetch, now: float) -> list[int]:
        length = self._parts.length(sha256)
        end = fetch.total
        if end is None or length >= end:
            # Nothing is left to ask for, or nobody knows: the last piece once more says how large it all is.
            length, end = max(0, length - CHUNK), max(1, length)
        missing = (offset for offset in range(length, end, CHUNK) if offset not in fetch.ahead)
        may = (offset for offset in missing if offset not in fetch.asked or fetch.asked[offset].again_at <= now)
        return list(islice(may, OUTSTANDING_MAX))
