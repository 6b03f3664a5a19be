"""Bytes of a serial scanner → payloads. Pure: the time comes in with the bytes."""

from __future__ import annotations

from devices.drivers.scan_frame import ScanFrame

_CR, _LF = 0x0D, 0x0A


class ScanFraming:
    """Frames end with CR, LF or CRLF; what a frame may hold says ``ScanFrame``. Raises for nothing."""

    def __init__(self) -> None:
        self._frame = ScanFrame()
        self._after_cr = False

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

        When they were read says nothing of when they came: a thread that had to wait for the processor finds both
        halves of a scan in the kernel's buffer. Only ``idle`` ends a frame early.
        """
        payloads = []
        for byte in data:
            if byte in (_CR, _LF):
                if not (byte == _LF and self._after_cr):
                    payloads += self._frame.end(now)
            else:
                self._frame.take(byte, now)
            self._after_cr = byte == _CR
        return payloads

    def idle(self, now: float) -> None:
        """Nothing came up to ``now``: give up a frame that stopped in the middle."""
        self._frame.idle(now)

    def lost(self) -> None:
        """The line went away: what another device sends belongs to no older frame."""
        self._frame.give_up()
        self._after_cr = False
