"""A resident's PIN: what may be one, and the verifier that is kept in its place. Pure, and slow on purpose."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Sequence
from itertools import pairwise

from domain.identity_digest import Pepper
from domain.ids import ResidentId

DIGITS = 6
SALT_SIZE = 16
COST = 14  # log2 of scrypt's N, with r = 8 and p = 1: 16 MB and some 40 ms on a PC, docs/decisions/0030
COST_MAX = 16
_PIN = re.compile(rf"[0-9]{{{DIGITS}}}")
_VERIFIER = re.compile(r"p1:([1-9][0-9]?):([0-9]{2}):([0-9a-f]{32}):([0-9a-f]{64})")


def is_pin(pin: str) -> bool:
    """Whether these are six digits."""
    return _PIN.fullmatch(pin) is not None


def is_trivial(pin: str) -> bool:
    """Whether a neighbour would try it first: 111111, 123456, 987654, 121212, 123123, 112233."""
    digits = [int(digit) for digit in pin]
    steps = {(b - a) % 10 for a, b in pairwise(digits)}
    if steps <= {0} or steps <= {1} or steps <= {9}:
        return True
    if pin[:3] * 2 == pin or pin[:2] * 3 == pin:
        return True
    doubled = all(digits[at] == digits[at + 1] for at in range(0, DIGITS, 2))
    return doubled and {b - a for a, b in pairwise(digits[::2])} in ({1}, {-1})


def make_verifier(pepper: Pepper, resident: ResidentId, pin: str, salt: bytes, cost: int = COST) -> str:
    """Return what is kept of a PIN: ``p1:pepper version:cost:salt:hash``.

    Salt (16 random bytes) and hash are in hex.
    """
    return f"p1:{pepper.version}:{cost:02d}:{salt.hex()}:{_hash(pepper, resident, pin, salt, cost).hex()}"


def is_verifier(text: str) -> bool:
    """Whether this is a verifier that a kiosk can check."""
    found = _VERIFIER.fullmatch(text)
    return found is not None and 10 <= int(found[2]) <= COST_MAX


def pepper_for(verifier: str, peppers: Sequence[Pepper]) -> Pepper | None:
    """Return the version of the pepper that a verifier was made with; ``None``: not known here, or no verifier."""
    found = _VERIFIER.fullmatch(verifier) if is_verifier(verifier) else None
    return None if found is None else next((one for one in peppers if one.version == int(found[1])), None)


def is_right(verifier: str, pepper: Pepper, resident: ResidentId, pin: str) -> bool:
    """Whether this is the PIN. ``pepper`` is that of ``pepper_for``."""
    found = _VERIFIER.fullmatch(verifier)
    if found is None or not is_pin(pin):
        return False
    hashed = _hash(pepper, resident, pin, bytes.fromhex(found[3]), int(found[2]))
    return hmac.compare_digest(hashed.hex(), found[4])


def _hash(pepper: Pepper, resident: ResidentId, pin: str, salt: bytes, cost: int) -> bytes:
    # With the resident's id inside, a verifier that is copied to another resident's row is good for nothing.
    keyed = hmac.new(pepper.secret, b"pin\0" + resident.encode() + b"\0" + pin.encode("ascii"), hashlib.sha256)
    return hashlib.scrypt(keyed.digest(), salt=salt, n=1 << cost, r=8, p=1, maxmem=256 << cost << 3, dklen=32)
