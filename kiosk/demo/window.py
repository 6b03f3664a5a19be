"""The demonstration in a window: the kiosk as it is at the left, and a panel with cards and papers at its right."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any

from rich.console import Console

from kiosk.app import run
from kiosk.demo import texts
from kiosk.demo.bench import Bench, set_up
from kiosk.system import Machine

if TYPE_CHECKING:
    from kiosk.screens.host import Host

console = Console(highlight=False, soft_wrap=True)
PANEL_PX = 420


def play(out: Path, fonts: Path) -> int:
    """Open the window and stay until it is closed or the process is asked to end (SIGINT, SIGTERM).

    The station is made anew in ``out``; pictures of the papers go to ``out/papers``. Returns the exit code.
    """
    station, papers = _emptied(out.absolute() / "station"), _emptied(out.absolute() / "papers")
    (out / ".yizhan-tour").touch()  # a later tour may empty this folder
    with _asked_to_end() as ending:
        console.print(texts.PREPARING)
        bench = set_up(station, fonts.absolute(), Machine(trust_clock=True), touch="mouse", web=True)
        try:
            _only_a_real_display()
            code = _run(bench, out, papers, ending)
        except SystemExit:  # how Kivy says that it got no window
            console.print(texts.NO_WINDOW)
            return 1
        finally:
            bench.close()
    console.print(texts.ENDED)
    return code


def _only_a_real_display() -> None:
    """Without this, SDL and Kivy would go on to drivers that nobody sees when the display cannot be reached."""
    os.environ.setdefault("SDL_VIDEODRIVER", "x11" if os.environ.get("DISPLAY") else "wayland")
    os.environ.setdefault("KIVY_WINDOW", "sdl2")


def _run(bench: Bench, out: Path, papers: Path, ending: Event) -> int:
    def around(host: Host) -> Any:
        from kiosk.demo.stage import after_first_frame, stand  # Kivy may only be imported once its settings are made

        glass = host.theme.panel
        wanted = glass.width_px + PANEL_PX, glass.height_px
        after_first_frame(lambda size: _tell(out, bench, wanted, size))
        return stand(host, bench, PANEL_PX, papers, ending)

    return run(replace(bench.start, beside_px=PANEL_PX, around=around))


def _tell(out: Path, bench: Bench, wanted: tuple[int, int], size: tuple[int, int]) -> None:
    panel = bench.start.settings.station.panel
    cards, papers = out / "station" / "cards" / "*.png", out / "papers" / "*.png"
    for line in texts.STARTED:
        console.print(line.format(width=panel.width_px, height=panel.height_px, cards=cards, papers=papers))
    console.print(texts.OFFICE.format(address=bench.town.address, password=bench.town.password))
    if size[0] < wanted[0] or size[1] < wanted[1]:
        console.print(texts.SMALL_SCREEN.format(width=wanted[0], height=wanted[1]))


@contextmanager
def _asked_to_end() -> Iterator[Event]:
    """Note SIGINT and SIGTERM instead of being torn out of a frame; put the former handlers back afterwards."""
    ending = Event()
    former = {number: signal.signal(number, lambda *_: ending.set()) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield ending
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)


def _emptied(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder
