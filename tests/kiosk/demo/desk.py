"""A demonstration on an X server, seen and touched from outside."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import mss
import mss.tools

ROOT = Path(__file__).parents[3]
PATIENCE_SECONDS = 60.0
POLL_SECONDS = 0.05
SETTLED_SECONDS = 0.6  # twice the time in which a changed screen takes no touch

Place = tuple[int, int]
Rgb = tuple[int, int, int]
Landmark = tuple[Place, Rgb]


def until(condition: Callable[[], bool], what: str, seconds: float = PATIENCE_SECONDS) -> None:
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError(f"waited in vain for {what}")
        time.sleep(POLL_SECONDS)


class Desk:
    """A demonstration on an X server of its own, seen and touched from outside."""

    def __init__(self, display: str, out: Path) -> None:
        self.out = out
        self._env = {
            key: value for key, value in os.environ.items() if key not in ("SDL_VIDEODRIVER", "WAYLAND_DISPLAY")
        }
        self._env["DISPLAY"] = display
        self._screen = mss.MSS(display=display)
        command = [sys.executable, "-m", "kiosk.demo", "--out", str(out)]
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=self._env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        self._left, self._top = 0, 0

    def find_window(self) -> None:
        until(lambda: self.process.poll() is not None or bool(self._windows()), "the window")
        assert self.process.poll() is None, self.process.communicate()[0]
        shell = self._xdotool("getwindowgeometry", "--shell", self._windows()[0])
        place = dict(line.split("=") for line in shell.splitlines())
        self._left, self._top = int(place["X"]), int(place["Y"])
        assert (place["WIDTH"], place["HEIGHT"]) == ("1700", "800")

    def press(self, place: Place) -> None:
        self._xdotool("mousemove", str(self._left + place[0]), str(self._top + place[1]), "mousedown", "1")
        self._xdotool("mouseup", "1")

    def shows(self, landmark: Landmark) -> bool:
        (x, y), wanted = landmark
        seen = self._screen.grab({"left": self._left + x, "top": self._top + y, "width": 1, "height": 1}).pixel(0, 0)
        return max(abs(one - other) for one, other in zip(seen, wanted, strict=True)) <= 2

    def arrive(self, landmark: Landmark, what: str, seconds: float = PATIENCE_SECONDS) -> None:
        """Wait for a screen, and until it has stood long enough to take touches."""
        until(lambda: self.shows(landmark), what, seconds)
        shown_at = time.monotonic()
        until(lambda: time.monotonic() - shown_at > SETTLED_SECONDS, "the screen to settle")

    def picture(self, path: Path) -> None:
        whole = self._screen.grab({"left": self._left, "top": self._top, "width": 1700, "height": 800})
        path.parent.mkdir(parents=True, exist_ok=True)
        mss.tools.to_png(whole.rgb, whole.size, output=str(path))

    def jobs(self) -> list[tuple[int, str]]:
        """Number and state of every attempt at a paper, read beside the running station."""
        journal = sqlite3.connect(f"file:{self.out / 'station' / 'data' / 'journal.db'}?mode=ro", uri=True)
        try:
            return journal.execute("SELECT number, state FROM print_jobs ORDER BY id").fetchall()
        finally:
            journal.close()

    def end(self, how: signal.Signals) -> tuple[int, str]:
        """Ask the demonstration to end; return its exit code and all that it said."""
        self.process.send_signal(how)
        said, _ = self.process.communicate(timeout=PATIENCE_SECONDS)
        return self.process.returncode, said

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.communicate()
        self._screen.close()

    def _windows(self) -> list[str]:
        found = subprocess.run(
            ["xdotool", "search", "--onlyvisible", "--class", "."],
            check=False,  # it fails as long as there is none
            env=self._env,
            capture_output=True,
            text=True,
        )
        return found.stdout.split()

    def _xdotool(self, *arguments: str) -> str:
        return subprocess.run(["xdotool", *arguments], env=self._env, check=True, capture_output=True, text=True).stdout
