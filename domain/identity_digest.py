"""How a person is recognised without keeping what they were recognised by: a keyed digest."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass

PEPPER_SIZE = 32


@dataclass(frozen=True, slots=True)
class Pepper:
    """The secret of a county's stations under which identities are digested, with the version of that secret."""

    version: int
    secret: bytes

    def __repr__(self) -> str:
        return f"Pepper(version={self.version})"


def identity_digest(pepper: Pepper, source: str, value: bytes) -> str:
    """Return the digest of an identity: the version of the key, ``:``, 64 hex digits.

    ``source`` says what the value is (``"card"``: the 8 bytes of a QR card), so that equal values of two sources
    never meet. HMAC-SHA-256: a plain hash of an 18-digit number could be undone by trying them all.
    """
    message = source.encode("ascii") + b"\0" + value
    return f"{pepper.version}:{hmac.new(pepper.secret, message, hashlib.sha256).hexdigest()}"


def version_of(digest: str) -> int:
    """Return under which version of the key a digest was made; 0 for what is no digest of this kind."""
    version = digest.partition(":")[0]
    return int(version) if version.isascii() and version.isdigit() else 0
