from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.card import CODE_LENGTH, Card, CardKind, code_of, pack, parse_code, unpack
from domain.ids import Day

CARD = Card(CardKind.RESIDENT, "500199", bytes(range(8)), Day(2518), 1)


def test_the_struct_byte_by_byte() -> None:
    assert pack(CARD).hex(" ") == "01 07 a1 e7 00 01 02 03 04 05 06 07 09 d6 01"
    assert CODE_LENGTH == 128


@given(st.binary(min_size=15, max_size=15))
def test_any_15_bytes_are_a_card_or_refused(data: bytes) -> None:
    try:
        card = unpack(data)
    except ValueError:
        return
    assert pack(card) == data


@given(st.binary(min_size=64, max_size=64))
def test_a_code_comes_back(signature: bytes) -> None:
    assert parse_code(code_of(pack(CARD), signature)) == (CARD, pack(CARD), signature)


def test_a_card_never_shows_its_number() -> None:
    assert CARD.number.hex() not in repr(CARD)
    assert repr(CARD.number) not in repr(CARD)


@pytest.mark.parametrize("county", ["50019", "5001999", "50019x"])
def test_a_county_has_six_digits(county: str) -> None:
    with pytest.raises(ValueError):
        pack(Card(CardKind.STAFF, county, bytes(8), Day(0), 1))
