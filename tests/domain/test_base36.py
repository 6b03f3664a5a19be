from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import base36


@given(st.binary(min_size=1, max_size=100))
def test_bytes_come_back(data: bytes) -> None:
    text = base36.encode(data)
    assert len(text) == base36.encoded_length(len(data))
    assert base36.decode(text, len(data)) == data


def test_93_bytes_are_144_characters() -> None:
    assert base36.encoded_length(93) == 144


@pytest.mark.parametrize("text", ["", "0", "Z" * 4, "00a", "0 0", "００1", "0-1", "+01", "0_1"])
def test_what_is_not_ours_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        base36.decode(text, 2 if len(text) == 4 else 1 if len(text) < 3 else 2)
    with pytest.raises(ValueError):
        base36.decode(text, 90)


def test_a_value_too_large_for_the_bytes_is_refused() -> None:
    assert base36.encoded_length(1) == 2
    with pytest.raises(ValueError, match="fit"):
        base36.decode("ZZ", 1)
