"""Entries: what happened, as bytes that are written once and never serialised again.

An entry is JSON of at most 4 KB. Its envelope is the same for every kind, so that whoever does not know a kind (an
older office, a newer station) still reads who moved what, keeps the bytes, and counts the moves:

``{"kind", "nonce", "boot", "at", "clock_ok", "moves"?, "private"?, "body"}``

``nonce`` is 16 random bytes in hex: two events never have equal bytes. ``boot`` counts the starts of the writer, ``at``
is its wall clock in milliseconds since 1970 UTC, ``clock_ok`` says whether that clock was known to be right: order
comes from the entry's number, never from ``at``. ``moves`` are the counters that grow. ``private`` is
``SHA-256(salt ‖ private part)`` in hex: the part itself travels and is stored beside the entry and can be erased while
the chain still verifies. No name, card or phone number is ever in an entry.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

import msgspec

from domain.rights import Move

ENTRY_BYTES_MAX = 4096
MOVES_MAX = 64
NONCE_SIZE = 16
SALT_SIZE = 16


class EntryError(ValueError):
    """Bytes that are not an entry."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What comes from outside into every entry: when, and what makes it unlike any other."""

    nonce: bytes
    boot: int
    at: int  # milliseconds since 1970 UTC
    clock_ok: bool


class Entry(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """The envelope. Unknown fields are ignored, so that a newer writer can add some."""

    kind: str
    nonce: str
    boot: int
    at: int
    clock_ok: bool
    moves: tuple[Move, ...] = ()
    private: str | None = None
    body: msgspec.Raw

    def __post_init__(self) -> None:
        if not (1 <= len(self.kind) <= 40 and len(self.nonce) == 2 * NONCE_SIZE and self.boot >= 0):
            raise ValueError("kind, nonce or boot out of range")
        if len(self.moves) > MOVES_MAX:
            raise ValueError(f"at most {MOVES_MAX} moves")


def encode_entry(stamp: Stamp, kind: str, body: Any, moves: tuple[Move, ...] = (), private: str | None = None) -> bytes:
    """Return the bytes of an entry. Raises ``EntryError`` for more than 4 KB or a move that means nothing here."""
    if not all(move.known for move in moves):
        raise EntryError(f"a move that this version does not know: {moves}")
    entry = Entry(
        kind=kind,
        nonce=stamp.nonce.hex(),
        boot=stamp.boot,
        at=stamp.at,
        clock_ok=stamp.clock_ok,
        moves=moves,
        private=private,
        body=msgspec.Raw(msgspec.json.encode(body)),
    )
    data = msgspec.json.encode(entry)
    if len(data) > ENTRY_BYTES_MAX:
        raise EntryError(f"an entry has at most {ENTRY_BYTES_MAX} bytes, this one {len(data)}")
    return data


def decode_entry(data: bytes) -> Entry:
    """Return the envelope of an entry. Raises ``EntryError``."""
    if len(data) > ENTRY_BYTES_MAX:
        raise EntryError(f"an entry has at most {ENTRY_BYTES_MAX} bytes, this one {len(data)}")
    try:
        return msgspec.json.decode(data, type=Entry)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise EntryError(f"not an entry: {error}") from error


def private_digest(salt: bytes, private: bytes) -> str:
    """Return what an entry holds of its private part."""
    return hashlib.sha256(salt + private).hexdigest()
