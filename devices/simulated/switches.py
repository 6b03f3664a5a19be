"""The troubles that a simulated printer can be put into, by hand or from a test."""

from __future__ import annotations

import threading

from devices.simulated.firmware import Firmware


class Switches:
    """Everything that a person, a roll of paper or bad luck does to a printer. Thread-safe."""

    def __init__(self, firmware: Firmware) -> None:
        self._firmware = firmware
        self._changed = threading.Condition(threading.RLock())

    def take_paper_out(self, after_bytes: int = 0) -> None:
        """No paper: at once, or once so many bytes of a job were printed (counted from its first mark on paper)."""
        self._now_or_later("paper_out", after_bytes)

    def put_paper_in(self) -> None:
        """A new roll. What was still waiting in the printer prints now, as with a real one."""
        with self._changed:
            self._firmware.head.prints_bytes = None
            self._change(paper_out=False, near_end=False)

    def run_low(self) -> None:
        """Paper near its end."""
        self._change(near_end=True)

    def open_cover(self, after_bytes: int = 0) -> None:
        """The cover is open: at once, or as in ``take_paper_out``."""
        self._now_or_later("cover_open", after_bytes)

    def close_cover(self) -> None:
        """The cover is shut."""
        self._change(cover_open=False)

    def jam_cutter(self) -> None:
        """The blade is stuck."""
        self._change(cutter_jammed=True)

    def overheat(self) -> None:
        """The head is too hot; it would recover by itself."""
        self._change(overheated=True)

    def break_down(self) -> None:
        """A fault that only a repair mends."""
        self._change(broken=True)

    def go_offline(self) -> None:
        """Switched offline, by its button for one."""
        self._change(offline=True)

    def mend(self) -> None:
        """Cutter, head, faults and being offline: all well again."""
        self._change(cutter_jammed=False, overheated=False, broken=False, offline=False)

    def hold(self) -> None:
        """Print nothing for now and say that all is well, as a slow head with a large buffer does."""
        with self._changed:
            self._firmware.head.held = True

    def release(self) -> None:
        """Print on."""
        with self._changed:
            self._firmware.head.held = False
            self._change()

    def blink(self) -> None:
        """Lose the power and be up again at once: what was waiting is gone, and pushing is off."""
        with self._changed:
            self._firmware.boot()
            self._change()

    def babble(self) -> None:
        """Answer nonsense from now on, as with a wrong baud rate."""
        with self._changed:
            self._firmware.babbling = True

    def ignore_real_time(self) -> None:
        """Leave ``DLE EOT`` unanswered, as much cheap firmware does."""
        with self._changed:
            self._firmware.deaf_in_real_time = True

    def _now_or_later(self, sensor: str, after_bytes: int) -> None:
        with self._changed:
            if after_bytes:
                self._firmware.change_after(after_bytes, sensor)
            else:
                self._change(**{sensor: True})

    def _change(self, **sensors: bool) -> None:
        with self._changed:
            self._firmware.change(**sensors)
            self._changed.notify_all()
