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
ABOUT: dict[str, tuple[str, ...]] = {}


def scenario(name: str, *about: str) -> Callable[[type[Scenario]], type[Scenario]]:
    """Put a scenario into the registry under ``name``.

    It is killed at the points whose names begin as ``about`` says, at all of them if it says nothing: a start of the
    kiosk, for one, is not killed again in each scenario that passes it.
    """

    def register(made: type[Scenario]) -> type[Scenario]:
        SCENARIOS[name], ABOUT[name] = made(), about or ("",)
        return made

    return register


def all_scenarios() -> dict[str, Scenario]:
    """Return the registry, filled."""
    from tests.faults import (  # noqa: F401
        at_the_desk,
        at_the_office,
        cards,
        enrolments,
        fates,
        joins,
        journals,
        lives,
        over_the_link,
        peppers,
        pins,
        rights,
        settling,
        staff,
        sticks,
    )

    return SCENARIOS
