"""An ESC/POS printer at the other end of a real wire: it reads strictly and can be in any trouble."""

from __future__ import annotations

import threading

from devices.simulated.ends import End
from devices.simulated.firmware import Firmware, Full
from devices.simulated.head import BUFFER_BYTES
from devices.simulated.line import PtyLine
from devices.simulated.paper.font import Font
from devices.simulated.paper.parts import InterpretedPaper
from devices.simulated.switches import Switches

_READ_BYTES = 64


class SimulatedPrinter(Switches):
    """Real-time questions are answered at once, also in mid-job; the fence waits for its turn and for paper.

    ``dots``, ``cutter`` and ``font`` say the model, ``mute`` cuts the back channel, ``baud`` makes it read as slowly as
    a line of that speed, ``full`` says what a full buffer does. ``line`` is the wire's other end, a pty unless given.
    With ``strict=False`` it goes on after what it does not understand, as real ones do; ``oddities`` has it.
    Thread-safe; ``close`` ends its thread.
    """

    def __init__(
        self,
        *,
        dots: int = 576,
        cutter: bool = True,
        mute: bool = False,
        baud: int | None = None,
        line: End | None = None,
        font: Font = Font.GB18030,
        strict: bool = True,
        full: Full = Full.WAITS,
        buffer_bytes: int = BUFFER_BYTES,
    ) -> None:
        super().__init__(
            Firmware(
                dots=dots,
                cutter=cutter,
                font=font,
                strict=strict,
                answer=self._send,
                full=full,
                buffer_bytes=buffer_bytes,
            )
        )
        self._mute = mute
        self._baud = baud
        self._stalled = False
        self._raw = bytearray()
        self._taken = 0
        self._unplug_at: int | None = None
        self._plug(line or PtyLine())

    @property
    def path(self) -> str:
        """What the driver opens."""
        return self._line.path

    @property
    def raw(self) -> bytes:
        """Every byte received so far."""
        with self._changed:
            return bytes(self._raw)

    @property
    def papers(self) -> tuple[InterpretedPaper, ...]:
        """The finished papers. Raises ``PaperError`` when something came that no printer understands."""
        with self._changed:
            return tuple(self._firmware.head.papers)

    @property
    def lost(self) -> int:
        """Bytes that found no room in the buffer."""
        with self._changed:
            return self._firmware.head.lost

    @property
    def oddities(self) -> tuple[str, ...]:
        """What it did not understand and passed over, when not strict."""
        with self._changed:
            return tuple(self._firmware.oddities)

    def port_status(self) -> int:
        """What the USB port says of it."""
        with self._changed:
            return self._firmware.condition.port_status()

    def wait_paper(self, timeout_seconds: float) -> InterpretedPaper:
        """The next finished paper not yet given. Raises ``TimeoutError``, or ``PaperError`` like ``papers``."""
        with self._changed:
            if not self._changed.wait_for(lambda: self._firmware.head.has_news(self._taken), timeout_seconds):
                raise TimeoutError("no paper came out")
            paper = self._firmware.head.papers[self._taken]
            self._taken += 1
            return paper

    def wait_raw(self, byte_count: int, timeout_seconds: float) -> bytes:
        """Everything received, once it is at least so many bytes. Raises ``TimeoutError``."""
        with self._changed:
            if not self._changed.wait_for(lambda: len(self._raw) >= byte_count, timeout_seconds):
                raise TimeoutError(f"{len(self._raw)} bytes came, {byte_count} were awaited")
            return bytes(self._raw)

    def stall(self) -> None:
        """Stop reading the line, as a hung printer does."""
        with self._changed:
            self._stalled = True
        if not self._stopping.is_set():
            self._line.wake()

    def resume(self) -> None:
        """Read on."""
        with self._changed:
            self._stalled = False
            self._changed.notify_all()

    def unplug_after(self, byte_count: int) -> None:
        """Pull the cable by itself once so many more bytes have come."""
        with self._changed:
            self._unplug_at = len(self._raw) + byte_count

    def wait_unplugged(self, timeout_seconds: float) -> None:
        """Until ``unplug_after`` has pulled the cable. Raises ``TimeoutError``."""
        with self._changed:
            if not self._changed.wait_for(self._stopping.is_set, timeout_seconds):
                raise TimeoutError("the cable is still in")

    def unplug(self) -> None:
        """Pull the cable. A new ``SimulatedPrinter`` is another device plugged in, ``replug`` the same one."""
        self._stopping.set()
        self.resume()
        self._line.wake()
        self._thread.join()
        self._line.close()
        with self._changed:
            self._unplug_at = None  # what was to pull it later was meant for this cable

    close = unplug

    def replug(self, line: End) -> None:
        """Plug the cable in again, at ``line``. The power stayed on: it is still in the middle of what it was."""
        self.unplug()
        self._plug(line)

    def _plug(self, line: End) -> None:
        self._line = line
        self._stopping = threading.Event()
        line.attach(self.port_status)
        self._thread = threading.Thread(target=self._run, name="simulated-printer", daemon=True)
        self._thread.start()

    def _run(self) -> None:
        while not self._stopping.is_set():
            with self._changed:
                self._changed.wait_for(self._may_read)
                most = min(self._firmware.appetite(_READ_BYTES), self._bytes_to_unplugging())
            data = self._line.read(most) if most else b""
            if data and self._baud:
                self._stopping.wait(len(data) * 10 / self._baud)
            with self._changed:
                self._raw += data
                self._firmware.receive(data)
                if self._bytes_to_unplugging() <= 0:
                    self._unplug_at = None
                    self._stopping.set()
                    self._line.close()
                self._changed.notify_all()

    def _may_read(self) -> bool:
        hungry = not self._stalled and self._firmware.appetite(_READ_BYTES) > 0
        return hungry or self._stopping.is_set()

    def _bytes_to_unplugging(self) -> int:
        return _READ_BYTES if self._unplug_at is None else self._unplug_at - len(self._raw)

    def _send(self, data: bytes) -> None:
        if not self._mute:
            self._line.write(data)
