"""What the office signed itself, under whatever key it had then."""

from __future__ import annotations

from office.home import home
from sync.identity import signed_by


def signed_by_us(message: bytes, signature: bytes) -> bool:
    """Whether one of the office's keys, in use now or before, made this signature."""
    return any(signed_by(bytes.fromhex(key), message, signature) for key in home().public_keys().values())
