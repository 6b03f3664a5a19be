"""One scan as it comes together, whatever wire it comes on: what is a scan, what rubbish, what the same scan again.

Pure: the time comes in with each character.
"""

from __future__ import annotations

import re

IDLE_SECONDS = 0.1  # a scanner sends without pausing; a gap in mid-frame means that the rest was lost
HOLD_OFF_SECONDS = 1.5  # one physical scan is one event, also while the code stays in view
FRAME_BYTES_MAX = 512

# ISO/IEC 15424: ``]``, the letter of the symbology, a modifier: ``]Q1`` before a QR code.
_AIM_PREFIX = re.compile(r"\][A-Za-z].")


class ScanFrame:
    """Holds at most ``FRAME_BYTES_MAX`` characters. Rubbish is counted in ``rejected``, once a frame."""

    def __init__(self) -> None:
        self.rejected = 0
        self._frame = bytearray()
        self._spoiled = False
        self._last_at = 0.0
        self._last_payload = ""
        self._last_seen_at = 0.0

    def __len__(self) -> int:
        return len(self._frame)

    @property
    def pending(self) -> bool:
        """Whether a frame was begun and not ended."""
        return bool(self._frame) or self._spoiled

    def take(self, byte: int, now: float) -> None:
        """Add one character. Only printable ASCII makes a scan, and only so much of it."""
        self._last_at = now
        if self._spoiled:
            return
        if not 0x20 <= byte <= 0x7E or len(self._frame) >= FRAME_BYTES_MAX:
            self.spoil(now)
        else:
            self._frame.append(byte)

    def spoil(self, now: float) -> None:
        """The frame under way is rubbish, up to its ending or a pause."""
        self._last_at = now
        if not self._spoiled:
            self.rejected += 1
            self._frame.clear()
            self._spoiled = True

    def end(self, now: float) -> list[str]:
        """The ending came. Gives the payload without AIM prefix; nothing for rubbish, emptiness and a repetition."""
        frame, spoiled = self._frame.decode("ascii"), self._spoiled
        self._reset()
        if spoiled or not frame:
            return []
        if prefix := _AIM_PREFIX.match(frame):
            frame = frame[prefix.end() :]
        if not frame:
            self.rejected += 1
            return []
        repeated = frame == self._last_payload and now - self._last_seen_at < HOLD_OFF_SECONDS
        self._last_payload, self._last_seen_at = frame, now
        return [] if repeated else [frame]

    def idle(self, now: float) -> None:
        """Give up a frame whose rest did not come within ``IDLE_SECONDS``."""
        if self.pending and now - self._last_at >= IDLE_SECONDS:
            self.give_up()

    def give_up(self) -> None:
        """The rest of the frame will not come: the device paused, or it was unplugged in the middle."""
        self.rejected += self.pending and not self._spoiled
        self._reset()

    def _reset(self) -> None:
        self._frame.clear()
        self._spoiled = False
