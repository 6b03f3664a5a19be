from __future__ import annotations

from config.residents import DemoData
from tests.config.samples import load, mistakes

RESIDENT = '[[resident]]\nname = "陈桂芳"\npoints = 380\n'


def test_stock_is_numbers_by_item() -> None:
    data = load("[stock]\n101 = 12\n102 = 0\n" + RESIDENT, DemoData)
    assert data.stock == {101: 12, 102: 0}
    assert data.residents[0].cards == 1
    assert data.staff == ()


def test_stock_is_told_line_by_line() -> None:
    found = mistakes("[stock]\nrice = 12\n102 = -1\n103 = '3'\n" + RESIDENT, DemoData)
    assert [(one.line, one.key) for one in found] == [(2, "stock.rice"), (3, "stock.102"), (4, "stock.103")]


def test_two_residents_of_one_name_are_a_mistake() -> None:
    (only,) = mistakes(RESIDENT + RESIDENT, DemoData)
    assert (only.line, only.key, only.found) == (5, "resident[2].name", '"陈桂芳"')


def test_points_cannot_be_below_nothing() -> None:
    (only,) = mistakes(RESIDENT.replace("380", "-1"), DemoData)
    assert only.expected == "a whole number, 0 to 999999"


def test_a_demo_without_residents_is_none() -> None:
    (only,) = mistakes("", DemoData)
    assert only.advice == "Add a table `[[resident]]`."


def test_a_stock_that_is_wrong_twice_is_told_once() -> None:
    (only,) = mistakes("[stock.rice]\npieces = 3\n" + RESIDENT, DemoData)
    assert only.key == "stock.rice"
