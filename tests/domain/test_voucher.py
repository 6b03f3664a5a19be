from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.ids import Day, Epoch, ItemId, PlaceId, StationId
from domain.voucher import CODE_LENGTH, ItemKind, Voucher, code_of, pack, parse_code, unpack
from domain.voucher_number import VoucherNumber
from tests.domain.strategies import vouchers

VOUCHER = Voucher(
    station=StationId("50019900100101"),
    number=VoucherNumber(Epoch(1), 42),
    place=PlaceId("P7"),
    kind=ItemKind.GOODS,
    item=ItemId(101),
    pieces=2,
    points=240,
    issued=Day(2518),
    expires=Day(2548),
    key_id=1,
)


def test_the_struct_byte_by_byte() -> None:
    """The layout is final: papers in people's hands are read by it."""
    assert pack(VOUCHER).hex(" ") == (
        "12 "  # goods, two pieces
        "2d 7e 2a 60 8e 05 "  # 50019900100101
        "00 01 "  # epoch 1
        "00 00 2a "  # number 42
        "5a f3 10 7a 40 07 "  # 10**14 + 7
        "00 00 65 "  # item 101
        "00 00 f0 "  # 240 points
        "09 d6 "  # 2026-11-23
        "09 f4 "  # 2026-12-23
        "01"  # key 1
    )


def test_a_code_is_148_characters() -> None:
    assert CODE_LENGTH == 148
    assert len(code_of(pack(VOUCHER), bytes(64))) == 148


@given(vouchers, st.binary(min_size=64, max_size=64))
def test_every_voucher_comes_back(voucher: Voucher, signature: bytes) -> None:
    data = pack(voucher)
    assert unpack(data) == voucher
    assert parse_code(code_of(data, signature)) == (voucher, data, signature)


@given(st.binary(min_size=29, max_size=29))
def test_any_29_bytes_are_a_voucher_or_refused(data: bytes) -> None:
    try:
        voucher = unpack(data)
    except ValueError:
        return
    assert pack(voucher) == data


@pytest.mark.parametrize(
    "change",
    [
        {"pieces": 0},
        {"pieces": 16},
        {"points": 2**24},
        {"points": -1},
        {"key_id": 256},
        {"issued": Day(65536)},
        {"item": ItemId(2**24)},
        {"station": StationId("5001990010010")},
        {"place": PlaceId("P0")},
        {"number": VoucherNumber(Epoch(1), 0)},
        {"number": VoucherNumber(Epoch(65536), 1)},
    ],
)
def test_fields_out_of_range_are_refused(change: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        pack(replace(VOUCHER, **change))  # type: ignore[arg-type]


@pytest.mark.parametrize("code", ["", "YZ1:", "YZC1:" + "0" * 144, "YZ1:" + "0" * 143, "YZ1:" + "a" * 144])
def test_codes_that_are_none_are_refused(code: str) -> None:
    with pytest.raises(ValueError):
        parse_code(code)
