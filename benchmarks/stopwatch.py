"""The other end of the printer's wire with a stopwatch: it answers at once and prints nothing.

So the time of a printer, real or simulated, is in no figure: only when its last byte arrived.
"""

from __future__ import annotations

import re
import threading
import time

from devices.simulated.line import PtyLine

_QUESTION = re.compile(rb"\x10\x04[\x01-\x04]|\x1d\x72\x01")
_FENCE = b"\x1d\x72\x01"
_WELL, _FENCE_ANSWER = b"\x12", b"\x00"


class Stopwatch:
    """``path`` is what the driver opens; ``jobs`` holds (bytes, when the last one arrived) of each job."""

    def __init__(self) -> None:
        self._line = PtyLine()
        self._changed = threading.Condition()
        self._jobs: list[tuple[int, float]] = []
        self._size = 0
        self._stopping = False
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    @property
    def path(self) -> str:
        """What the driver opens."""
        return self._line.path

    @property
    def jobs(self) -> list[tuple[int, float]]:
        """The jobs so far."""
        with self._changed:
            return list(self._jobs)

    def wait_job(self, count: int, seconds: float) -> tuple[int, float]:
        """Return job number ``count``, counted from 1, once it is here. Raises ``TimeoutError``."""
        with self._changed:
            if not self._changed.wait_for(lambda: len(self._jobs) >= count, seconds):
                raise TimeoutError(f"{len(self._jobs)} jobs came, {count} were awaited")
            return self._jobs[count - 1]

    def close(self) -> None:
        """Pull the cable."""
        self._stopping = True
        self._line.wake()
        self._thread.join()
        self._line.close()

    def _run(self) -> None:
        waiting = b""
        while not self._stopping:
            data = self._line.read(4096)
            arrived = time.monotonic()
            waiting += data
            self._size += len(data)
            end = 0
            for question in _QUESTION.finditer(waiting):
                end = question.end()
                if question[0] == _FENCE:
                    self._finish(arrived)
                    self._line.write(_FENCE_ANSWER)
                else:
                    self._size -= len(question[0])  # questions are asked between jobs too: they are not the paper's
                    self._line.write(_WELL)
            waiting = waiting[max(end, len(waiting) - 2) :]

    def _finish(self, arrived: float) -> None:
        with self._changed:
            if self._size > 100:  # a fence alone only settles the line
                self._jobs.append((self._size, arrived))
                self._changed.notify_all()
            self._size = 0
