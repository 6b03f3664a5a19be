"""The invented cards against the published tables, not against the driver."""

from __future__ import annotations

import pytest

from devices.simulated.idcard.card import SimulatedCard
from devices.simulated.idcard.module import answer_frame
from devices.simulated.idcard.people import CHAN, JOHN, MARIA, PEOPLE, WANG, ZHANG, citizen_number, resident


@pytest.mark.parametrize(
    "number", ["11010519491231002X", "440524188001010014", "810000199408230021", "830000199201300022"]
)
def test_the_generator_agrees_with_published_numbers(number: str) -> None:
    assert citizen_number(number[:6], number[6:14], int(number[14:17])) == number


@pytest.mark.parametrize(
    ("card", "at", "size", "value"),
    [
        (ZHANG, 0, 30, "张三丰"),
        (ZHANG, 30, 2, "1"),
        (ZHANG, 32, 4, "01"),
        (ZHANG, 36, 16, "19491001"),
        (ZHANG, 52, 70, "乌有省子虚市无何有区第17号"),
        (ZHANG, 122, 36, ZHANG.number),
        (ZHANG, 158, 30, "子虚市公安局"),
        (ZHANG, 188, 16, "20180101"),
        (ZHANG, 204, 16, "长期"),
        (ZHANG, 248, 2, ""),
        (WANG, 0, 30, "王𠮷𬭎"),
        (CHAN, 220, 18, "H00000000"),
        (CHAN, 248, 2, "J"),
        (MARIA, 0, 120, "NOWHERE, MARIA ANNA"),
        (MARIA, 120, 2, "2"),
        (MARIA, 122, 30, MARIA.number),
        (MARIA, 152, 6, "XAA"),
        (MARIA, 158, 30, "玛丽亚"),
        (MARIA, 188, 16, "20170601"),
        (MARIA, 220, 16, "19700115"),
        (MARIA, 248, 2, "I"),
        (JOHN, 0, 30, "约翰"),
        (JOHN, 36, 16, "19630430"),
        (JOHN, 52, 70, "NOBODY-OF-THE-VERY-LONG-NAMES, JOHN"),
        (JOHN, 122, 36, JOHN.number),
        (JOHN, 220, 22, "JACOB"),
        (JOHN, 242, 6, "XAA"),
        (JOHN, 248, 2, "Y"),
    ],
)
def test_fields_stand_where_the_tables_say(card: SimulatedCard, at: int, size: int, value: str) -> None:
    assert card.text[at : at + size].decode("utf-16-le").strip() == value


def test_texts_and_photos_have_their_sizes_and_stay_the_same() -> None:
    for card in PEOPLE:
        assert (len(card.text), len(card.photo)) == (256, 1024)
    assert ZHANG.photo == ZHANG.photo != WANG.photo
    assert JOHN.number.startswith("9")


def test_a_name_that_does_not_fit_is_no_card() -> None:
    with pytest.raises(ValueError, match="does not fit"):
        _ = resident("𠮷" * 8, "19700101", 1).text


@pytest.mark.parametrize(
    ("frame", "printed"),
    [
        (answer_frame(0x90), "AAAAAA9669000400009094"),
        (answer_frame(0x9F, bytes(4)), "AAAAAA9669000800009F0000000097"),
        (answer_frame(0x90, bytes(8)), "AAAAAA9669000C00009000000000000000009C"),
        (answer_frame(0x80), "AAAAAA9669000400008084"),
        (answer_frame(0x81), "AAAAAA9669000400008185"),
        (answer_frame(0x41), "AAAAAA9669000400004145"),
    ],
)
def test_answers_are_the_bytes_that_makers_print(frame: bytes, printed: str) -> None:
    assert frame == bytes.fromhex(printed)


def test_a_whole_card_is_as_long_as_makers_say() -> None:
    frame = answer_frame(0x90, b"\x01\x00\x04\x00" + ZHANG.text + ZHANG.photo)
    assert len(frame) == 1295
    assert frame.startswith(bytes.fromhex("AAAAAA9669 0508 000090 01000400"))
