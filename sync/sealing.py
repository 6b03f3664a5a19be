"""A secret for one reader: X25519 (RFC 7748), HKDF-SHA-256, ChaCha20-Poly1305 (RFC 8439), a fresh key for each box.

``box = public key of the sender, 32 bytes ‖ ciphertext``. The key is used once, so the nonce is zero.
"""

from __future__ import annotations

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

BOX_KEY_SIZE = 32
_NONCE = bytes(12)
_PURPOSE = b"yizhan box 1\0"


class BoxError(ValueError):
    """A box that is not for this key, or was changed."""


def box_public(seed: bytes) -> bytes:
    """Return the public key, 32 bytes, of a private one of 32 random bytes."""
    return X25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()


def seal(secret: bytes, public: bytes, seed: bytes, context: bytes) -> bytes:
    """Return a box that the holder of ``public`` alone opens. ``seed`` is 32 random bytes, ``context`` says what for.

    Raises ``BoxError`` for a public key that is none.
    """
    own = X25519PrivateKey.from_private_bytes(seed)
    sender = own.public_key().public_bytes_raw()
    try:
        shared = own.exchange(X25519PublicKey.from_public_bytes(public))
    except ValueError as error:
        raise BoxError(f"not a key for a box: {error}") from error
    return sender + ChaCha20Poly1305(_key(shared, sender, public)).encrypt(_NONCE, secret, context)


def unseal(box: bytes, seed: bytes, context: bytes) -> bytes:
    """Return what is in a box. Raises ``BoxError``."""
    sender, sealed = box[:BOX_KEY_SIZE], box[BOX_KEY_SIZE:]
    own = X25519PrivateKey.from_private_bytes(seed)
    try:
        shared = own.exchange(X25519PublicKey.from_public_bytes(sender))
        key = _key(shared, sender, own.public_key().public_bytes_raw())
        return ChaCha20Poly1305(key).decrypt(_NONCE, sealed, context)
    except (ValueError, InvalidTag) as error:
        raise BoxError("the box is not for this key, or was changed") from error


def _key(shared: bytes, sender: bytes, receiver: bytes) -> bytes:
    return HKDF(SHA256(), length=32, salt=None, info=_PURPOSE + sender + receiver).derive(shared)
