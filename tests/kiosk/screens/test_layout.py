"""What kiosk.md §3 asks of every screen, measured on every sample view."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from enum import Enum
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from kiosk.screens.box import Box
from kiosk.theme import Size
from kiosk.views import IdleView
from tests.kiosk.screens.conftest import PANEL, REGULAR
from tests.kiosk.screens.sample_views import sample_views

NAMES = sorted(sample_views())
MAIN_MM = (25.0, 20.0)


def texts(stage: Any) -> list[Any]:
    from kiosk.screens.overlay import StillThereOverlay
    from kiosk.screens.text import Text

    widgets = list(stage.host.walk())
    over = next((widget for widget in widgets if isinstance(widget, StillThereOverlay)), None)
    return [widget for widget in (over.walk() if over else widgets) if isinstance(widget, Text) and widget.text]


def box_of(widget: Any) -> Box:
    return Box(int(widget.x), int(widget.y), int(widget.width), int(widget.height))


def ink_of(text: Any) -> Box:
    """Where the words of a text stand within its box."""
    box, (width, height) = box_of(text), text.texture_size
    left = {"left": box.x, "center": box.x + (box.width - width) // 2}.get(text.across, box.right - width)
    bottom = {"top": box.top - height, "middle": box.y + (box.height - height) // 2}.get(text.up, box.y)
    return Box(left, bottom, width, height)


def longer(value: Any) -> Any:
    """The same view with every text of more than two characters a third longer; a path stays a path."""
    if isinstance(value, str) and not isinstance(value, Enum) and len(value) > 2 and not value.endswith(".png"):
        return value + value[: -(-len(value) * 3 // 10)]
    if isinstance(value, tuple):
        return tuple(longer(part) for part in value)
    if is_dataclass(value) and not isinstance(value, type):
        parts = {field.name: getattr(value, field.name) for field in fields(value)}
        kept = {"action", "kind", "clock", "sign"}
        return replace(value, **{name: part if name in kept else longer(part) for name, part in parts.items()})
    return value


def apart(one: Box, other: Box) -> int:
    """Distance of two boxes in pixels; negative when they overlap."""
    return max(one.x - other.right, other.x - one.right, one.y - other.top, other.y - one.top)


@pytest.mark.proof  # make test measures the same in test_every_look and test_audit
@pytest.mark.parametrize("name", NAMES)
def test_every_target_is_large_enough_and_in_the_window(stage: Any, folder: str, name: str) -> None:
    stage.show(sample_views(folder)[name])
    targets = stage.hand.within_reach()
    assert targets
    for target in targets:
        box = box_of(target)
        assert min(box.width, box.height) >= PANEL.mm(16), (target.view_button, box)
        assert min(box.x, box.y, PANEL.width_px - box.right, PANEL.height_px - box.top) >= 0
        assert box == target.box


@pytest.mark.proof  # make test measures the same in test_every_look and test_audit
@pytest.mark.parametrize("name", NAMES)
def test_targets_keep_their_distance(stage: Any, folder: str, name: str) -> None:
    stage.show(sample_views(folder)[name])
    for one, other in combinations(stage.hand.within_reach(), 2):
        assert apart(box_of(one), box_of(other)) >= PANEL.mm(3), (one.view_button, other.view_button)


@pytest.mark.proof  # make test measures the same in test_every_look and test_audit
@pytest.mark.parametrize("name", NAMES)
def test_no_text_is_clipped_shortened_or_laid_over_another(stage: Any, folder: str, name: str) -> None:
    stage.show(sample_views(folder)[name])
    shown = texts(stage)
    for text in shown:
        width, height = text.texture_size
        assert width <= text.width, (text.text, text.texture_size, text.size)
        assert height <= text.height, (text.text, text.texture_size, text.size)
        assert not text.setting.shortened, text.text
    for one, other in combinations(shown, 2):
        assert apart(ink_of(one), ink_of(other)) >= 0, (one.text, other.text)


@pytest.mark.parametrize("name", NAMES)
def test_texts_a_third_longer_are_neither_clipped_nor_laid_over_another(stage: Any, folder: str, name: str) -> None:
    stage.show(longer(sample_views(folder)[name]))
    shown = texts(stage)
    for text in shown:
        width, height = text.texture_size
        assert width <= text.width, (text.text, text.texture_size, text.size)
        assert height <= text.height, (text.text, text.texture_size, text.size)
    for one, other in combinations(shown, 2):
        assert apart(ink_of(one), ink_of(other)) >= 0, (one.text, other.text)
    for one, other in combinations(stage.hand.within_reach(), 2):
        assert apart(box_of(one), box_of(other)) >= PANEL.mm(3), (one.view_button, other.view_button)


@pytest.mark.parametrize("name", NAMES)
def test_a_resident_reads_nothing_smaller_than_body_size(stage: Any, folder: str, name: str) -> None:
    view = sample_views(folder)[name]
    stage.show(view)
    small = {text.text for text in texts(stage) if text.setting.size is Size.NOTE}
    allowed = {view.frame.notice, view.frame.station, view.frame.date, getattr(view.body, "code", "")}
    if not name.startswith("staff"):
        assert small <= allowed


@pytest.mark.parametrize("name", NAMES)
def test_words_of_the_view_are_all_on_the_screen(stage: Any, folder: str, name: str) -> None:
    view = sample_views(folder)[name]
    stage.show(view)
    words = stage.hand.words()
    for button in (view.frame.help, view.frame.back, view.frame.home, view.frame.finish):
        assert button is None or button.label in words
    body = view.body
    motto = isinstance(body, IdleView) and bool(body.message)  # it gives its room to why a card was not taken
    for field in ("title", "message", "greeting", "points", "name", "description", "price", "number", "reason", "code"):
        value = "" if field == "title" and motto else getattr(body, field, "")
        assert not value or value in words, value
    for _, value in (*getattr(body, "rows", ()), *getattr(body, "facts", ())):
        assert value in words


@pytest.mark.parametrize(
    "name",
    [
        "home",
        "home_total_crowded",
        "mine",
        "voucher",
        "items",
        "item",
        "confirm",
        "message_question",
        "done",
        "still_there",
    ],
)
def test_main_choices_are_larger_still(stage: Any, folder: str, name: str) -> None:
    from kiosk.screens.bottom_bar import BottomBar
    from kiosk.screens.tools import Tools

    stage.show(sample_views(folder)[name])
    bars = [widget for widget in stage.host.walk() if isinstance(widget, BottomBar | Tools)]
    others = {child for bar in bars for child in bar.children}
    main = [box_of(target) for target in stage.hand.within_reach() if target not in others]
    assert main
    assert all(box.width >= PANEL.mm(MAIN_MM[0]) and box.height >= PANEL.mm(MAIN_MM[1]) for box in main)


def test_help_is_always_in_the_same_corner(stage: Any, folder: str) -> None:
    from kiosk.actions import CallStaff

    corners = set()
    for view in sample_views(folder).values():
        if view.overlay is None:
            stage.show(view)
            box = box_of(stage.hand.find(CallStaff()))
            corners.add((box.right, box.y))
    assert len(corners) == 1


def test_confirm_is_not_where_redeem_was(stage: Any, folder: str) -> None:
    from kiosk.actions import Confirm, Redeem

    views = sample_views(folder)
    stage.show(views["item"])
    redeem = box_of(stage.hand.find(Redeem()))
    stage.show(views["confirm"])
    assert apart(redeem, box_of(stage.hand.find(Confirm()))) >= PANEL.mm(3)


@pytest.mark.parametrize("confirm", ["confirm", "confirm_for", "confirm_pieces"])
def test_a_tap_too_many_on_confirm_neither_goes_on_nor_takes_the_number_away(
    stage: Any, folder: str, confirm: str
) -> None:
    from kiosk.actions import AcceptLater, Confirm, Finish, Redeem, SetPieces

    views = sample_views(folder)
    stage.show(views[confirm])
    place = box_of(stage.hand.find(Confirm()))
    for view, goes_on in (
        ("message_later", AcceptLater()),
        ("done", Finish()),
        ("item_pieces", Redeem()),
        ("item_pieces", SetPieces(3)),
    ):
        stage.show(views[view])
        assert apart(place, box_of(stage.hand.find(goes_on))) >= PANEL.mm(3), view


def test_the_typeface_has_every_character(folder: str) -> None:
    from fontTools.ttLib import TTFont

    known = set(TTFont(REGULAR, lazy=True).getBestCmap())
    text = "".join(repr(view) for view in sample_views().values())
    assert {character for character in text if ord(character) not in known} == set()


def test_a_picture_has_the_size_of_the_panel(stage: Any, folder: str, tmp_path: Path) -> None:
    from PIL import Image

    stage.show(sample_views(folder)["home"])
    stage.hand.picture(tmp_path / "home.png")
    with Image.open(tmp_path / "home.png") as picture:
        assert picture.size == (PANEL.width_px, PANEL.height_px)
        assert picture.getpixel((2, PANEL.height_px // 2)) == (0xFB, 0xF5, 0xEA)
        assert len(picture.getcolors(1 << 20) or []) > 100
