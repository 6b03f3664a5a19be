from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.wrapping import NEVER_FIRST, NEVER_LAST, wrap_well, wrap_zh


def measure(text: str) -> float:
    """Hanzi and full-width marks are 2 wide, the rest 1."""
    return sum(2 if ord(character) > 0x2E80 else 1 for character in text)


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 10, [""]),
        ("请取走纸条", 10, ["请取走纸条"]),
        ("请取走纸条，凭纸条领取", 10, ["请取走纸", "条，凭纸条", "领取"]),
        ("他说（好的）就走", 8, ["他说（好", "的）就走"]),
        ("他们说（好的）就走", 8, ["他们说", "（好的）", "就走"]),
        ("请看看《办事指南》第一页", 8, ["请看看", "《办事指", "南》第一", "页"]),
        ("本次使用 120 分", 12, ["本次使用", "120 分"]),
        ("东北大米 5公斤装", 11, ["东北大米", "5公斤装"]),
        ("东北大米 5公斤", 12, ["东北大米", "5公斤"]),
        ("第 1 页，共 2 页", 9, ["第 1 页，", "共 2 页"]),
        ("欢迎您欧阳*珍", 8, ["欢迎您", "欧阳*珍"]),
        ("请按 printer 键", 9, ["请按", "printer", "键"]),
        ("一行\n二行", 10, ["一行", "二行"]),
        ("时间到 10:24 了", 9, ["时间到", "10:24 了"]),
    ],
)
def test_lines(text: str, width: float, lines: list[str]) -> None:
    assert wrap_zh(text, width, measure) == lines


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("当年新米，真空袋装，驿站柜台领取。", 30, ["当年新米，真空袋装，", "驿站柜台领取。"]),
        ("米面粮油、日用品", 14, ["米面粮油、", "日用品"]),
        ("东北大米 5公斤", 12, ["东北大米", "5公斤"]),
        ("不锈钢真空保温水壶", 12, ["不锈钢真空", "保温水壶"]),
        ("一行就够", 12, ["一行就够"]),
        ("000000000000 、、油", 18, ["000000000000 、、", "油"]),
        ("一二三四 、油", 9, ["一二三", "四 、油"]),
        ("一二三（ 油", 8, ["一二三", "（ 油"]),
    ],
)
def test_well_broken_lines(text: str, width: float, lines: list[str]) -> None:
    assert wrap_well(text, width, measure) == lines


TEXTS = st.text(alphabet="米面粮油分页，。！？（）《》“”、…— 1205kgA.*第\n", max_size=60)


@given(TEXTS, st.integers(10, 40))
def test_nothing_is_lost(text: str, width: int) -> None:
    for lines in (wrap_zh(text, width, measure), wrap_well(text, width, measure)):
        assert "".join("".join(lines).split()) == "".join(text.split())


@given(st.text(alphabet="米面粮油120kg ，。、（《”", max_size=60), st.integers(40, 80))
def test_no_line_is_too_wide_nor_begins_or_ends_with_the_wrong_mark(text: str, width: int) -> None:
    for wrap in (wrap_zh, wrap_well):
        lines = wrap(text, width, measure)
        for before, line in pairwise(lines):
            tied = _run_of_marks(before, line)
            assert line[0] not in NEVER_FIRST or tied
            assert before[-1] not in NEVER_LAST or tied
        assert all(measure(line) <= width for line in lines)


@given(st.text(alphabet="米面，。 1分", max_size=50), st.integers(10, 40))
def test_breaking_well_costs_no_line(text: str, width: int) -> None:
    assert len(wrap_well(text, width, measure)) <= len(wrap_zh(text, width, measure))


def _run_of_marks(before: str, line: str) -> bool:
    """Whether nothing but marks stands around the break for a whole line: then there was no better place."""
    marks = NEVER_FIRST | NEVER_LAST
    return all(character in marks or character == " " or character.isascii() for character in before[-20:] + line[:20])
