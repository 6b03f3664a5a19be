from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.ids import Epoch, StationId
from domain.voucher_number import VoucherNumber, epoch_letters, mod_11_10, parse_voucher_number

STATION = StationId("50019900100101")
OTHER = StationId("50019900100102")


def test_check_digit_of_the_standard() -> None:
    assert mod_11_10("0794") == "5"  # ISO 7064, example of MOD 11,10


@given(st.integers(1, 65535), st.integers(1, 2**24 - 1))
def test_the_printed_form_reads_back(epoch: int, number: int) -> None:
    printed = VoucherNumber(Epoch(epoch), number).text(STATION)
    assert parse_voucher_number(printed, STATION) == VoucherNumber(Epoch(epoch), number)
    assert parse_voucher_number(f" {printed.lower()} ", STATION) == VoucherNumber(Epoch(epoch), number)


@given(st.integers(1, 999_999), st.integers(0, 5), st.integers(1, 9))
def test_every_single_wrong_digit_is_noticed(number: int, place: int, shift: int) -> None:
    letters, digits, check = VoucherNumber(Epoch(1), number).text(STATION).split("-")
    wrong = digits[:place] + str((int(digits[place]) + shift) % 10) + digits[place + 1 :]
    assert parse_voucher_number(f"{letters}-{wrong}-{check}", STATION) is None


def test_a_number_of_the_neighbouring_station_is_noticed() -> None:
    assert parse_voucher_number(VoucherNumber(Epoch(1), 42).text(OTHER), STATION) is None


@pytest.mark.parametrize("text", ["", "A", "A-000000-0", "I-000042-7", "A-00042-7", "A-16777216-1", "阿-000042-7"])
def test_what_is_no_number_is_none(text: str) -> None:
    assert parse_voucher_number(text, STATION) is None


def test_epochs_are_letters_without_i_and_o() -> None:
    letters = [epoch_letters(Epoch(n)) for n in range(1, 65536)]
    assert letters[:3] == ["A", "B", "C"]
    assert letters[23:26] == ["Z", "AA", "AB"]
    assert len(set(letters)) == len(letters)
    assert not set("IO") & set("".join(letters))
