"""Bytes as digits and capital letters, the densest alphabet that every scanner carries unharmed.

A QR code stores ``0-9 A-Z :`` in alphanumeric mode (ISO/IEC 18004, 7.4.4) and a keyboard-wedge scanner types it the
same on every layout. The length is fixed by the number of bytes, so nothing can be added or left out unseen.
"""

from __future__ import annotations

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def encoded_length(size: int) -> int:
    """Return the number of characters that carry ``size`` bytes."""
    top, length = 256**size - 1, 0
    while top:
        top //= 36
        length += 1
    return length


def encode(data: bytes) -> str:
    """Return ``data`` as base 36, big-endian, left-padded with zeros to ``encoded_length(len(data))``."""
    number, digits = int.from_bytes(data, "big"), []
    for _ in range(encoded_length(len(data))):
        number, digit = divmod(number, 36)
        digits.append(ALPHABET[digit])
    return "".join(reversed(digits))


def decode(text: str, size: int) -> bytes:
    """Return the ``size`` bytes that ``text`` carries. Raises ``ValueError`` for a wrong length, sign or value."""
    if len(text) != encoded_length(size):
        raise ValueError(f"expected {encoded_length(size)} characters, got {len(text)}")
    if not all(character in ALPHABET for character in text):
        raise ValueError("expected only 0-9 and A-Z")
    try:
        return int(text, 36).to_bytes(size, "big")
    except OverflowError:
        raise ValueError(f"the value does not fit into {size} bytes") from None
