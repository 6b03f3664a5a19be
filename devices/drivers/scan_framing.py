"""Bytes of a serial scanner → payloads. Pure: the time comes in with the bytes."""

from __future__ import annotations

import re

IDLE_SECONDS = 0.1  # a scanner sends without pausing; a gap in mid-frame means that the rest was lost
HOLD_OFF_SECONDS = 1.5  # one physical scan is one event, also while the code stays in view
FRAME_BYTES_MAX = 512

_CR, _LF = 0x0D, 0x0A
# ISO/IEC 15424: ``]``, the letter of the symbology, a modifier: ``]Q1`` before a QR code.
_AIM_PREFIX = re.compile(r"\][A-Za-z].")


class ScanFraming:
    """Frames end with CR, LF or CRLF. Holds at most ``FRAME_BYTES_MAX`` bytes; raises for nothing."""

    def __init__(self) -> None:
        self.rejected = 0
        self._frame = bytearray()
        self._overlong = False
        self._after_cr = False
        self._last_byte_at = 0.0
        self._last_payload = ""
        self._last_seen_at = 0.0

    @property
    def pending(self) -> bool:
        """Whether a frame was begun and not ended."""
        return bool(self._frame) or self._overlong

    def feed(self, data: bytes, now: float) -> list[str]:
        """Take bytes that came at ``now`` (monotonic seconds); give the payloads that they complete."""
        self.idle(now)
        payloads = []
        for byte in data:
            self._last_byte_at = now
            if byte in (_CR, _LF):
                if not (byte == _LF and self._after_cr):
                    payloads += self._end(now)
            else:
                self._take(byte)
            self._after_cr = byte == _CR
        return payloads

    def idle(self, now: float) -> None:
        """Give up a frame whose rest did not come within ``IDLE_SECONDS``."""
        if self.pending and now - self._last_byte_at >= IDLE_SECONDS:
            self.rejected += not self._overlong
            self._reset()

    def _take(self, byte: int) -> None:
        if self._overlong:
            return
        if len(self._frame) >= FRAME_BYTES_MAX:
            self._reset()
            self._overlong = True
            self.rejected += 1
            return
        self._frame.append(byte)

    def _end(self, now: float) -> list[str]:
        frame, overlong = bytes(self._frame), self._overlong
        self._reset()
        if overlong or not frame:
            return []
        if any(not 0x20 <= byte <= 0x7E for byte in frame):
            self.rejected += 1
            return []
        payload = frame.decode("ascii")
        if prefix := _AIM_PREFIX.match(payload):
            payload = payload[prefix.end() :]
        if not payload:
            self.rejected += 1
            return []
        return self._unless_repeated(payload, now)

    def _unless_repeated(self, payload: str, now: float) -> list[str]:
        repeated = payload == self._last_payload and now - self._last_seen_at < HOLD_OFF_SECONDS
        self._last_payload, self._last_seen_at = payload, now
        return [] if repeated else [payload]

    def _reset(self) -> None:
        self._frame.clear()
        self._overlong = False
