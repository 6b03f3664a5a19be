"""What is said about blobs: documents and pictures by content hash, in chunks of 8 KB. Pure.

A station subscribes to ``blob/<sha256>`` and publishes requests on its ``want`` topic; the chunks that the office
answers with are seen by every station that waits for the same blob. A request is msgpack ``[hash, [offset, …]]`` with
at most two offsets, a chunk ``[offset, total, data]``. What may hang on a wall goes this way and nothing else.
"""

from __future__ import annotations

import hashlib

import msgspec

CHUNK = 8192
OUTSTANDING_MAX = 2
BLOB_BYTES_MAX = 4 * 1024 * 1024


class Request(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """Please send these chunks of a blob."""

    hash: bytes
    offsets: tuple[int, ...]


class Chunk(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """Part of a blob of ``total`` bytes."""

    offset: int
    total: int
    data: bytes


def sha256_of(data: bytes) -> str:
    """Return the name of a blob."""
    return hashlib.sha256(data).hexdigest()


def chunk_of(payload: bytes) -> Chunk | None:
    """Return a chunk; ``None`` for bytes that are none."""
    try:
        chunk = msgspec.msgpack.decode(payload, type=Chunk)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    sound = 0 <= chunk.offset < chunk.total <= BLOB_BYTES_MAX and chunk.offset % CHUNK == 0
    return chunk if sound and len(chunk.data) == min(CHUNK, chunk.total - chunk.offset) else None


def request_of(payload: bytes) -> Request | None:
    """Return a request; ``None`` for bytes that are none."""
    try:
        request = msgspec.msgpack.decode(payload, type=Request)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    sound = len(request.hash) == hashlib.sha256().digest_size and 1 <= len(request.offsets) <= OUTSTANDING_MAX
    places = all(0 <= offset < BLOB_BYTES_MAX and offset % CHUNK == 0 for offset in request.offsets)
    return request if sound and places else None
