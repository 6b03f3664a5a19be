"""What a scanner's firmware presses for a character. Written from the HID usage tables, apart from the driver's."""

from __future__ import annotations

import struct
from collections.abc import Iterator

ENTER, KEYPAD_ENTER, TAB, LEFT_SHIFT, LEFT_ALT, LEFT_CONTROL = 28, 96, 15, 42, 56, 29
DOWN, UP, REPEAT = 1, 0, 2

# HID usage tables, keyboard page: usages 04h–27h are a–z, 1–9, 0; 2Ch–38h are the signs. Beside them Linux's key codes.
_LETTERS = (30, 48, 46, 32, 18, 33, 34, 35, 23, 36, 37, 38, 50, 49, 24, 25, 16, 19, 31, 20, 22, 47, 17, 45, 21, 44)
_DIGITS = {digit: 2 + place for place, digit in enumerate("1234567890")}
_SIGNS = {" ": 57, "-": 12, "=": 13, "[": 26, "]": 27, "\\": 43, ";": 39, "'": 40, "`": 41, ",": 51, ".": 52, "/": 53}
_ABOVE = dict(zip('!@#$%^&*()_+{}|:"~<>?', "1234567890-=[]\\;'`,./", strict=True))

Press = tuple[int, int]
"""A key code and 1 (down), 0 (up) or 2 (held, repeated by the kernel)."""


def presses(text: str) -> Iterator[Press]:
    """Key by key, with Shift only around what needs it. Raises ``KeyError`` for what no US keyboard has."""
    for sign in text:
        lower = _ABOVE.get(sign, sign.lower())
        code = _LETTERS[ord(lower) - ord("a")] if "a" <= lower <= "z" else (_DIGITS | _SIGNS)[lower]
        shift = lower != sign
        if shift:
            yield LEFT_SHIFT, DOWN
        yield code, DOWN
        yield code, UP
        if shift:
            yield LEFT_SHIFT, UP


def stroke(code: int) -> tuple[Press, Press]:
    """One key, down and up."""
    return (code, DOWN), (code, UP)


def record(at_us: int, kind: int, code: int, value: int) -> bytes:
    """One ``struct input_event`` of this machine."""
    return struct.pack("@llHHi", *divmod(at_us, 1_000_000), kind & 0xFFFF, code & 0xFFFF, value)


def report(at_us: int, press: Press) -> bytes:
    """What the kernel makes of one press: the scan code, the key, and the end of the report."""
    code, value = press
    scan_code = b"" if value == REPEAT else record(at_us, 4, 4, 0x70000 + code)
    return scan_code + record(at_us, 1, code, value) + record(at_us, 0, 0, 0)


def overrun(at_us: int) -> bytes:
    """The kernel's word that it threw events away: SYN_DROPPED."""
    return record(at_us, 0, 3, 0)
