from __future__ import annotations

import pytest

from devices.cells import text_cells
from devices.drivers.printer.layout import Line, laid_out
from devices.paper import Align, Cut, Feed, Pair, Qr, Rule, Text


def test_a_short_pair_is_one_line_with_its_value_at_the_right() -> None:
    assert laid_out((Pair("商品", "大米"),), 32) == [Line("商品", right="大米")]


def test_a_long_value_wraps_beside_its_label() -> None:
    assert laid_out((Pair("商品", "一二三四五六七八九十"),), 20) == [
        Line("商品", right="一二三四五六七"),
        Line("", right="八九十"),
    ]


def test_a_long_label_stands_above_its_value() -> None:
    lines = laid_out((Pair("一二三四五六七八九十", "一二三四五六七八九十", bold=True),), 18)
    assert lines == [
        Line("一二三四五六七八九", bold=True),
        Line("十", bold=True),
        Line("", right="一二三四五六七八", bold=True),
        Line("", right="九十", bold=True),
    ]


@pytest.mark.parametrize("columns", [32, 48])
def test_a_rule_spans_the_paper(columns: int) -> None:
    (rule,) = laid_out((Rule(),), columns)
    assert isinstance(rule, Line)
    assert text_cells(rule.text) * rule.width == columns
    assert rule.height == 1


def test_large_text_has_fewer_columns_and_keeps_its_paragraphs() -> None:
    assert laid_out((Text("一二三四五\n六", Align.RIGHT, 4),), 32) == [
        Line("一二三四", align=Align.RIGHT, width=4, height=4),
        Line("五", align=Align.RIGHT, width=4, height=4),
        Line("六", align=Align.RIGHT, width=4, height=4),
    ]


def test_the_rest_passes_through() -> None:
    parts = (Feed(2), Qr("A:1"), Cut())
    assert laid_out(parts, 48) == list(parts)


@pytest.mark.parametrize("scale", [0, 5])
def test_a_scale_beyond_one_to_four_is_refused(scale: int) -> None:
    with pytest.raises(ValueError, match="scale"):
        laid_out((Text("大", scale=scale),), 48)
