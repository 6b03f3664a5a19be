"""The inside of the simulated printer: what it was sent and has not printed yet, and the end of the roll."""

from __future__ import annotations

from collections.abc import Callable

from devices.simulated.paper.interpreter import Interpreter
from devices.simulated.paper.parts import InterpretedPaper, PaperError


class Head:
    """Prints byte by byte, so that it can stop anywhere. Not thread-safe; the printer around it is."""

    def __init__(self, *, dots: int, cutter: bool, on_fence: Callable[[], None]) -> None:
        self._interpreter = Interpreter(dots=dots, cutter=cutter, on_fence=on_fence)
        self._waiting = bytearray()
        self._error: PaperError | None = None
        self.held = False
        self.roll_bytes: int | None = None

    @property
    def papers(self) -> list[InterpretedPaper]:
        """The finished papers. Raises ``PaperError`` when something came that no printer understands."""
        if self._error is not None:
            raise self._error
        return self._interpreter.papers

    def has_news(self, seen: int) -> bool:
        """Whether there are more than ``seen`` papers, or an error."""
        return self._error is not None or len(self._interpreter.papers) > seen

    def take(self, data: bytes) -> None:
        """Receive bytes into the buffer."""
        self._waiting += data

    def paper_ended(self) -> bool:
        """Print what is waiting. ``True`` when the roll ended meanwhile: it lasts ``roll_bytes`` bytes of paper."""
        while self._waiting and not self.held and self._error is None:
            if self.roll_bytes is not None and self._interpreter.page.begun:
                if not self.roll_bytes:
                    self.roll_bytes = None
                    return True
                self.roll_bytes -= 1
            try:
                self._interpreter.feed(bytes((self._waiting.pop(0),)))
            except PaperError as error:
                self._error = error
        return False
