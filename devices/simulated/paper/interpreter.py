"""Bytes → papers, strictly: a byte that is not understood is an error with its offset, never skipped.

Written from the manuals (ESC/POS command references of Epson and SPRT), not from the driver, which it must not import.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from devices.simulated.paper.commands import COMMANDS, Command
from devices.simulated.paper.font import Font
from devices.simulated.paper.page import Page
from devices.simulated.paper.parts import InterpretedPaper, PaperError

_COMMAND_STARTS = {command.prefix[0] for command in COMMANDS}
_PREFIX_BYTES_MAX = max(len(command.prefix) for command in COMMANDS)
_NUL, _LF = 0x00, 0x0A
_LOOK_BYTES = 16  # enough to learn how long a command is
_ODDITIES_MAX = 1000


class Interpreter:
    """Feed it bytes in any pieces; finished papers gather in ``papers``.

    ``dots``, ``cutter``, ``font`` and ``alphanumeric`` (QR codes) say the model. A paper ends at a cut; without
    ``cutter`` it ends at ``GS r``, which calls ``on_fence``. ``GS a`` calls ``on_pushing``, an error where nobody
    listens. Raises ``PaperError``; with ``strict=False`` the byte is passed over, as real printers do, and what it was
    stands in ``oddities``.
    """

    def __init__(
        self,
        *,
        dots: int = 576,
        cutter: bool = True,
        font: Font = Font.GB18030,
        strict: bool = True,
        alphanumeric: bool = True,
        on_fence: Callable[[], None] | None = None,
        on_pushing: Callable[[int], None] | None = None,
    ) -> None:
        self.page = Page(dots=dots, cutter=cutter, on_fence=on_fence, on_pushing=on_pushing, alphanumeric=alphanumeric)
        self.oddities: deque[str] = deque(maxlen=_ODDITIES_MAX)
        self._font = font
        self._strict = strict
        self._waiting = bytearray()
        self._needed = 1  # bytes that must be there before looking again makes sense
        self._offset = 0

    @property
    def papers(self) -> list[InterpretedPaper]:
        """The papers finished so far."""
        return self.page.papers

    @property
    def unfinished(self) -> bytes:
        """The beginning of a command whose rest has not come."""
        return bytes(self._waiting)

    def feed(self, data: bytes | bytearray) -> None:
        """Read more bytes."""
        self._waiting += data
        at = 0
        try:
            while len(self._waiting) - at >= self._needed:
                length = self._guarded_step(bytes(self._waiting[at : at + max(self._needed, _LOOK_BYTES)]))
                at += length
                self._offset += length
                if length:
                    self._needed = 1
        finally:
            del self._waiting[:at]

    def _guarded_step(self, data: bytes) -> int:
        try:
            return self._step(data)
        except PaperError as fault:
            sentence = f"at byte {self._offset} ({data[:8].hex(' ').upper()}): {fault}"
            if self._strict:
                raise PaperError(sentence) from None
            self.oddities.append(sentence)
            return 1

    def _step(self, data: bytes) -> int:
        """Do one thing; gives its length in bytes, 0 when more bytes are needed."""
        first = data[0]
        if first in _COMMAND_STARTS:
            return self._command(data)
        if first == _LF:
            self.page.end_line()
            return 1
        if first == _NUL and not self.page.mid_line:
            return 1  # padding, passed over
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
            return self._more(2)
        size = 2
        if 0x30 <= data[1] <= 0x39:
            if not self._font.four_bytes():
                raise PaperError("a four-byte code, which this printer does not have")
            size = 4
        if len(data) < size:
            return self._more(size)
        char = self._font.char(data[:size])
        if char is None:
            raise PaperError("not a code of this printer's font")
        self.page.put(char)
        return size

    def _command(self, data: bytes) -> int:
        command = _found(data)
        if command is None:
            return self._more(len(data) + 1)
        at = len(command.prefix)
        size = command.size(data[at:])
        if size is None:
            return self._more(len(data) + 1)
        if len(data) < at + size:
            return self._more(at + size)
        command.act(self.page, data[at : at + size])
        return at + size

    def _more(self, needed: int) -> int:
        self._needed = needed
        return 0


def _found(data: bytes) -> Command | None:
    """The command that ``data`` begins with; ``None`` when that cannot be told yet."""
    for command in COMMANDS:
        if data.startswith(command.prefix):
            return command
    if len(data) < _PREFIX_BYTES_MAX and any(command.prefix.startswith(data) for command in COMMANDS):
        return None
    raise PaperError("unknown command")
