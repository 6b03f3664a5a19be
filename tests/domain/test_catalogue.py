from __future__ import annotations

import pytest

from domain.catalogue import ItemClass, decode_catalogue

ITEM = '{"id": 1, "kind": "goods", "name": "米", "points": 5%s}'


def document(*items: str) -> bytes:
    return ('{"version": 1, "items": [' + ", ".join(items) + "]}").encode()


def test_what_a_station_can_sell_is_read() -> None:
    catalogue = decode_catalogue(document(ITEM % ', "place": "P17", "place_name": "老张修鞋"'))
    assert catalogue.items[0].place == "P17"


@pytest.mark.parametrize(
    "item",
    [
        ITEM % ', "place": "shop 3"',
        ITEM % ', "place": "123"',
        ITEM % ', "points": -5',
        ITEM % ', "points": 99999999',
        ITEM % ', "pieces_max": 16',
        ITEM % ', "voucher_days": 0',
        ITEM % ', "surprise": 1',
        ITEM % ', "group": "这个小类太长了"',
        ITEM % ', "group": " "',
        '{"id": 0, "kind": "goods", "name": "米", "points": 5}',
    ],
)
def test_what_no_voucher_could_carry_is_refused_before_anybody_chooses_it(item: str) -> None:
    with pytest.raises(ValueError, match="not a catalogue"):
        decode_catalogue(document(item))


def test_two_items_of_one_number_and_rubbish_are_refused() -> None:
    for data in (document(ITEM % "", ITEM % ""), b"", b"[]", b"\xff"):
        with pytest.raises(ValueError, match="not a catalogue"):
            decode_catalogue(data)


def test_the_groups_of_a_class_come_in_the_order_of_the_office_and_what_has_none_last() -> None:
    kind = '"kind": "goods", "name": "米", "points": 5'
    groups = ("", "粮油", "日用", "粮油")
    items = (f'{{"id": {at}, {kind}, "group": "{group}"}}' for at, group in enumerate(groups, 1))
    catalogue = decode_catalogue(document(*items))
    assert catalogue.groups(ItemClass.GOODS) == ("粮油", "日用", "")
    assert catalogue.groups(ItemClass.SERVICE) == ()
