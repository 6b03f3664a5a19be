"""What every kind of entry has in common."""

from __future__ import annotations

import re
from typing import ClassVar, TypeVar

import msgspec

from domain.entries import Entry, EntryError

DOCUMENT_BYTES_MAX = 2 * 1024 * 1024
VERSION_MAX = 2**31 - 1
SHA256 = re.compile(r"[0-9a-f]{64}")
_DOCUMENT = re.compile(r"[a-z][a-z_]{0,31}")


class Fact(msgspec.Struct, frozen=True, omit_defaults=True):
    """What happened, without when."""

    KIND: ClassVar[str] = ""


_F = TypeVar("_F", bound=Fact)


def is_document(name: str, version: int) -> bool:
    """Whether a document can have this name and version."""
    return _DOCUMENT.fullmatch(name) is not None and 1 <= version <= VERSION_MAX


def fact_of(entry: Entry, kinds: dict[str, type[Fact]]) -> Fact | None:
    """Return the typed body of an entry; ``None`` if its kind is not known here. Raises ``EntryError``."""
    kind = kinds.get(entry.kind)
    return None if kind is None else _decode(entry, kind)


def _decode(entry: Entry, kind: type[_F]) -> _F:
    try:
        return msgspec.json.decode(entry.body, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise EntryError(f"the body of this {entry.kind} does not fit: {error}") from error
