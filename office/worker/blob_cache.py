"""The blobs that were asked for lately: a chunk of 8 KB must not cost reading the whole of it again."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable

BYTES_MAX = 32 * 1024 * 1024


class BlobCache:
    """Calls ``read`` for what it does not hold; holds at most 32 MB."""

    def __init__(self, read: Callable[[str], bytes | None]) -> None:
        self._read = read
        self._held: OrderedDict[str, bytes] = OrderedDict()
        self._bytes = 0

    def __call__(self, sha256: str) -> bytes | None:
        """Return a blob, ``None`` if there is none."""
        blob = self._held.get(sha256)
        if blob is not None:
            self._held.move_to_end(sha256)
            return blob
        blob = self._read(sha256)
        if blob is not None:
            self._held[sha256] = blob
            self._bytes += len(blob)
            while self._bytes > BYTES_MAX and len(self._held) > 1:
                self._bytes -= len(self._held.popitem(last=False)[1])
        return blob
