"""A struct and its signature as one printed code: what a voucher and a card have in common."""

from __future__ import annotations

from dataclasses import dataclass

from domain import base36

SIGNATURE_SIZE = 64  # Ed25519, RFC 8032


@dataclass(frozen=True, slots=True)
class SignedCode:
    """One kind of code: its prefix, the size of its struct in bytes, and the context signed before the struct."""

    prefix: str
    size: int
    context: bytes

    @property
    def length(self) -> int:
        """How many characters a code of this kind has."""
        return len(self.prefix) + base36.encoded_length(self.size + SIGNATURE_SIZE)

    def message(self, data: bytes) -> bytes:
        """Return what is signed: the struct behind a context, so that no signature of another kind passes for it."""
        return self.context + data

    def join(self, data: bytes, signature: bytes) -> str:
        """Return the code that is printed. Raises ``ValueError`` for wrong sizes."""
        if len(data) != self.size or len(signature) != SIGNATURE_SIZE:
            raise ValueError(f"expected {self.size} and {SIGNATURE_SIZE} bytes, got {len(data)} and {len(signature)}")
        return self.prefix + base36.encode(data + signature)

    def split(self, code: str) -> tuple[bytes, bytes]:
        """Return struct and signature of a code. Raises ``ValueError``; the signature is not checked here."""
        if not code.startswith(self.prefix):
            raise ValueError(f"expected a code that begins with {self.prefix}")
        data = base36.decode(code.removeprefix(self.prefix), self.size + SIGNATURE_SIZE)
        return data[: self.size], data[self.size :]
