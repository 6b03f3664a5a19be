"""Records of a scanner's event node → payloads. Pure: the time comes in with the records."""

from __future__ import annotations

from collections.abc import Collection

from devices.drivers.keyboard import layout
from devices.drivers.keyboard.records import EV_KEY, EV_SYN, SYN_DROPPED, InputEvent, Records
from devices.drivers.scan_frame import IDLE_SECONDS, ScanFrame

_UP, _DOWN = 0, 1  # 2 is a repetition of the kernel's own, for a key that is held


class KeyFraming:
    """Frames end with one of the keys ``endings``; what a frame may hold says ``ScanFrame``. Raises for nothing."""

    def __init__(self, endings: Collection[int] = (layout.ENTER, layout.KEYPAD_ENTER)) -> None:
        self._endings = frozenset(endings)
        self._records = Records()
        self._frame = ScanFrame()
        self._held: set[int] = set()
        self._caps = False
        self._last_at = 0.0

    @property
    def rejected(self) -> int:
        """How many frames were rubbish."""
        return self._frame.rejected

    @property
    def pending(self) -> bool:
        """Whether a frame was begun and not ended."""
        return self._frame.pending

    def feed(self, data: bytes, now: float) -> list[str]:
        """Take bytes that were read at ``now`` (monotonic seconds); give the payloads that they complete.

        Pauses are judged by the events' own times: a reader that was held up for a moment loses no scan.
        """
        payloads = []
        for event in self._records.feed(data):
            if event.kind == EV_SYN and event.code == SYN_DROPPED:
                self._overrun(now)
            elif event.kind == EV_KEY:
                self._pause(event.at)
                payloads += self._key(event, now)
        return payloads

    def idle(self, now: float) -> None:
        """Nothing came up to ``now``: give up a frame that stopped in the middle."""
        self._frame.idle(now)

    def lost(self) -> None:
        """The node went away: nothing that was held is held, and no older frame goes on."""
        self._records.forget()
        self._frame.give_up()
        self._release()

    def _key(self, event: InputEvent, now: float) -> list[str]:
        key = event.code
        if key in layout.SHIFTS or key in layout.SILENCERS:
            (self._held.discard if event.value == _UP else self._held.add)(key)
        elif event.value != _DOWN or key in layout.LOCKS:
            pass
        elif key == layout.CAPS_LOCK:
            self._caps = not self._caps
        elif key in self._endings:
            self._caps = False
            return self._frame.end(now)
        else:
            self._write(key, now)
        return []

    def _write(self, key: int, now: float) -> None:
        sign = layout.character(key, shift=bool(self._held & layout.SHIFTS), caps=self._caps)
        if not sign or self._held & layout.SILENCERS:
            self._frame.spoil(now)
        else:
            self._frame.take(ord(sign), now)

    def _overrun(self, now: float) -> None:
        """The kernel threw events away. What is held is unknown now, and so is what the frame under way lacks."""
        self._release()
        self._frame.spoil(now)

    def _pause(self, at: float) -> None:
        """After a pause a new frame begins. A release that got lost must not turn every later digit into a sign."""
        if at - self._last_at >= IDLE_SECONDS:
            self._frame.give_up()
            self._release()
        self._last_at = at

    def _release(self) -> None:
        self._held.clear()
        self._caps = False
