"""A screen as it was seen: every text and every target with its place in pixels, the view, and the picture. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field

from PIL.Image import Image

from kiosk.actions import Action
from kiosk.screens.box import Box
from kiosk.views import View


@dataclass(frozen=True, slots=True)
class SeenText:
    """Words in a box. ``ink`` is where they stand in it; ``inside`` the number of the target on which they stand."""

    words: str
    box: Box
    ink: Box
    lines: tuple[str, ...]
    capital_mm: float
    colour: str
    shortened: bool = False
    inside: int | None = None
    on_button: bool = False
    missing: str = ""  # characters that the typeface which draws them does not have


@dataclass(frozen=True, slots=True)
class SeenTarget:
    """Something to press. ``in_bar``: it belongs to the frame, not to the question that the screen asks."""

    label: str
    action: Action | None
    box: Box
    enabled: bool = True
    in_bar: bool = False


@dataclass(frozen=True, slots=True)
class Seen:
    """A screen. ``state`` is the name of the flow's state, empty where a view is shown without one.

    ``data``: names and descriptions that came from the office, which are in no catalogue of texts.
    ``alone_seconds``: how long it takes to come back to the first screen when nobody touches it; ``None``: never.
    """

    name: str
    view: View
    texts: tuple[SeenText, ...]
    targets: tuple[SeenTarget, ...]
    width: int
    height: int
    px_per_mm: float
    language: str
    keys: frozenset[str]  # of the catalogue of texts
    data: frozenset[str] = frozenset()
    state: str = ""
    alone_seconds: float | None = None
    picture: Image | None = field(default=None, repr=False, compare=False)

    def mm(self, pixels: float) -> float:
        """Pixels as millimetres of the glass."""
        return pixels / self.px_per_mm
