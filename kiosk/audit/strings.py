"""Every string within a value, however deep: what of a person or of the office's data is there at all. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum

import msgspec


def strings_in(value: object) -> Iterator[str]:
    """All strings in dataclasses, structs, sequences and mappings; members of an enum are none."""
    if isinstance(value, Enum):
        return
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, part in value.items():
            yield from strings_in(key)
            yield from strings_in(part)
    elif isinstance(value, tuple | list | set | frozenset):
        for part in value:
            yield from strings_in(part)
    elif isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from strings_in(getattr(value, name))
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from strings_in(getattr(value, field.name))
