"""One Kivy window for the whole session: Kivy keeps its state in the process, so it is set up once."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.theme import Panel, Theme

ROOT = Path(__file__).parents[3]
REGULAR = ROOT / "build" / "fonts" / "YizhanSans-Regular.otf"
BOLD = ROOT / "build" / "fonts" / "YizhanSans-Bold.otf"
PANEL = Panel(10.1, 1280, 800)


@pytest.fixture(scope="session")
def theme(tmp_path_factory: pytest.TempPathFactory) -> Theme:
    """The theme of the test panel; the window is ready to be opened once this exists."""
    from kiosk.screens.environment import prepare

    os.environ["SDL_VIDEODRIVER"] = "offscreen"
    home = tmp_path_factory.mktemp("kivy")
    prepare(home, PANEL, fullscreen=False, touch="none", regular=REGULAR, bold=BOLD, frames_per_second=0)
    return Theme(PANEL)


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A folder with pictures of goods: plain squares are enough to test with."""
    from PIL import Image

    made = tmp_path_factory.mktemp("pictures")
    for number, name in enumerate(("rice", "oil", "eggs", "salt", "thermos")):
        Image.new("RGBA", (300, 200), (40 * number, 120, 90, 255)).save(made / f"{name}.png")
    (made / "umbrella.png").write_bytes(b"this is no picture")
    return str(made)


class Stage:
    """A host in the window, a clock that stands until it is moved, and the actions that came out."""

    def __init__(self, theme: Theme) -> None:
        from kiosk.actions import Action
        from kiosk.screens.hand import Hand
        from kiosk.screens.host import Host
        from kiosk.screens.loop import open_window

        self.now = 1000.0
        self.actions: list[Action] = []
        self.host = Host(theme, self.actions.append, lambda: self.now)
        open_window(self.host)
        self.hand = Hand(self.host, lambda: self.now)

    def show(self, view: object) -> None:
        """Show a view and let it settle."""
        self.host.show(view)  # type: ignore[arg-type]
        self.now += 1.0
        self.hand.pump()


@pytest.fixture
def stage(theme: Theme) -> Iterator[Stage]:
    made = Stage(theme)
    yield made
    made.host.parent.remove_widget(made.host)
