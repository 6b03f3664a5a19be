from __future__ import annotations

import pytest

from devices.drivers.idcard.number import citizen_number_holds, foreigner_2017_number_holds, is_day

# Published samples: GB 11643-1999 itself, and the README of an independent validator.
SAMPLES = [
    ("11010519491231002X", "19491231", "2"),
    ("440524188001010014", "18800101", "1"),
    ("810000199408230021", "19940823", "2"),
    ("830000199201300022", "19920130", "2"),
]


def holds(number: str, birth: str, sex: str) -> bool:
    return citizen_number_holds(bytearray(number.encode()), birth=bytearray(birth.encode()), sex=ord(sex))


@pytest.mark.parametrize(("number", "birth", "sex"), SAMPLES)
def test_published_numbers_hold(number: str, birth: str, sex: str) -> None:
    assert holds(number, birth, sex)
    assert not holds(number, birth, "1" if sex == "2" else "2")
    assert not holds(number, "19500101", sex)
    assert holds(number, birth, "9"), "not stated contradicts nothing"
    assert holds(number, birth, "0")


@pytest.mark.parametrize(("number", "birth", "sex"), SAMPLES)
def test_any_other_digit_in_any_place_is_found_out(number: str, birth: str, sex: str) -> None:
    for place in range(18):
        for other in "0123456789X":
            if other != number[place]:
                assert not holds(number[:place] + other + number[place + 1 :], birth, sex), (place, other)


@pytest.mark.parametrize(
    "number", ["", "1", "11010519491231002", "11010519491231002X0", "1101051949123100 X", "\xff" * 18]
)
def test_no_number(number: str) -> None:
    assert not citizen_number_holds(bytearray(number.encode("latin-1")), birth=bytearray(b"19491231"), sex=0x32)


@pytest.mark.parametrize(
    ("day", "real"),
    [
        ("20000229", True),
        ("19000229", False),
        ("20230431", False),
        ("20231301", False),
        ("20230100", False),
        ("00000101", False),
        ("2023010", False),
        ("202301011", False),
        ("长期".encode("utf-16-le").decode("latin-1"), False),
        ("2023 101", False),
        ("+2230101", False),
    ],
)
def test_days(day: str, real: bool) -> None:
    assert is_day(bytearray(day.encode("latin-1"))) is real


@pytest.mark.parametrize(
    ("number", "right"),
    [
        ("XAA109970011501", True),
        ("XAA109970011502", True),  # the rule of the last two is not known
        ("XAA109970011601", False),
        ("XaA109970011501", False),
        ("XAA10997001150", False),
        ("XAA1099700115012", False),
        ("XA1109970011501", False),
        ("XAA10997001150A", False),
    ],
)
def test_numbers_of_foreigners_of_2017(number: str, right: bool) -> None:
    assert foreigner_2017_number_holds(bytearray(number.encode()), birth=bytearray(b"19700115")) is right
