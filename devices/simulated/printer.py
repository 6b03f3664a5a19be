"""An ESC/POS printer on a pty, for the real driver at ``path``: it reads strictly and can be in any trouble."""

from __future__ import annotations

import threading
from dataclasses import replace

from devices.simulated.condition import Condition
from devices.simulated.head import Head
from devices.simulated.line import PtyLine
from devices.simulated.paper.parts import InterpretedPaper

_READ_BYTES = 64
_GARBLED = 0xFF
_QUESTIONS = {b"\x10\x04" + bytes((number,)) for number in (1, 2, 3, 4)}


class SimulatedPrinter:
    """Real-time questions are answered at once, also in mid-job; the fence waits for its turn and for paper.

    ``dots`` and ``cutter`` say the model, ``mute`` cuts the back channel, ``baud`` makes it read as slowly as a line of
    that speed. Thread-safe; ``close`` ends its thread.
    """

    def __init__(self, *, dots: int = 576, cutter: bool = True, mute: bool = False, baud: int | None = None) -> None:
        self._line = PtyLine()
        self._mute = mute
        self._baud = baud
        self._head = Head(dots=dots, cutter=cutter, on_fence=self._answer_fence)
        self._condition = Condition()
        self._changed = threading.Condition(threading.RLock())
        self._stopping = threading.Event()
        self._stalled = self._babbling = False
        self._raw, self._recent = bytearray(), b""
        self._taken = 0
        self._thread = threading.Thread(target=self._run, name="simulated-printer", daemon=True)
        self._thread.start()

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
            return tuple(self._head.papers)

    def wait_paper(self, timeout_seconds: float) -> InterpretedPaper:
        """The next finished paper not yet given. Raises ``TimeoutError``, or ``PaperError`` like ``papers``."""
        with self._changed:
            if not self._changed.wait_for(lambda: self._head.has_news(self._taken), timeout_seconds):
                raise TimeoutError("no paper came out")
            paper = self._head.papers[self._taken]
            self._taken += 1
            return paper

    def wait_raw(self, byte_count: int, timeout_seconds: float) -> bytes:
        """Everything received, once it is at least so many bytes. Raises ``TimeoutError``."""
        with self._changed:
            if not self._changed.wait_for(lambda: len(self._raw) >= byte_count, timeout_seconds):
                raise TimeoutError(f"{len(self._raw)} bytes came, {byte_count} were awaited")
            return bytes(self._raw)

    def take_paper_out(self, after_bytes: int = 0) -> None:
        """No paper: at once, or once so many bytes of a job were printed (counted from its first mark on paper)."""
        with self._changed:
            if after_bytes:
                self._head.roll_bytes = after_bytes
            else:
                self._change(paper_out=True)

    def put_paper_in(self) -> None:
        """A new roll. What was still waiting in the printer prints now, as with a real one."""
        self._head.roll_bytes = None
        self._change(paper_out=False, near_end=False)

    def run_low(self) -> None:
        """Paper near its end."""
        self._change(near_end=True)

    def open_cover(self) -> None:
        """The cover is open."""
        self._change(cover_open=True)

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
        self._head.held = True

    def release(self) -> None:
        """Print on."""
        self._head.held = False
        self._change()

    def babble(self) -> None:
        """Answer nonsense from now on, as with a wrong baud rate."""
        self._babbling = True

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

    def unplug(self) -> None:
        """Pull the cable. A new ``SimulatedPrinter`` is the device plugged in again."""
        if self._stopping.is_set():
            return
        self._stopping.set()
        self.resume()
        self._line.wake()
        self._thread.join()
        self._line.close()

    close = unplug

    def _run(self) -> None:
        while not self._stopping.is_set():
            with self._changed:
                self._changed.wait_for(lambda: not self._stalled)
            data = self._line.read(_READ_BYTES)
            if data and self._baud:
                self._stopping.wait(len(data) * 10 / self._baud)
            with self._changed:
                self._receive(data)
                self._changed.notify_all()

    def _receive(self, data: bytes) -> None:
        self._raw += data
        self._head.take(data)
        for byte in data:
            self._recent = (self._recent + bytes((byte,)))[-3:]
            if self._recent in _QUESTIONS:
                self._answer(self._condition.real_time_answer(byte))
        self._process()

    def _process(self) -> None:
        if self._condition.ready and self._head.paper_ended():
            self._condition = replace(self._condition, paper_out=True)

    def _change(self, **sensors: bool) -> None:
        with self._changed:
            self._condition = replace(self._condition, **sensors)
            self._process()
            self._changed.notify_all()

    def _answer_fence(self) -> None:
        self._answer(self._condition.fence_answer())

    def _answer(self, byte: int) -> None:
        if not self._mute:
            self._line.write(bytes((_GARBLED if self._babbling else byte,)))
