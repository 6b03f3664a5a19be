"""Pictures that the printer prints larger than they were sent (``GS v 0`` with m 1-3)."""

from __future__ import annotations

_DOUBLED = tuple(sum(0b11 << 2 * bit for bit in range(8) if byte >> bit & 1).to_bytes(2, "big") for byte in range(256))


def scaled(width: int, height: int, data: bytes, *, wider: bool, higher: bool) -> tuple[int, int, bytes]:
    """Width, height and rows as they come out: each dot twice as wide, twice as high, or both."""
    if wider:
        data = b"".join(_DOUBLED[byte] for byte in data)
        width *= 2
    if higher and width:
        step = width // 8
        data = b"".join(data[at : at + step] * 2 for at in range(0, len(data), step))
        height *= 2
    return width, height, data
