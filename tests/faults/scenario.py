"""What is played under the kills: a few lines a scenario, kept in one registry.

A scenario is three verbs on a folder: ``prepare`` what was there before, ``play`` what may be killed at any instant,
and ``check`` from outside. ``play`` is also what is done after the restart: it says what is wanted and does what is
missing of it, as people and processes do, so its second run completes the first. ``check`` sees what came of both.
To add one, decorate a class with ``@scenario``; the source's points that nothing passes are named by a red test.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol


class Scenario(Protocol):
    """``life`` counts the starts: 0 prepares, 1 is killed, 2 completes, 3 checks. It seeds all that is random."""

    def prepare(self, root: Path) -> None: ...
    def play(self, root: Path, life: int) -> None: ...
    def check(self, root: Path) -> None: ...


SCENARIOS: dict[str, Scenario] = {}


def scenario(name: str) -> Callable[[type[Scenario]], type[Scenario]]:
    """Put a scenario into the registry under ``name``."""

    def register(made: type[Scenario]) -> type[Scenario]:
        SCENARIOS[name] = made()
        return made

    return register


def all_scenarios() -> dict[str, Scenario]:
    """Return the registry, filled."""
    from tests.faults import at_the_desk, at_the_office, enrolments, journals, over_the_link, peppers, rights  # noqa: F401

    return SCENARIOS
