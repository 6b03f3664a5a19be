"""Bytes → papers, strictly: a byte that is not understood is an error with its offset, never skipped.

Written from the manuals (ESC/POS command references of Epson and SPRT), not from the driver, which it must not import.
"""

from __future__ import annotations

from collections.abc import Callable

from devices.simulated.paper.commands import COMMANDS, Command
from devices.simulated.paper.page import Page
from devices.simulated.paper.parts import InterpretedPaper, PaperError

_COMMAND_STARTS = {command.prefix[0] for command in COMMANDS}
_PREFIX_BYTES_MAX = max(len(command.prefix) for command in COMMANDS)
_LF = 0x0A


class Interpreter:
    """Feed it bytes in any pieces; finished papers gather in ``papers``.

    A paper ends at a cut; without ``cutter`` it ends at ``GS r``, which calls ``on_fence``. Raises ``PaperError``.
    """

    def __init__(self, *, dots: int = 576, cutter: bool = True, on_fence: Callable[[], None] | None = None) -> None:
        self.page = Page(dots=dots, cutter=cutter, on_fence=on_fence)
        self._waiting = bytearray()
        self._offset = 0

    @property
    def papers(self) -> list[InterpretedPaper]:
        """The papers finished so far."""
        return self.page.papers

    @property
    def unfinished(self) -> bytes:
        """The beginning of a command whose rest has not come."""
        return bytes(self._waiting)

    def feed(self, data: bytes) -> None:
        """Read more bytes."""
        self._waiting += data
        while self._waiting:
            try:
                length = self._step(bytes(self._waiting))
            except PaperError as fault:
                shown = bytes(self._waiting[:8]).hex(" ").upper()
                raise PaperError(f"at byte {self._offset} ({shown}): {fault}") from None
            if not length:
                return
            del self._waiting[:length]
            self._offset += length

    def _step(self, data: bytes) -> int:
        """Do one thing; gives its length in bytes, 0 when more bytes are needed."""
        first = data[0]
        if first in _COMMAND_STARTS:
            return self._command(data)
        if first == _LF:
            self.page.end_line()
            return 1
        if 0x20 <= first <= 0x7E:
            self.page.put(chr(first))
            return 1
        if first >= 0x81:
            return self._hanzi(data)
        raise PaperError("unknown byte")

    def _hanzi(self, data: bytes) -> int:
        if not self.page.chinese:
            raise PaperError("a two-byte code outside Chinese mode")
        if len(data) < 2:
            return 0
        if 0x30 <= data[1] <= 0x39:
            raise PaperError("a four-byte code, which no printer has")
        try:
            self.page.put(data[:2].decode("gb18030"))
        except UnicodeDecodeError:
            raise PaperError("not a code of GB18030") from None
        return 2

    def _command(self, data: bytes) -> int:
        command = _found(data)
        if command is None:
            return 0
        at = len(command.prefix)
        size = command.size(data[at:])
        if size is None or len(data) < at + size:
            return 0
        command.act(self.page, data[at : at + size])
        return at + size


def _found(data: bytes) -> Command | None:
    """The command that ``data`` begins with; ``None`` when that cannot be told yet."""
    for command in COMMANDS:
        if data.startswith(command.prefix):
            return command
    if len(data) < _PREFIX_BYTES_MAX and any(command.prefix.startswith(data) for command in COMMANDS):
        return None
    raise PaperError("unknown command")
