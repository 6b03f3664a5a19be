"""A cheap signer in the place of Ed25519: a keyed hash. Nobody in these worlds tries to break it."""

from __future__ import annotations

import hashlib

from domain.voucher import Voucher, pack, signed_message
from sync.frame import Sign, Verify

OFFICE = b"office"


def signer(key: bytes) -> Sign:
    return lambda message: _sign(key, message)


def verifier(key: bytes) -> Verify:
    return lambda message, signature: signature == _sign(key, message)


def frame_key(station: str, hardware: int) -> bytes:
    """Each new hardware has a new key; a copy of a card has the same."""
    return f"frame/{station}/{hardware}".encode()


def voucher_key(station: str, epoch: int) -> str:
    """The key of a life as it stands in ``station_listed``: 64 hex digits."""
    return hashlib.sha256(f"voucher/{station}/{epoch}".encode()).hexdigest()


def paper_of(voucher: Voucher) -> tuple[bytes, bytes]:
    """Return struct and signature as they are printed."""
    packed = pack(voucher)
    return packed, _sign(voucher_key(voucher.station, voucher.number.epoch).encode(), signed_message(packed))


def genuine(key: str, packed: bytes, signature: bytes) -> bool:
    return signature == _sign(key.encode(), signed_message(packed))


def _sign(key: bytes, message: bytes) -> bytes:
    return hashlib.blake2b(message, key=key[:64], digest_size=64).digest()
