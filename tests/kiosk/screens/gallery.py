"""Every sample view as a PNG, to be looked at: ``python -m tests.kiosk.screens.gallery FOLDER [inches wide high]``."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

from kiosk.screens.environment import prepare
from kiosk.theme import Panel, Theme
from tests.kiosk.screens.sample_views import sample_views

ROOT = Path(__file__).parents[3]


def main() -> None:
    folder = Path(sys.argv[1])
    inches, width, height = sys.argv[2:5] if len(sys.argv) > 4 else ("10.1", "1280", "800")
    panel = Panel(float(inches), int(width), int(height))
    os.environ.setdefault("SDL_VIDEODRIVER", "offscreen")
    fonts = ROOT / "build" / "fonts"
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
        draw_all(Theme(panel), folder)


def draw_all(theme: Theme, folder: Path) -> None:
    from kiosk.screens.hand import Hand
    from kiosk.screens.host import Host
    from kiosk.screens.loop import open_window

    host = Host(theme, lambda _action: None, time.monotonic)
    open_window(host)
    hand = Hand(host, time.monotonic)
    for name, view in sample_views(str(ROOT / "build" / "demo-pictures")).items():
        host.show(view)
        hand.picture(folder / f"{name}.png")
        memory = next(line for line in Path("/proc/self/status").read_text().splitlines() if "VmRSS" in line)
        print(name, memory.split()[1], "kB")


if __name__ == "__main__":
    main()
