from __future__ import annotations

import json

import pytest

from config.catalogue import ITEMS_MAX, Catalogue
from tests.config.samples import ITEM, load, mistakes


def test_an_item_has_its_defaults() -> None:
    (item,) = load("version = 1\n" + ITEM, Catalogue).items
    assert (item.pieces_max, item.place, item.picture, item.available, item.description) == (1, None, None, True, "")


def test_the_document_is_plain_values() -> None:
    document = load("version = 7\n" + ITEM, Catalogue).to_document()
    assert json.loads(json.dumps(document)) == document
    assert document == {
        "version": 7,
        "items": [
            {
                "id": 101,
                "kind": "goods",
                "name": "东北大米",
                "description": "",
                "points": 120,
                "unit": "袋",
                "pieces_max": 1,
                "voucher_days": 30,
                "place": None,
                "place_name": "",
                "picture": None,
                "available": True,
                "stocked": False,
                "group": "",
            }
        ],
    }


def test_a_repeated_id_and_a_negative_price_are_told_together() -> None:
    text = "version = 1\n" + ITEM + ITEM + ITEM.replace("101", "102").replace("120", "-3")
    first, second = mistakes(text, Catalogue)
    assert (first.line, first.key, first.found) == (10, "item[2].id", "101")
    assert first.advice == "[[item]] number 1 has it already: choose another."
    assert (second.line, second.key, second.found) == (20, "item[3].points", "-3")


@pytest.mark.parametrize(
    ("key", "low", "high"),
    [("id", 1, 16_777_215), ("points", 1, 99_999), ("voucher_days", 1, 366), ("pieces_max", 1, 15)],
)
def test_bounds(key: str, low: int, high: int) -> None:
    rows = [row for row in ITEM.splitlines() if not row.startswith(f"{key} =")]
    text = "version = 1\n" + "\n".join(rows)
    for good in (low, high):
        assert load(f"{text}\n{key} = {good}\n", Catalogue)
    for bad in (low - 1, high + 1):
        (only,) = mistakes(f"{text}\n{key} = {bad}\n", Catalogue)
        assert (only.key, only.found) == (f"item[1].{key}", str(bad))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("东北大米", "米" * 15),
        ("东北大米", "米\\u0007"),
        ("goods", "food"),
        ("袋", "一二三四五"),
        ("voucher_days = 30", "voucher_days = 30\nplace = '123'"),
        ("voucher_days = 30", "voucher_days = 30\npicture = '../rice.png'"),
        ("voucher_days = 30", "voucher_days = 30\npicture = 'rice.svg'"),
        ("voucher_days = 30", "voucher_days = 30\navailable = 1"),
        ("voucher_days = 30", f"voucher_days = 30\ndescription = '{'好' * 41}'"),
    ],
)
def test_refused(old: str, new: str) -> None:
    assert len(mistakes("version = 1\n" + ITEM.replace(old, new), Catalogue)) == 1


@pytest.mark.parametrize("text", ["version = 0", "version = '1'", ""])
def test_the_version_is_a_whole_number_from_one(text: str) -> None:
    (only,) = mistakes(text, Catalogue)
    assert only.key == "version"


def test_there_is_a_limit_to_the_items() -> None:
    text = "version = 1\n" + "".join(ITEM.replace("101", str(number + 1)) for number in range(ITEMS_MAX + 1))
    (only,) = mistakes(text, Catalogue)
    assert only.expected == f"an array of tables, at most {ITEMS_MAX} entries"


def test_an_entry_that_is_no_table_is_told_how_to_become_one() -> None:
    (only,) = mistakes("version = 1\nitem = [5]\n", Catalogue)
    assert (only.line, only.key, only.advice) == (2, "item[1]", "Write it under a header `[[item]]`.")
