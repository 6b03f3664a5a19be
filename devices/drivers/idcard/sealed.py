"""Bytes of a card: they can be wiped, and nothing that prints values shows them."""

from __future__ import annotations

from typing import Self


class Sealed(bytearray):
    """A bytearray of a fixed size. Use it in ``with``, and it is wiped whatever happens."""

    def wipe(self) -> None:
        """Overwrite every byte, in place."""
        self[:] = bytes(len(self))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.wipe()

    def __repr__(self) -> str:
        return "Sealed()"

    __str__ = __repr__

    def __reduce_ex__(self, protocol: object) -> str:
        raise TypeError("bytes of a card are not copied out of the driver")
