"""A resident ID card reader on a pty, for the real driver at ``path``: cards are laid, and anything can go wrong."""

from __future__ import annotations

import threading
from collections import defaultdict, deque
from collections.abc import Callable

from devices.simulated.idcard.card import SimulatedCard
from devices.simulated.idcard.module import Module
from devices.simulated.line import PtyLine

_READ_BYTES = 64
_PACED_BYTES = 32

Spoil = Callable[[bytes], bytes]


class SimulatedCardReader:
    """``finds_again`` says the firmware (see ``Module``), ``baud`` makes it send as slowly as a line of that speed.

    Thread-safe; ``close`` ends its thread. Names of commands: ``reset``, ``status``, ``sam id``, ``find``, ``select``,
    ``read``.
    """

    def __init__(self, *, finds_again: bool = True, baud: int | None = None) -> None:
        self.baud = baud or 115200
        self._line = PtyLine()
        self._paced = baud is not None
        self._module = Module(finds_again=finds_again)
        self._spoils: defaultdict[str, deque[Spoil]] = defaultdict(deque)
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        self._silent = False
        self._plugged = True
        self._left: int | None = None
        self._thread = threading.Thread(target=self._run, name="simulated-idcard", daemon=True)
        self._thread.start()

    @property
    def path(self) -> str:
        """What the driver opens."""
        return self._line.path

    @property
    def plugged(self) -> bool:
        """Whether the cable is in."""
        with self._lock:
            return self._plugged

    @property
    def asked(self) -> tuple[str, ...]:
        """Every command received so far: its name, or its bytes in hex if no driver should send it."""
        with self._lock:
            return tuple(self._module.asked)

    def lay(self, card: SimulatedCard) -> None:
        """A card is laid on the reader, in place of any that lies there."""
        with self._lock:
            self._module.lay(card)

    def lift(self) -> None:
        """The card is taken away."""
        with self._lock:
            self._module.lay(None)

    def lift_after_select(self) -> None:
        """The next card that is selected is taken away before it can be read."""
        with self._lock:
            self._module.lift_after_select = True

    def fail_with(self, sw3: int, command: str = "read", times: int = 1) -> None:
        """Answer the next ``times`` commands with this status."""
        with self._lock:
            self._module.fail(command, sw3, times)

    def corrupt_checksum(self, command: str = "read", times: int = 1) -> None:
        """The next answers end in a wrong check."""
        self._spoil(command, lambda frame: frame[:-1] + bytes((frame[-1] ^ 0x5A,)), times)

    def cut_short(self, keep_bytes: int, command: str = "read", times: int = 1) -> None:
        """Of the next answers only the first bytes arrive."""
        self._spoil(command, lambda frame: frame[:keep_bytes], times)

    def make_noise(self, noise: bytes, command: str = "read", times: int = 1) -> None:
        """Before the next answers something else is heard."""
        self._spoil(command, lambda frame: noise + frame, times)

    def send(self, raw: bytes) -> None:
        """Any bytes at all, unasked; nothing happens when unplugged."""
        with self._lock:
            if self._plugged:
                self._line.write(raw)

    def fall_silent(self) -> None:
        """Answer nothing any more."""
        with self._lock:
            self._silent = True

    def speak(self) -> None:
        """Answer again."""
        with self._lock:
            self._silent = False

    def unplug_after(self, byte_count: int) -> None:
        """Pull the cable once so many more bytes were sent."""
        with self._lock:
            self._left = byte_count

    def unplug(self) -> None:
        """Pull the cable. A new ``SimulatedCardReader`` is the device plugged in again."""
        with self._lock:
            self._stopping.set()
            if self._plugged:
                self._line.wake()
        self._thread.join()

    close = unplug

    def _run(self) -> None:
        while not self._stopping.is_set():
            data = self._line.read(_READ_BYTES)
            with self._lock:
                answers = self._module.take(data)
                silent = self._silent
            for name, frame in answers:
                if not silent:
                    self._send(self._spoils[name].popleft()(frame) if self._spoils[name] else frame)
        with self._lock:
            self._plugged = False
            self._line.close()

    def _send(self, frame: bytes) -> None:
        size = _PACED_BYTES if self._paced else max(1, len(frame))
        for start in range(0, len(frame), size):
            piece = frame[start : start + size]
            with self._lock:
                if self._left is not None:
                    piece = piece[: self._left]
                    self._left -= len(piece)
                    if not self._left:
                        self._stopping.set()
            if self._paced:
                self._stopping.wait(len(piece) * 10 / self.baud)
            self._line.write(piece)
            if self._stopping.is_set():
                return

    def _spoil(self, command: str, spoil: Spoil, times: int) -> None:
        with self._lock:
            self._spoils[command].extend([spoil] * times)
