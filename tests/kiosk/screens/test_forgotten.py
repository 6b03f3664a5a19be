"""Once the first screen is back, no widget of any screen that was left holds a word or an action of the visit."""

from __future__ import annotations

from typing import Any

from kiosk.audit.strings import strings_in
from tests.kiosk.screens.sample_views import sample_views


def held(widget: Any) -> set[str]:
    """Every string of a view that a widget still has."""
    found = set[str]()
    for value in vars(widget).values():
        found |= set(strings_in(value))
    return found


def screens(stage: Any) -> list[Any]:
    return [screen for glass in stage.host._kept.values() for screen in glass._screens.values()]


def widgets(root: Any) -> list[Any]:
    """All that belong to a screen, also those that are not shown just now."""
    from kivy.uix.widget import Widget

    found, waiting = list[Any](), [root]
    while waiting:
        widget = waiting.pop()
        if widget not in found:
            found.append(widget)
            parts = [
                part for value in vars(widget).values() for part in (value if isinstance(value, list) else [value])
            ]
            waiting += [
                part for part in (*widget.children, *parts) if isinstance(part, Widget) and part is not widget.parent
            ]
    return found


def test_widgets_that_nobody_sees_hold_nothing_of_a_visit(stage: Any) -> None:
    samples = sample_views()
    idle = samples["idle_today"]
    told = set[str]()
    for view in samples.values():
        stage.show(view)
        told |= set(strings_in(view.body))
    stage.show(idle)
    names = {word for word in told if "*" in word or "A-0000" in word or word.startswith("138")}
    assert len(names) > 5
    for screen in screens(stage):
        if screen is stage.host._pages._screen:
            continue
        for widget in widgets(screen):
            kept = {word for word in held(widget) if any(name in word for name in names)}
            assert not kept, (type(screen).__name__, type(widget).__name__, kept)
