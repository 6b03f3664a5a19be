"""The base of the screens, and the stacking of texts that they share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from kivy.uix.widget import Widget

from kiosk.actions import Action
from kiosk.screens.box import Box
from kiosk.screens.text import Text
from kiosk.theme import Size, Theme, smaller


class Screen(Widget):
    """Built once, refilled with each view of its kind."""

    def __init__(self, theme: Theme, act: Callable[[Action], None]) -> None:
        super().__init__(size_hint=(None, None))
        self.theme, self.act = theme, act

    def refill(self, body: Any, box: Box) -> None:
        """Show ``body`` (the screen's own kind of view) within ``box``."""
        raise NotImplementedError

    def show(self, widget: Widget, *, wanted: bool = True) -> bool:
        """Have ``widget`` on this screen or not; what is not wanted can neither be seen nor pressed."""
        if wanted and widget.parent is None:
            self.add_widget(widget)
        elif not wanted and widget.parent is not None:
            self.remove_widget(widget)
        return wanted


@dataclass(slots=True)
class Piece:
    """A text of a stack: what it says, how large it would like to be, and the gap under it in pixels."""

    text: Text
    words: str
    size: Size
    gap: int = 0
    colour: str = ""


def stack(pieces: list[Piece], box: Box, *, up: str = "top") -> int:
    """Put texts under each other; returns the height used, in pixels.

    The largest shrink first until all fit. If they do not at body size, the last ones become notes: small is better
    than lost.
    """
    pieces = [piece for piece in pieces if piece.words]
    heights = [_height(piece, box.width) for piece in pieces]
    while _total(pieces, heights) > box.height and (at := _largest(pieces)) is not None:
        pieces[at].size = smaller(pieces[at].size, pieces[at].text.least) or pieces[at].size
        heights[at] = _height(pieces[at], box.width)
    for at in range(len(pieces) - 1, -1, -1):
        if _total(pieces, heights) > box.height:
            pieces[at].size = Size.NOTE
            heights[at] = _height(pieces[at], box.width)
    spare = max(0, box.height - _total(pieces, heights))
    top = box.top - {"top": 0, "middle": spare // 2}.get(up, spare)
    start = top
    for piece, needed in zip(pieces, heights, strict=True):
        height = max(0, min(needed, top - box.y))
        piece.text.put(piece.words, Box(box.x, top - height, box.width, height), piece.colour, piece.size)
        top -= height + piece.gap
    return start - top


def _height(piece: Piece, width: int) -> int:
    return piece.text.needs(piece.words, width, piece.size).height


def _total(pieces: list[Piece], heights: list[int]) -> int:
    return sum(heights) + sum(piece.gap for piece in pieces[:-1])


def _largest(pieces: list[Piece]) -> int | None:
    able = [at for at, piece in enumerate(pieces) if smaller(piece.size, piece.text.least) is not None]
    return max(able, key=lambda at: pieces[at].size, default=None)
