"""Every sample view as a PNG, to be looked at.

``python -m tests.kiosk.screens.gallery FOLDER [--panel 10|13|15] [--large] [--contrast] [--english] [NAME …]``
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from kiosk.look import CHINESE, ENGLISH, Look
from kiosk.screens.environment import prepare
from kiosk.theme import Panel, Theme
from kiosk.views import View
from tests.kiosk.screens.sample_views import sample_views
from tests.kiosk.screens.state_views import state_views

ROOT = Path(__file__).parents[3]
PANELS = {"10": Panel(10.1, 1280, 800), "13": Panel(13.3, 1920, 1080), "15": Panel(15.6, 1920, 1080)}


def main() -> None:
    wanted = _arguments()
    os.environ.setdefault("SDL_VIDEODRIVER", "offscreen")
    fonts = ROOT / "build" / "fonts"
    panel = PANELS[wanted.panel]
    with tempfile.TemporaryDirectory() as home:
        prepare(
            Path(home),
            panel,
            fullscreen=False,
            touch="none",
            regular=fonts / "YizhanSans-Regular.otf",
            bold=fonts / "YizhanSans-Bold.otf",
            frames_per_second=0,
        )
        look = Look(wanted.large, wanted.contrast, ENGLISH if wanted.english else CHINESE)
        draw_all(Theme(panel), look, wanted.folder, wanted.names)


def draw_all(theme: Theme, look: Look, folder: Path, names: list[str]) -> None:
    from kiosk.screens.hand import Hand
    from kiosk.screens.host import Host
    from kiosk.screens.loop import open_window

    host = Host(theme, lambda _action: None, time.monotonic)
    open_window(host)
    hand = Hand(host, time.monotonic)
    for name, view in _views(look.language).items():
        if names and name not in names:
            continue
        host.show(replace(view, look=look))
        hand.picture(folder / f"{name}.png")
        memory = next(line for line in Path("/proc/self/status").read_text().splitlines() if "VmRSS" in line)
        print(name, memory.split()[1], "kB")


def _views(language: str) -> dict[str, View]:
    """The samples; in English what the station really says in every state."""
    samples = sample_views(str(ROOT / "build" / "demo-pictures"))
    return samples if language == CHINESE else state_views(language)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--panel", choices=sorted(PANELS), default="10")
    for flag in ("--large", "--contrast", "--english"):
        parser.add_argument(flag, action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    main()
