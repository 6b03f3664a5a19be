"""What a key writes: the US layout, by the key codes of Linux (input-event-codes.h). A scanner has no other labels."""

from __future__ import annotations

_ROWS = (
    (2, "1234567890-=", "!@#$%^&*()_+"),
    (16, "qwertyuiop[]", "QWERTYUIOP{}"),
    (30, "asdfghjkl;'`", 'ASDFGHJKL:"~'),
    (43, "\\zxcvbnm,./", "|ZXCVBNM<>?"),
    (57, " ", " "),
)
_PAD = {55: "*", 71: "7", 72: "8", 73: "9", 74: "-", 75: "4", 76: "5", 77: "6", 78: "+", 79: "1", 80: "2", 81: "3"}
_PAD |= {82: "0", 83: ".", 98: "/"}

ENTER, KEYPAD_ENTER, TAB = 28, 96, 15
SHIFTS = frozenset({42, 54})
CAPS_LOCK = 58
# Control, Alt and Meta: with one of them held no key writes a character. Firmware types Chinese as Alt and digits.
SILENCERS = frozenset({29, 97, 56, 100, 125, 126})
# Locks that firmware may press around a code; they write nothing.
LOCKS = frozenset({69, 70})

_PLAIN = {first + place: sign for first, plain, _ in _ROWS for place, sign in enumerate(plain)} | _PAD
_SHIFTED = {first + place: sign for first, _, shifted in _ROWS for place, sign in enumerate(shifted)} | _PAD


def character(key: int, *, shift: bool, caps: bool) -> str:
    """The character that a key writes; ``""`` for a key that writes none. Caps Lock turns letters only."""
    plain = _PLAIN.get(key, "")
    return (_SHIFTED if shift != (caps and plain.isalpha()) else _PLAIN).get(key, "")
