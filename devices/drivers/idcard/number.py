"""Numbers on ID cards, as ASCII bytes, checked against what else the card says. Pure; nothing of one is put into words.

GB 11643-1999: six digits of a place, the birth date, a sequence whose last digit is odd for men and even for women, and
the check of ISO 7064 MOD 11-2. The cards for foreigners of 2023 follow it with a first digit 9, those of 2017 have
three letters, four digits of a place, the birth date without its century and two more digits, whose rule is not sure.
"""

from __future__ import annotations

from datetime import date

CITIZEN_BYTES = 18
FOREIGNER_2017_BYTES = 15

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = b"10X98765432"
_MALE, _FEMALE = ord("1"), ord("2")  # GB/T 2261.1; 0 unknown and 9 not stated say nothing


def citizen_number_holds(number: bytearray, *, birth: bytearray, sex: int) -> bool:
    """Whether an 18-character number is in itself right, and tells the same birth (YYYYMMDD) and sex as the card."""
    return (
        len(number) == CITIZEN_BYTES
        and _digits(number, 0, 17)
        and _CHECKS[sum(w * (d - 0x30) for w, d in zip(_WEIGHTS, number, strict=False)) % 11] == number[17]
        and is_day(birth)
        and memoryview(number)[6:14] == memoryview(birth)
        and (sex not in (_MALE, _FEMALE) or number[16] % 2 == sex % 2)
    )


def foreigner_2017_number_holds(number: bytearray, *, birth: bytearray) -> bool:
    """Whether a 15-character number has its form, and tells the same birth as the card."""
    return (
        len(number) == FOREIGNER_2017_BYTES
        and all(0x41 <= letter <= 0x5A for letter in memoryview(number)[:3])
        and _digits(number, 3, FOREIGNER_2017_BYTES)
        and is_day(birth)
        and memoryview(number)[7:13] == memoryview(birth)[2:]
    )


def is_day(birth: bytearray) -> bool:
    """Whether eight bytes are a real day, YYYYMMDD."""
    if len(birth) != 8 or not _digits(birth, 0, 8):
        return False
    try:
        date(_value(birth, 0, 4), _value(birth, 4, 6), _value(birth, 6, 8))
    except ValueError:
        return False
    return True


def year_of(birth: bytearray) -> int:
    """The year of a day that ``is_day``."""
    return _value(birth, 0, 4)


def _digits(text: bytearray, start: int, end: int) -> bool:
    return all(0x30 <= byte <= 0x39 for byte in memoryview(text)[start:end])


def _value(text: bytearray, start: int, end: int) -> int:
    value = 0
    for digit in memoryview(text)[start:end]:
        value = value * 10 + digit - 0x30
    return value
