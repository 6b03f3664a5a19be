"""What is wrong with a file that somebody wrote: where, what was found, what was expected, and what to do."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake. ``line`` counts from 1; 0 means that the file as a whole is meant (it could not be read)."""

    file: str
    line: int
    key: str  # "panel.diagonal_inches", "item[3].points"; "" for the file as a whole
    found: str  # as it stands in the file; secrets are masked; "" when nothing is there
    expected: str  # with unit and bounds
    advice: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        what = f"{self.key}: " if self.key else ""
        found = f"found {self.found}, " if self.found else ""
        return f"{place}: {what}{found}expected {self.expected}. {self.advice}"

    def to_json(self) -> dict[str, str | int]:
        """The same as plain values, for a report or a screen."""
        return asdict(self)


class SettingsError(Exception):
    """A file cannot be used as it is; ``mistakes`` holds all of them in the order of the file.

    Trying again does not help: somebody must mend the file.
    """

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = tuple(sorted(set(mistakes), key=lambda mistake: (mistake.file, mistake.line, mistake.key)))
        super().__init__(self.mistakes)

    def __str__(self) -> str:
        count = len(self.mistakes)
        head = "1 mistake" if count == 1 else f"{count} mistakes"
        return "\n".join([f"{head}:", *(f"  {mistake}" for mistake in self.mistakes)])

    def to_json(self) -> str:
        """All mistakes as one JSON array, Chinese kept readable."""
        return json.dumps([mistake.to_json() for mistake in self.mistakes], ensure_ascii=False)
