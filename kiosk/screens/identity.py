"""When two views are the same screen, refilled, and when they are two. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace

from kiosk.actions import Action
from kiosk.look import Look
from kiosk.views import Button, ChoiceTile, ClassTile, HomeView, IdleView, ItemTile, View, VoucherRow

Identity = tuple[str, str, bool, Look, tuple[Action, ...]]


def identity(view: View) -> Identity:
    """What makes this the screen it is: its kind, its title, an overlay, its look, and what can be pressed.

    The clock, a count of seconds, a step that moved on or a new balance do not make another screen.
    """
    body = view.body
    title = "" if isinstance(body, IdleView | HomeView) else str(getattr(body, "title", getattr(body, "name", "")))
    shape = replace(view.look, muted=False)
    return type(body).__name__, title, view.overlay is not None, shape, tuple(_actions(body))


def _actions(value: object) -> Iterator[Action]:
    if isinstance(value, Button | ClassTile | ItemTile | ChoiceTile | VoucherRow):
        yield value.action
    elif isinstance(value, tuple):
        for part in value:
            yield from _actions(part)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _actions(getattr(value, field.name))
