"""The keys of a station that is being enrolled: made on this machine, which they never leave.

Three stay (vouchers, frames, TLS); the fourth only opens the box in which the pepper comes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kiosk.durable import sync_folder, write_durably
from kiosk.faults import point
from sync.certificates import request_of
from sync.curve import SEED_SIZE, new_key, public_of
from sync.identity import KEY_SIZE, SigningKey, read_secret
from sync.sealing import box_public

RandomBytes = Callable[[int], bytes]
_SEEDS = {"voucher": KEY_SIZE, "frame": KEY_SIZE, "box": KEY_SIZE, "tls": SEED_SIZE}


@dataclass(frozen=True, slots=True)
class Keys:
    """``tls`` is PEM, the others are 32 bytes."""

    voucher_seed: bytes
    frame_seed: bytes
    box: bytes
    tls: bytes

    def __repr__(self) -> str:
        return "Keys(…)"

    @classmethod
    def at(cls, folder: Path, random: RandomBytes) -> Keys:
        """Return the keys that wait in a folder; those that are missing are made now, durably."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        sync_folder(folder.parent)
        seeds: dict[str, bytes] = {}
        for name, size in _SEEDS.items():
            path = folder / name
            if not path.exists():
                write_durably(path, random(size), 0o600)
                point("enrol.key_made")
            seeds[name] = read_secret(path, size)
        return cls(seeds["voucher"], seeds["frame"], seeds["box"], new_key(seeds["tls"]))

    @property
    def voucher(self) -> SigningKey:
        """The key of vouchers."""
        return SigningKey(1, self.voucher_seed)

    @property
    def frame(self) -> SigningKey:
        """The key of frames."""
        return SigningKey(1, self.frame_seed)

    @property
    def box_public(self) -> bytes:
        """What the pepper is sealed for."""
        return box_public(self.box)

    @property
    def tls_public(self) -> bytes:
        """The public key that the certificate must be for, as DER."""
        return public_of(self.tls)

    def certificate_request(self, station: str) -> bytes:
        """Return the request for a certificate."""
        return request_of(self.tls, station)
