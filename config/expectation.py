"""Say in words what a declared field expects: type, unit, bounds, choices. For mistakes and for the manual."""

from __future__ import annotations

import types
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin

import annotated_types
from pydantic import BaseModel, SecretStr
from pydantic.fields import FieldInfo

_WORDS: dict[object, str] = {
    int: "a whole number",
    float: "a number",
    str: "text in quotes",
    bool: "true or false",
    Path: "a path in quotes",
    SecretStr: "a secret in quotes",
}


def expectation(field: FieldInfo) -> str:
    """For example ``a whole number of seconds, 20 to 600``."""
    form = extra(field, "form")
    words = form or _type_words(field.annotation)
    unit = extra(field, "unit")
    if unit:
        words += f" ({unit})" if get_origin(field.annotation) is Literal else f" of {unit}"
    return words + bounds(field, leading=", ")


def bounds(field: FieldInfo, leading: str = "") -> str:
    """``20 to 600``, ``at least 20``, ``1 to 14 characters``; empty when there are none."""
    low: Any = None
    high: Any = None
    noun = ""
    for mark in field.metadata:
        if isinstance(mark, annotated_types.Ge):
            low = mark.ge
        elif isinstance(mark, annotated_types.Le):
            high = mark.le
        elif isinstance(mark, annotated_types.MinLen):
            low, noun = mark.min_length, _counted(field)
        elif isinstance(mark, annotated_types.MaxLen):
            high, noun = mark.max_length, _counted(field)
    if low is None and high is None:
        return ""
    if low is None:
        return f"{leading}at most {high}{noun}"
    if high is None:
        return f"{leading}at least {low}{noun}"
    return f"{leading}{low} to {high}{noun}"


def extra(field: FieldInfo, name: str) -> str:
    """One of the words given with ``say``; empty when not given."""
    more = field.json_schema_extra
    return str(more.get(name, "")) if isinstance(more, dict) else ""


def fields_of(model: type[BaseModel]) -> dict[str, FieldInfo]:
    """The fields of a table by the key that people write."""
    return {field.alias or name: field for name, field in model.model_fields.items()}


def part_of(field: FieldInfo) -> type[BaseModel] | None:
    """The table that a field holds, be it one, optional, or an array of them; None for a plain value."""
    pending: list[Any] = [field.annotation]
    while pending:
        kind = pending.pop()
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            return kind
        pending.extend(get_args(kind))
    return None


def is_many(field: FieldInfo) -> bool:
    """Whether a field is an array."""
    return get_origin(field.annotation) in {tuple, list}


def is_secret(field: FieldInfo) -> bool:
    """Whether a field's value must never be shown."""
    return field.annotation is SecretStr or SecretStr in get_args(field.annotation)


def _type_words(kind: Any) -> str:
    origin = get_origin(kind)
    if origin is Literal:
        return "one of " + ", ".join(f'"{value}"' if isinstance(value, str) else str(value) for value in get_args(kind))
    if origin in {Union, types.UnionType}:
        return " or ".join(_type_words(part) for part in get_args(kind) if part is not type(None))
    if origin in {tuple, list}:
        return "an array of tables"
    if origin is dict or (isinstance(kind, type) and issubclass(kind, BaseModel)):
        return "a table"
    return _WORDS.get(kind, "another value")


def _counted(field: FieldInfo) -> str:
    return " entries" if is_many(field) or get_origin(field.annotation) is dict else " characters"
