"""Turn what pydantic refuses into mistakes that a person can mend: expected with unit and bounds, and what to do."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from config.document import Problem
from config.expectation import expectation, extra, fields_of, is_many, is_secret, part_of

MASK = "********"
_SHOWN_MAX = 60  # characters of a value that a mistake repeats


def explain(error: ValidationError, model: type[BaseModel]) -> Iterator[Problem]:
    """One problem for each error that pydantic gathered, in its order.

    A misspelt key is one problem, not two: that the right one is missing goes without saying.
    """
    details = error.errors(include_url=False, include_context=False)
    misspelt = set()
    for detail in details:
        *around, key = detail["loc"]
        if detail["type"] == "extra_forbidden":
            near = _near(locate(model, detail["loc"])[0], str(key))
            misspelt.update([(*around, near)] if near else [])
    for detail in details:
        if detail["type"] == "missing" and detail["loc"] in misspelt:
            continue
        if detail["type"] == "too_short" and any(_is_inside(other["loc"], detail["loc"]) for other in details):
            continue  # pydantic counts only the right entries of an array
        path = tuple(part for part in detail["loc"] if part != "[key]")
        table, field = locate(model, path)
        key = str(path[-1])
        if detail["type"] == "extra_forbidden":
            yield Problem(path, "a known key", _instead(model, table, key))
        elif isinstance(path[-1], int):
            yield Problem(path, "a table", f"Write it under a header `[[{path[-2]}]]`.")
        elif field is None:
            yield Problem(path, "another value", detail["msg"])
        elif detail["type"] == "missing":
            yield Problem(path, expectation(field), f"Add {_example(key, field)}.")
        else:
            yield Problem(path, expectation(field), _mend(key, field, detail["input"]))


def shown(data: Mapping[str, Any], model: type[BaseModel], path: tuple[str | int, ...]) -> str:
    """The value at a path as it might stand in the file; empty when there is none; secrets are masked."""
    value: Any = data
    for part in path:
        try:
            value = value[part]
        except (KeyError, IndexError, TypeError):
            return ""
    table, field = locate(model, path)
    hides = is_secret(field) if field else any(is_secret(other) for other in fields_of(table).values())
    return MASK if hides else written(value)


def written(value: Any) -> str:
    """A value as it might stand in a file, on one line and not too long."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return "a table"
    if isinstance(value, list | tuple):
        return f"a list of {len(value)}" if value else "[]"
    text = f'"{value}"' if isinstance(value, str | Path) else str(value)
    text = text.replace("\n", "\\n").replace("\r", "\\r")
    return text if len(text) <= _SHOWN_MAX else f"{text[: _SHOWN_MAX - 1]}…"


def locate(model: type[BaseModel], path: tuple[str | int, ...]) -> tuple[type[BaseModel], FieldInfo | None]:
    """The innermost table on a path and the field at its end, None if the table knows no such key."""
    table = model
    field: FieldInfo | None = None
    for number, part in enumerate(path):
        if isinstance(part, str):
            if field is not None and part_of(field) is None:
                return table, field  # inside a plain table such as [stock]: the field is the table's
            field = fields_of(table).get(part)
            if field is None:
                return table, None
        inner = part_of(field) if field is not None else None
        if inner is not None and number < len(path) - 1:
            table = inner
    return table, field


def _is_inside(path: tuple[str | int, ...], around: tuple[str | int, ...]) -> bool:
    return len(path) > len(around) and path[: len(around)] == around


def _instead(model: type[BaseModel], table: type[BaseModel], key: str) -> str:
    """For an unknown key: a near name, the section where it belongs, or all names."""
    near = _near(table, key)
    if near:
        return f"Did you mean `{near}`?"
    for name, field in fields_of(model).items():
        inner = part_of(field)
        if inner is not None and inner is not table and key in fields_of(inner):
            return f"`{key}` belongs under [{name}]."
    return f"Remove it; known here: {', '.join(fields_of(table))}."


def _near(table: type[BaseModel], key: str) -> str:
    return next(iter(difflib.get_close_matches(key.lower(), list(fields_of(table)), n=1)), "")


def _mend(key: str, field: FieldInfo, found: Any) -> str:
    kind = field.annotation
    if kind in {int, float} and isinstance(found, str) and found.strip().isascii() and found.strip().isdigit():
        return f"Write it without quotes: `{key} = {found.strip()}`."
    if kind is int and isinstance(found, float):
        return "Write it without a decimal point."
    if kind in {str, Path} and isinstance(found, int | float) and not isinstance(found, bool):
        return f'Write it in quotes: `{key} = "{found}"`.'
    if kind is bool and isinstance(found, str):
        return f"Write `{key} = true` or `{key} = false`, without quotes."
    return f"Write for example {_example(key, field)}."


def _example(key: str, field: FieldInfo) -> str:
    """A line that would be right."""
    if get_origin(field.annotation) is dict:
        return f"`{extra(field, 'example')}`"
    if part_of(field) is not None:
        return f"a table `[[{key}]]`" if is_many(field) else f"a table `[{key}]`"
    example = extra(field, "example")
    if not example and not field.is_required() and field.default is not None:
        example = written(field.default)
    return f"`{key} = {example or '…'}`"
