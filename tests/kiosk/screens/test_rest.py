"""A dark screen takes a touch to wake and for nothing else; the picture wanders under the same buttons."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageChops

from kiosk.actions import CallStaff, Wake
from kiosk.dimness import Dimness
from tests.kiosk.screens.sample_views import sample_views

IDLE = sample_views()["idle_today"]


@pytest.mark.parametrize("dimness", [Dimness.DIM, Dimness.DARK, Dimness.OFF])
def test_the_first_touch_only_wakes(stage: Any, dimness: Dimness) -> None:
    stage.show(replace(IDLE, dimness=dimness))
    bell = stage.hand.find(CallStaff()).center
    stage.hand.touch(*bell)
    assert stage.actions == [Wake()]
    stage.host.show(IDLE)
    stage.now += 0.1
    stage.hand.touch(*bell)  # the same trembling hand once more
    assert stage.actions == [Wake()]
    stage.now += 0.4
    stage.hand.touch(*bell)
    assert stage.actions == [Wake(), CallStaff()]


def test_a_touch_beside_the_buttons_keeps_the_first_screen_awake(stage: Any) -> None:
    stage.show(IDLE)
    stage.hand.touch(200, 400)
    assert stage.actions == [Wake()]
    stage.show(sample_views()["item"])
    stage.actions.clear()
    stage.hand.touch(5, 400)
    assert stage.actions == []


def test_it_is_darker_from_step_to_step_and_black_at_last(stage: Any, tmp_path: Path) -> None:
    means = []
    for dimness in Dimness:
        stage.show(replace(IDLE, dimness=dimness, shift=(1, -1)))
        stage.hand.picture(tmp_path / "shade.png")
        with Image.open(tmp_path / "shade.png") as picture:
            histogram = picture.convert("L").histogram()
        means.append(sum(level * count for level, count in enumerate(histogram)) / sum(histogram))
    assert means == sorted(means, reverse=True)
    assert means[Dimness.DIM] < 0.6 * means[Dimness.BRIGHT]
    assert means[Dimness.OFF] == 0


def unlike(one: Image.Image, other: Image.Image) -> float:
    """Which part of the pixels differs to the eye."""
    levels = ImageChops.difference(one, other).convert("L").histogram()
    return sum(levels[40:]) / sum(levels)


def test_the_picture_wanders_and_comes_back(stage: Any, tmp_path: Path) -> None:
    def picture(shift: tuple[int, int]) -> Image.Image:
        stage.show(replace(IDLE, shift=shift))
        stage.hand.picture(tmp_path / "wander.png")
        with Image.open(tmp_path / "wander.png") as found:
            return found.convert("RGB")

    still, moved = picture((0, 0)), picture((1, 1))
    step = stage.host.theme.mm(0.5)
    inner = (100, 100, 1100, 700)
    there = (inner[0] + step, inner[1] - step, inner[2] + step, inner[3] - step)
    assert unlike(still.crop(inner), moved.crop(inner)) > 0.02
    assert unlike(still.crop(inner), moved.crop(there)) < 0.002  # soft edges are drawn a little otherwise
    assert picture((0, 0)).tobytes() == still.tobytes()
