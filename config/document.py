"""What all files that people write have in common: the base model, the units, and a place for checks across fields."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict

# Printable text on one line: no control characters, which would move a printer or break a screen.
ONE_LINE = r"^[^\x00-\x1f\x7f-\x9f\u2028\u2029]*$"


@dataclass(frozen=True, slots=True)
class Problem:
    """A mistake found across fields; the reader adds file, line and value."""

    path: tuple[str | int, ...]
    expected: str
    advice: str


class Part(BaseModel):
    """A table of a file: unknown keys are mistakes, types are not guessed (``"60"`` is not 60), values are fixed."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        strict=True,
        str_strip_whitespace=True,
        allow_inf_nan=False,
        regex_engine="rust-regex",
    )


class Document(Part):
    """A whole file."""

    @classmethod
    def problems(cls, data: Mapping[str, Any]) -> Iterable[Problem]:  # noqa: ARG003
        """Look across the raw tables, before types are known to be right, so that all mistakes come at once."""
        return ()


def say(form: str = "", unit: str = "", example: str = "", instead: str = "") -> dict[str, Any]:
    """More words for a field, kept in its schema.

    ``form`` replaces what the type says ("14 digits"), ``unit`` is what is counted, ``example`` is written as in TOML,
    ``instead`` names the field of the same table that this one takes the place of.
    """
    words = {"form": form, "unit": unit, "example": example, "instead": instead}
    return {key: value for key, value in words.items() if value}


def twice(data: Mapping[str, Any], table: str, key: str) -> Iterator[Problem]:
    """A problem for each entry of an array of tables that repeats an earlier entry's key."""
    rows = data.get(table)
    places: defaultdict[str, list[int]] = defaultdict(list)
    for index, row in enumerate(rows if isinstance(rows, list) else ()):
        if isinstance(row, dict) and isinstance(row.get(key), int | str):
            places[repr(row[key])].append(index)
    for first, *others in places.values():
        for index in others:
            yield Problem(
                (table, index, key),
                f"one that no other [[{table}]] has",
                f"[[{table}]] number {first + 1} has it already: choose another.",
            )
