"""One cell of the tour's matrix: a panel, and how the screen looks on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import product

from kiosk.look import CHINESE, ENGLISH, Look
from kiosk.theme import Panel

PANELS = {
    "10.1": Panel(10.1, 1280, 800),
    "13.3": Panel(13.3, 1920, 1080),
    "15.6": Panel(15.6, 1920, 1080),
}
THEMES = {"light": False, "contrast": True}
TYPES = {"standard": False, "large": True}
LANGUAGES = {"zh": CHINESE, "en": ENGLISH}
ALL = "all"


@dataclass(frozen=True, slots=True)
class Cell:
    """``panel`` is a key of ``PANELS``."""

    panel: str = "10.1"
    look: Look = field(default_factory=Look)

    @property
    def glass(self) -> Panel:
        """The panel."""
        return PANELS[self.panel]

    @property
    def options(self) -> tuple[str, ...]:
        """The tour's options that play this cell alone."""
        return (
            *("--panel", self.panel, "--theme", _key(THEMES, self.look.contrast)),
            *("--type", _key(TYPES, self.look.large), "--language", _key(LANGUAGES, self.look.language)),
        )

    @property
    def name(self) -> str:
        """A name for its folder: ``10.1-light-standard-zh``."""
        return "-".join(self.options[1::2])


def cells(panel: str, theme: str, kind: str, language: str) -> tuple[Cell, ...]:
    """Every cell of what was asked for, each a key or ``all``. Raises ``ValueError`` for a word that is neither."""
    chosen = (
        _chosen(word, choices)
        for word, choices in ((panel, PANELS), (theme, THEMES), (kind, TYPES), (language, LANGUAGES))
    )
    return tuple(
        Cell(size, Look(large=TYPES[large], contrast=THEMES[contrast], language=LANGUAGES[tongue]))
        for size, contrast, large, tongue in product(*chosen)
    )


def _chosen(
    word: str, choices: dict[str, object] | dict[str, Panel] | dict[str, bool] | dict[str, str]
) -> Sequence[str]:
    if word == ALL:
        return tuple(choices)
    if word not in choices:
        raise ValueError(f"{word}: one of {', '.join((*choices, ALL))}")
    return (word,)


def _key(choices: dict[str, bool] | dict[str, str], value: bool | str) -> str:
    return next(key for key, choice in choices.items() if choice == value)
