"""The inside of the simulated printer: what it was sent and has not printed yet, and the end of the roll."""

from __future__ import annotations

from devices.simulated.paper.interpreter import Interpreter
from devices.simulated.paper.parts import InterpretedPaper, PaperError

BUFFER_BYTES = 1 << 20


class Head:
    """Prints byte by byte, so that it can stop anywhere. Not thread-safe; the printer around it is.

    What finds no room in ``buffer_bytes`` is lost and counted in ``lost``: the line around it should have stopped.
    """

    def __init__(self, interpreter: Interpreter, *, buffer_bytes: int = BUFFER_BYTES) -> None:
        self._interpreter = interpreter
        self._waiting = bytearray()
        self._buffer_bytes = buffer_bytes
        self._error: PaperError | None = None
        self.held = False
        self.lost = 0
        self.prints_bytes: int | None = None  # until something goes wrong; None: nothing will

    @property
    def papers(self) -> list[InterpretedPaper]:
        """The finished papers. Raises ``PaperError`` when something came that no printer understands."""
        if self._error is not None:
            raise self._error
        return self._interpreter.papers

    @property
    def room(self) -> int:
        """How many more bytes find room."""
        return self._buffer_bytes - len(self._waiting)

    @property
    def filled(self) -> float:
        """How full the buffer is, 0 to 1."""
        return len(self._waiting) / self._buffer_bytes

    def has_news(self, seen: int) -> bool:
        """Whether there are more than ``seen`` papers, or an error."""
        return self._error is not None or len(self._interpreter.papers) > seen

    def take(self, data: bytes) -> None:
        """Receive bytes into the buffer."""
        kept = data[: self.room]
        self.lost += len(data) - len(kept)
        self._waiting += kept

    def forget(self) -> None:
        """What was waiting is gone, and nothing holds it any more."""
        self._waiting.clear()
        self.held, self.prints_bytes = False, None

    def stopped(self) -> bool:
        """Print what is waiting. ``True`` when ``prints_bytes`` were printed since the first mark on a paper."""
        done = 0
        try:
            while done < len(self._waiting) and not self.held and self._error is None:
                if self.prints_bytes is not None and self._interpreter.page.begun:
                    if not self.prints_bytes:
                        self.prints_bytes = None
                        return True
                    self.prints_bytes -= 1
                done += 1
                try:
                    self._interpreter.feed(self._waiting[done - 1 : done])
                except PaperError as error:
                    self._error = error
        finally:
            del self._waiting[:done]
        return False
