"""Kivy's settings, made by us at every start and never read from anybody's folder.

Kivy reads environment and settings when it is imported, so ``prepare`` comes before every other module of the screens.
Exactly one input provider is set: two of them press twice, none under KMSDRM never presses.
"""

from __future__ import annotations

import os
import sys
from enum import StrEnum
from pathlib import Path

from kiosk.theme import Panel

WHOLE_FACE = "whole"
"""Name of the face with every character; the default one may lack rare ones and takes a third of the memory."""


class Touch(StrEnum):
    """Where touches come from."""

    MOUSE = "mouse"  # under cage or X, where the touch panel moves a pointer
    MTDEV = "mtdev"  # straight from the kernel under KMSDRM; needs libmtdev1 and the group input
    NONE = "none"  # tests: only what a Hand posts


_INPUT = {
    Touch.MOUSE: ("mouse", "mouse,disable_multitouch"),
    Touch.MTDEV: ("touch", "probesysfs,provider=mtdev"),
}


def prepare(
    home: Path,
    panel: Panel,
    *,
    fullscreen: bool,
    touch: str,
    regular: Path,
    bold: Path,
    frames_per_second: int = 30,
    beside_px: int = 0,
) -> None:
    """Set Kivy up for this panel and make ``regular`` and ``bold`` its only typeface.

    ``home`` is a writable folder for Kivy; it is made if missing. ``frames_per_second`` 0 means no limit (tests).
    ``beside_px`` makes the window so much wider than the panel (the demonstration); the panel stands at its left.
    Raises ``RuntimeError`` when Kivy was imported before, ``FileNotFoundError`` when a typeface is missing and
    ``ValueError`` for an unknown ``touch``.
    """
    if "kivy" in sys.modules:
        raise RuntimeError("kivy was imported before its environment was prepared")
    provider = Touch(touch)
    for face in (regular, bold):
        if not face.is_file():
            raise FileNotFoundError(f"typeface not found: {face}")
    home.mkdir(parents=True, exist_ok=True)
    os.environ.update(
        KIVY_HOME=str(home),
        KIVY_NO_ARGS="1",
        KIVY_NO_CONFIG="1",
        KIVY_NO_ENV_CONFIG="1",
        KIVY_NO_FILELOG="1",
        KIVY_NO_CONSOLELOG="1",
        KIVY_LOG_MODE="PYTHON",
    )
    size = panel.width_px + beside_px, panel.height_px
    _configure(size, fullscreen=fullscreen, provider=provider, frames_per_second=frames_per_second)
    _register(regular, bold)


def _configure(size: tuple[int, int], *, fullscreen: bool, provider: Touch, frames_per_second: int) -> None:
    from kivy.config import Config

    graphics = {
        "width": size[0],
        "height": size[1],
        "fullscreen": "auto" if fullscreen else 0,
        "borderless": int(fullscreen),
        "resizable": 0,
        "show_cursor": int(not fullscreen),
        "multisamples": 0,
        "maxfps": frames_per_second,
        "allow_screensaver": 0,
    }
    for key, value in graphics.items():
        Config.set("graphics", key, str(value))
    Config.set("kivy", "exit_on_escape", "0")
    Config.set("kivy", "log_level", "warning")
    Config.set("kivy", "pause_on_minimize", "0")
    for section in ("input", "modules"):
        for key, _ in Config.items(section):
            Config.remove_option(section, key)
    if provider in _INPUT:
        Config.set("input", *_INPUT[provider])


def _register(regular: Path, bold: Path) -> None:
    from kivy.core.text import DEFAULT_FONT, LabelBase

    LabelBase.register(WHOLE_FACE, str(regular), fn_bold=str(bold))
    small, small_bold = (face.with_name(face.name.replace("Sans", "Core")) for face in (regular, bold))
    if small.is_file() and small_bold.is_file():
        regular, bold = small, small_bold
    LabelBase.register(DEFAULT_FONT, str(regular), fn_bold=str(bold))
