"""Keys on the curve P-256, as PEM: the keys of TLS. Those of frames, vouchers and cards are in ``sync.identity``."""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

SEED_SIZE = 48
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of P-256's group (SEC 2)


class CertificateError(ValueError):
    """Bytes that are no key, request or certificate of the form that is used here."""


def new_key(seed: bytes) -> bytes:
    """Return a private key as PEM, made of 48 random bytes: 128 bits more than the curve, so no bias shows."""
    if len(seed) != SEED_SIZE:
        raise ValueError(f"a key is made of {SEED_SIZE} random bytes")
    key = ec.derive_private_key(int.from_bytes(seed, "big") % (_ORDER - 1) + 1, ec.SECP256R1())
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def private_of(key: bytes) -> ec.EllipticCurvePrivateKey:
    """Return a key to sign with. Raises ``CertificateError``."""
    try:
        private = load_pem_private_key(key, None)
    except (ValueError, TypeError) as error:
        raise CertificateError(f"not a private key: {error}") from error
    if not isinstance(private, ec.EllipticCurvePrivateKey) or not isinstance(private.curve, ec.SECP256R1):
        raise CertificateError("not a key on P-256")
    return private


def public_of(key: bytes) -> bytes:
    """Return the public half of a private key, as DER. Raises ``CertificateError``."""
    return der_of(private_of(key).public_key())


def der_of(public: object) -> bytes:
    """Return a public key as DER. Raises ``CertificateError`` for one that is not on P-256."""
    if not isinstance(public, ec.EllipticCurvePublicKey) or not isinstance(public.curve, ec.SECP256R1):
        raise CertificateError("not a key on P-256")
    return public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
