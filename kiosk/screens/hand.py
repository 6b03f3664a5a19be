"""A hand for tests and tours: finds what can be pressed, touches it, waits, and takes pictures.

Whoever uses a hand turns the frames himself: call ``loop.open_window(root)`` and never ``loop.run()``; every method
here pumps. That one way serves pytest and a tour alike, under ``SDL_VIDEODRIVER=offscreen`` and on a real panel.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kivy.base import EventLoop
from kivy.core.window import Window
from kivy.graphics.opengl import GL_RGB, GL_UNSIGNED_BYTE, glReadPixels
from kivy.input.motionevent import MotionEvent
from kivy.uix.widget import Widget

from kiosk.actions import Action
from kiosk.dimness import Dimness
from kiosk.screens.overlay import StillThereOverlay
from kiosk.screens.pressable import Pressable
from kiosk.screens.text import Text


class HandError(AssertionError):
    """Nothing there to press, or what was waited for did not happen."""


class Fingertip(MotionEvent):
    """One touch at a place given in parts of the window."""

    def __init__(self, number: int, x: float, y: float) -> None:
        super().__init__("hand", number, {"x": x, "y": y}, is_touch=True, type_id="touch")

    def depack(self, args: Any) -> None:
        """Take the place over."""
        self.sx, self.sy = args["x"], args["y"]
        self.profile = ["pos"]
        super().depack(args)


class Hand:
    """``clock`` gives seconds that never go back; it only limits waiting."""

    def __init__(self, root: Widget, clock: Callable[[], float]) -> None:
        self._root, self._clock = root, clock
        self._touches = 0

    def pump(self, frames: int = 1) -> None:
        """Turn so many frames: input, clock events, drawing."""
        for _ in range(frames):
            EventLoop.idle()

    def layer(self) -> list[Widget]:
        """Every widget that is in front: all of them, or an overlay's."""
        widgets = list(self._root.walk())
        over = next((widget for widget in widgets if isinstance(widget, StillThereOverlay)), None)
        return list(over.walk()) if over else widgets

    def within_reach(self) -> list[Pressable]:
        """Everything that can be touched now; under an overlay only what it offers."""
        return [widget for widget in self.layer() if isinstance(widget, Pressable)]

    def is_bright(self) -> bool:
        """Whether the screen takes touches for its buttons, and does not rest."""
        view = getattr(self._root, "view", None)
        return view is None or view.dimness is Dimness.BRIGHT

    def words(self) -> list[str]:
        """All texts on the screen."""
        return [widget.text for widget in self._root.walk() if isinstance(widget, Text) and widget.text]

    def find(self, wanted: Action | type | str) -> Pressable:
        """What stands for an action, for any action of a kind, or what is labelled so. Raises ``HandError``."""
        for widget in self.within_reach():
            if wanted == widget.action or (isinstance(wanted, type) and isinstance(widget.action, wanted)):
                return widget
            if isinstance(wanted, str) and widget.view_button is not None and widget.view_button.label == wanted:
                return widget
        raise HandError(f"nothing to press for {wanted!r}; on the screen: {self.words()}")

    def press(self, wanted: Action | type | str) -> None:
        """Touch the middle of it and lift the finger."""
        x, y = self.find(wanted).center
        self.touch(x, y)

    def touch(self, x: float, y: float) -> None:
        """Touch the window at a place in pixels and lift the finger, a frame apart."""
        finger = self.put_down(x, y)
        self.pump()
        self.lift(finger)

    def put_down(self, x: float, y: float) -> Fingertip:
        """Put a finger down and leave it there."""
        self._touches += 1
        finger = Fingertip(self._touches, x / max(1, Window.width - 1), y / max(1, Window.height - 1))
        EventLoop.post_dispatch_input("begin", finger)
        return finger

    def lift(self, finger: Fingertip) -> None:
        """Lift that finger."""
        EventLoop.post_dispatch_input("end", finger)
        self.pump()

    def wait(self, condition: Callable[[], bool], what: str, seconds: float = 5.0) -> None:
        """Turn frames until ``condition`` holds. Raises ``HandError`` naming ``what`` after so many seconds."""
        end = self._clock() + seconds
        while not condition():
            if self._clock() > end:
                raise HandError(f"waited {seconds} s in vain for {what}; on the screen: {self.words()}")
            self.pump()

    def pixels(self) -> tuple[int, int, bytes]:
        """Width, height and RGB of the window as it is now, the lowest row first."""
        self.pump(2)
        Window.dispatch("on_draw")
        width, height = Window.size
        return width, height, bytes(glReadPixels(0, 0, width, height, GL_RGB, GL_UNSIGNED_BYTE))

    def picture(self, path: Path) -> None:
        """Save what is on the screen as a PNG of exactly the window's size."""
        width, height, pixels = self.pixels()
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(png(width, height, pixels))


def png(width: int, height: int, pixels: bytes) -> bytes:
    """A PNG (ISO/IEC 15948) of RGB rows, the lowest row first."""
    rows = (pixels[at * width * 3 : (at + 1) * width * 3] for at in range(height - 1, -1, -1))
    packed = zlib.compress(b"".join(b"\0" + row for row in rows), 6)
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", packed) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
