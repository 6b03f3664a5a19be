"""Dots → ``GS v 0``, the one picture command that every ESC/POS firmware knows."""

from __future__ import annotations

PLAIN, QUADRUPLE = 0, 3  # 3: the printer makes each dot two wide and two high, for a quarter of the bytes
# What a printer obeys in the middle of a picture too: DLE EOT, DLE ENQ, DLE DC4.
_REAL_TIME = (b"\x10\x04", b"\x10\x05", b"\x10\x14")


def picture(bytes_wide: int, rows: int, data: bytes, *, mode: int = PLAIN) -> bytes:
    """The command: 1D 76 30 m xL xH yL yH and rows of ``bytes_wide`` bytes, 1 = black, highest bit leftmost."""
    head = b"\x1dv0" + bytes((mode,)) + bytes_wide.to_bytes(2, "little") + rows.to_bytes(2, "little")
    return head + _harmless(data)


def _harmless(data: bytes) -> bytes:
    """The same picture with a dot more beside another one wherever the printer would take two bytes for a question."""
    for command in _REAL_TIME:
        data = data.replace(command, b"\x18" + command[1:])
    return data
