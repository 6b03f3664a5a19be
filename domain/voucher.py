"""The voucher as a signed code that verifies without a network.

``YZ1:`` + base36 of 93 bytes: the 29-byte struct below and a 64-byte Ed25519 signature over
``b"yizhan voucher 1\\0"`` + struct. 148 characters: QR version 6 at level M, letters and digits only.

=======  ====  ========================================================================
offset   size  field (big-endian)
=======  ====  ========================================================================
0        1     kind (high four bits: 1 goods, 2 service, 3 repair) and pieces (low four bits, 1-15)
1        6     station that issued it, 14 digits as a number
7        2     epoch of that station
9        3     number within the epoch, 1-16,777,215
12       6     place that honours it: a station, or 10**14 + the number of a partner
18       3     item of the catalogue
21       3     value in points, all pieces together
24       2     issue day, days since 2020-01-01 in China; 0 when the clock was not known to be right
26       2     expiry day, the last day on which it is honoured; 0 when none was stated
28       1     key id of the signature within the epoch
=======  ====  ========================================================================

There is no name, card or phone number in it, and no version byte: the prefix is the version.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from enum import IntEnum

from domain.ids import Day, Epoch, ItemId, PlaceId, StationId, place_number, place_of, station_number
from domain.signed_code import SignedCode
from domain.voucher_number import NUMBER_MAX, VoucherNumber

PREFIX = "YZ1:"
STRUCT_SIZE = 29
PIECES_MAX = 15
POINTS_MAX = 2**24 - 1
FORM = SignedCode(PREFIX, STRUCT_SIZE, b"yizhan voucher 1\0")
CODE_LENGTH = FORM.length
_LAYOUT = struct.Struct(">B6sH3s6s3s3sHHB")


class ItemKind(IntEnum):
    """The three classes of the exchange points: 商品, 服务, 维修."""

    GOODS = 1
    SERVICE = 2
    REPAIR = 3


@dataclass(frozen=True, slots=True)
class Voucher:
    """What a voucher says, field by field."""

    station: StationId
    number: VoucherNumber
    place: PlaceId
    kind: ItemKind
    item: ItemId
    pieces: int
    points: int
    issued: Day
    expires: Day
    key_id: int

    @property
    def text(self) -> str:
        """The number that people read: ``A-000042-7``."""
        return self.number.text(self.station)


def pack(voucher: Voucher) -> bytes:
    """Return the 29 bytes. Raises ``ValueError`` if a field is out of its range."""
    if not 1 <= voucher.pieces <= PIECES_MAX:
        raise ValueError(f"pieces must be 1-{PIECES_MAX}, got {voucher.pieces}")
    if not 1 <= voucher.number.number <= NUMBER_MAX:
        raise ValueError(f"number must be 1-{NUMBER_MAX}, got {voucher.number.number}")
    try:
        return _LAYOUT.pack(
            voucher.kind << 4 | voucher.pieces,
            station_number(voucher.station).to_bytes(6, "big"),
            voucher.number.epoch,
            voucher.number.number.to_bytes(3, "big"),
            place_number(voucher.place).to_bytes(6, "big"),
            voucher.item.to_bytes(3, "big"),
            voucher.points.to_bytes(3, "big"),
            voucher.issued,
            voucher.expires,
            voucher.key_id,
        )
    except (struct.error, OverflowError) as error:
        raise ValueError(f"a field of the voucher is out of range: {error}") from error


def unpack(data: bytes) -> Voucher:
    """Return the voucher of 29 bytes. Raises ``ValueError`` for what no station ever packs."""
    first, station, epoch, number, place, item, points, issued, expires, key_id = _LAYOUT.unpack(data)
    issuer = int.from_bytes(station, "big")
    if issuer >= 10**14:
        raise ValueError("the issuer is not a station")
    voucher = Voucher(
        station=StationId(f"{issuer:014d}"),
        number=VoucherNumber(Epoch(epoch), int.from_bytes(number, "big")),
        place=place_of(int.from_bytes(place, "big")),
        kind=ItemKind(first >> 4),
        item=ItemId(int.from_bytes(item, "big")),
        pieces=first & 0x0F,
        points=int.from_bytes(points, "big"),
        issued=Day(issued),
        expires=Day(expires),
        key_id=key_id,
    )
    if voucher.pieces == 0 or voucher.number.number == 0 or voucher.number.epoch == 0:
        raise ValueError("pieces, number and epoch of a voucher are never 0")
    return voucher


def signed_message(data: bytes) -> bytes:
    """Return what the issuer signs."""
    return FORM.message(data)


def code_of(data: bytes, signature: bytes) -> str:
    """Return the code that is printed: 148 characters."""
    return FORM.join(data, signature)


def parse_code(code: str) -> tuple[Voucher, bytes, bytes]:
    """Return voucher, struct and signature of a code. Raises ``ValueError``; does not check the signature."""
    data, signature = FORM.split(code)
    return unpack(data), data, signature
