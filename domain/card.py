"""The QR card of a resident and the badge of staff: a random number signed by the office.

``YZC1:`` + base36 of 79 bytes: the 15-byte struct below and a 64-byte Ed25519 signature of the office over
``b"yizhan card 1\\0"`` + struct. 128 characters. A card holds no name and no points: it is only a key. What it opens
stands in the registry, under a keyed digest of its number; a lost card is blocked there.

=======  ====  ===========================================================
offset   size  field (big-endian)
=======  ====  ===========================================================
0        1     kind: 1 resident, 2 staff
1        3     county that issued it: the first six digits of its stations
4        8     random card number
12       2     issue day, days since 2020-01-01 in China
14       1     key id of the office's signature
=======  ====  ===========================================================
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from enum import IntEnum

from domain.ids import Day
from domain.signed_code import SignedCode

PREFIX = "YZC1:"
STRUCT_SIZE = 15
NUMBER_SIZE = 8
FORM = SignedCode(PREFIX, STRUCT_SIZE, b"yizhan card 1\0")
CODE_LENGTH = FORM.length
_LAYOUT = struct.Struct(">B3s8sHB")


class CardKind(IntEnum):
    """Whom a card belongs to."""

    RESIDENT = 1
    STAFF = 2


@dataclass(frozen=True, slots=True)
class Card:
    """What a card says. ``number`` is 8 random bytes and never shown, logged or stored in the clear."""

    kind: CardKind
    county: str
    number: bytes
    issued: Day
    key_id: int

    def __repr__(self) -> str:
        return f"Card({self.kind.name}, {self.county})"


def pack(card: Card) -> bytes:
    """Return the 15 bytes. Raises ``ValueError`` if a field is out of its range."""
    if len(card.county) != 6 or not card.county.isdigit() or len(card.number) != NUMBER_SIZE:
        raise ValueError("a card has a county of 6 digits and a number of 8 bytes")
    try:
        return _LAYOUT.pack(card.kind, int(card.county).to_bytes(3, "big"), card.number, card.issued, card.key_id)
    except struct.error as error:
        raise ValueError(f"a field of the card is out of range: {error}") from error


def unpack(data: bytes) -> Card:
    """Return the card of 15 bytes. Raises ``ValueError`` for what no office ever packs."""
    kind, county, number, issued, key_id = _LAYOUT.unpack(data)
    area = int.from_bytes(county, "big")
    if area >= 10**6:
        raise ValueError("the county of a card has six digits")
    return Card(CardKind(kind), f"{area:06d}", number, Day(issued), key_id)


def signed_message(data: bytes) -> bytes:
    """Return what the office signs."""
    return FORM.message(data)


def code_of(data: bytes, signature: bytes) -> str:
    """Return the code that is printed: 128 characters."""
    return FORM.join(data, signature)


def parse_code(code: str) -> tuple[Card, bytes, bytes]:
    """Return card, struct and signature of a code. Raises ``ValueError``; does not check the signature."""
    data, signature = FORM.split(code)
    return unpack(data), data, signature
