"""The QR scanner in keyboard mode, read at its event node, not where its characters would be typed."""

from __future__ import annotations

from collections.abc import Collection

from devices.drivers.keyboard import layout
from devices.drivers.keyboard.finding import Locate
from devices.drivers.keyboard.framing import KeyFraming
from devices.drivers.keyboard.node import Calls, EventNode
from devices.drivers.line_scanner import LineScanner
from devices.ports import Clock

ENDINGS = {"enter": layout.ENTER, "keypad_enter": layout.KEYPAD_ENTER, "tab": layout.TAB}


class KeyboardScanner(LineScanner):
    """A scanner that types. ``locate`` says which node it is, ``endings`` (of ``ENDINGS``) what ends a code.

    Implements ``Scanner``.
    """

    def __init__(
        self,
        *,
        locate: Locate,
        clock: Clock,
        endings: Collection[str] = ("enter", "keypad_enter"),
        calls: Calls | None = None,
    ) -> None:
        node = EventNode(locate=locate, clock=clock, calls=calls)
        framing = KeyFraming([ENDINGS[name] for name in endings])
        super().__init__(line=node, framing=framing, clock=clock)
