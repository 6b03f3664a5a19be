"""No cut text in any look on any panel: every state of the flow and every sample, in both types and both languages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import combinations
from typing import Any

import pytest

from kiosk.look import CHINESE, ENGLISH, Look
from kiosk.theme import Panel, Size, Theme
from kiosk.views import HistoryView, HomeView, IdleView, StaffView, View
from tests.kiosk.screens.conftest import Stage
from tests.kiosk.screens.sample_views import sample_views
from tests.kiosk.screens.state_views import state_views
from tests.kiosk.screens.test_layout import apart, box_of, ink_of, texts

PANELS = {"10": Panel(10.1, 1280, 800), "13": Panel(13.3, 1920, 1080), "15": Panel(15.6, 1920, 1080)}
SETS: dict[str, Callable[[], dict[str, View]]] = {
    "samples": sample_views,
    "chinese": lambda: state_views(CHINESE),
    "english": lambda: state_views(ENGLISH),
}


@pytest.fixture(params=[pytest.param(name, marks=[] if name == "10" else [pytest.mark.proof]) for name in PANELS])
def glass(request: pytest.FixtureRequest, theme: Theme) -> Iterator[Stage]:
    made = Stage(Theme(PANELS[request.param]))
    yield made
    made.host.parent.remove_widget(made.host)


@pytest.mark.parametrize("views", SETS)
@pytest.mark.parametrize("large", [False, True], ids=["standard", "large"])
def test_nothing_is_cut_too_small_or_too_close(glass: Stage, large: bool, views: str) -> None:
    found = []
    for name, view in SETS[views]().items():
        glass.host.show(replace(view, look=replace(view.look, large=large)))  # no frame is drawn: geometry alone
        found += [f"{name}: {fault}" for fault in faults(glass, view)]
    assert not found, "\n".join(found)


def test_every_look_can_be_drawn(stage: Any) -> None:
    for view in sample_views().values():
        stage.show(replace(view, look=Look(contrast=True)))
        assert not list(faults(stage, view))


def faults(stage: Any, view: View) -> Iterator[str]:
    """What an old eye or hand would stumble over."""
    theme = stage.host.theme
    shown = texts(stage)
    small = {view.frame.notice, view.frame.station, view.frame.date, getattr(view.body, "code", "")}
    for text in shown:
        width, height = text.texture_size
        if isinstance(view.body, HistoryView) and text.setting.shortened:
            continue  # what is too long for its line is told whole by its voucher
        if text.setting.shortened or width > text.width or height > text.height:
            yield f"cut: {text.text!r}"
        elif text.setting.size is Size.NOTE and text.text not in small and not _may_be_small(view, theme):
            yield f"small: {text.text!r}"
    for one, other in combinations(shown, 2):
        if apart(ink_of(one), ink_of(other)) < 0:
            yield f"overlap: {one.text!r}, {other.text!r}"
    targets = stage.hand.within_reach()
    panel = theme.panel
    for target in targets:
        box = box_of(target)
        if min(box.width, box.height) < theme.target:
            yield f"narrow: {target.view_button}"
        if min(box.x, box.y, panel.width_px - box.right, panel.height_px - box.top) < 0:
            yield f"outside: {target.view_button}"
    for one, other in combinations(targets, 2):
        if apart(box_of(one), box_of(other)) < theme.gap:
            yield f"close: {one.view_button.label}, {other.view_button.label}"


def _may_be_small(view: View, theme: Theme) -> bool:
    """Staff stand near; and in extra-large type three crowded screens still let their longest words be small print."""
    if isinstance(view.body, StaffView | HistoryView):
        return True
    return theme.look.large and isinstance(view.body, HomeView | IdleView)
