"""The demonstration's window inside: the kiosk at the left, as large as its panel, and the side panel beside it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event

from kivy.core.window import Window
from kivy.uix.floatlayout import FloatLayout

from kiosk.demo import texts
from kiosk.demo.bench import Bench
from kiosk.demo.panel import SidePanel
from kiosk.screens.box import Box
from kiosk.screens.host import Host
from kiosk.screens.loop import close
from kiosk.screens.ui_thread import every, post_to_ui

LOOK_SECONDS = 0.1


def stand(host: Host, bench: Bench, beside_px: int, papers: Path, ending: Event) -> FloatLayout:
    """Put both into one root widget. Frames end soon after ``ending`` is set. Call it once the window exists."""
    glass = host.theme.panel
    host.size_hint, host.size = (None, None), (glass.width_px, glass.height_px)
    panel = SidePanel(bench, Box(glass.width_px, 0, beside_px, glass.height_px), papers)
    root = FloatLayout()
    root.add_widget(host)
    root.add_widget(panel)  # last, so that it is asked first: the host takes every touch while a screen settles
    Window.set_title(texts.TITLE)

    def look() -> None:
        if ending.is_set():
            close()
        else:
            panel.look()

    every(LOOK_SECONDS, look)
    return root


def after_first_frame(tell: Callable[[tuple[int, int]], None]) -> None:
    """Call ``tell`` with the size that the window really got, in pixels."""
    post_to_ui(lambda: tell((Window.width, Window.height)))
