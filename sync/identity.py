"""Keys: Ed25519 (RFC 8032), made, kept in files and used here; the only home of the cryptography library.

A private key is 32 raw bytes in a file of its own, readable by the service alone. It never leaves the machine that made
it, and is never shown.
"""

from __future__ import annotations

import errno
import os
import tempfile
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

KEY_SIZE = 32


class KeyFileError(Exception):
    """A key file that is missing, of the wrong size, or readable by others. Trying again does not help."""

    retry = False


class SigningKey:
    """A private key with the number under which others know it."""

    def __init__(self, key_id: int, seed: bytes) -> None:
        self.key_id = key_id
        self._key = Ed25519PrivateKey.from_private_bytes(seed)
        self.public = self._key.public_key().public_bytes_raw()

    def __repr__(self) -> str:
        return f"SigningKey({self.key_id}, public {self.public.hex()[:8]}…)"

    def sign(self, message: bytes) -> bytes:
        """Return the 64-byte signature of ``message``."""
        return self._key.sign(message)


class Verifier:
    """The public keys of one signer, by number."""

    def __init__(self, keys: dict[int, bytes]) -> None:
        self._keys = {key_id: Ed25519PublicKey.from_public_bytes(key) for key_id, key in keys.items()}

    def __call__(self, key_id: int, message: bytes, signature: bytes) -> bool:
        """Whether the key of that number signed ``message``; an unknown number signed nothing."""
        key = self._keys.get(key_id)
        if key is None:
            return False
        try:
            key.verify(signature, message)
        except InvalidSignature:
            return False
        return True


def signed_by(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the holder of a public key signed ``message``; a key that is none signed nothing."""
    return len(public) == KEY_SIZE and Verifier({0: public})(0, message, signature)


def write_secret(path: Path, secret: bytes) -> None:
    """Write a secret into a new file that the owner alone may read, whole and durably. Raises ``FileExistsError``.

    It is written beside and linked into its place: a kill leaves no half secret there, and nothing is written over.
    """
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)  # mode 0600
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(secret)
            file.flush()
            os.fsync(file.fileno())
        _place(Path(name), path)
    finally:
        Path(name).unlink(missing_ok=True)
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _place(beside: Path, path: Path) -> None:
    try:
        os.link(beside, path)
    except FileExistsError:
        raise
    except OSError:  # FAT, on a stick, has no links
        if path.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path)) from None
        beside.rename(path)


def read_secret(path: Path, size: int = KEY_SIZE) -> bytes:
    """Return the secret of ``size`` bytes in a file. Raises ``KeyFileError`` with what to do."""
    try:
        mode = path.stat().st_mode
        secret = path.read_bytes()
    except OSError as error:
        raise KeyFileError(f"{path}: cannot be read ({error.strerror}); enrol this station again") from error
    if mode & 0o077:
        raise KeyFileError(f"{path}: others may read this secret; run: chmod 600 {path}")
    if len(secret) != size:
        raise KeyFileError(f"{path}: expected {size} bytes, found {len(secret)}; enrol this station again")
    return secret
