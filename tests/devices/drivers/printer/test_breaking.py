from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.cells import text_cells
from devices.drivers.printer.breaking import NO_END, NO_START, broken, cleaned

MIXED = st.text(st.sampled_from("积分兑换驿站，。！？；：、）》”（《“…—abc 019,.()-"), max_size=80)


@pytest.mark.parametrize(
    ("text", "cells", "lines"),
    [
        ("", 8, [""]),
        ("一二三四", 8, ["一二三四"]),
        ("一二三四五", 8, ["一二三四", "五"]),
        ("一二三四，五", 8, ["一二三", "四，五"]),
        ("一二三（四）", 8, ["一二三", "（四）"]),
        ("“一二三四”。", 10, ["“一二三", "四”。"]),
        ("电话 0731 8888", 10, ["电话 0731", "8888"]),
        ("abcdefghijkl", 5, ["abcde", "fghij", "kl"]),
        ("一二三四！！！！！！", 8, ["一二三", "四！！！", "！！！"]),
        ("大米5公斤", 8, ["大米5公", "斤"]),
    ],
)
def test_lines_break_where_chinese_lines_may(text: str, cells: int, lines: list[str]) -> None:
    assert broken(text, cells) == lines


@given(MIXED, st.integers(4, 48))
def test_every_line_fits_and_nothing_but_blanks_is_lost(text: str, cells: int) -> None:
    lines = broken(text, cells)
    assert all(text_cells(line) <= cells for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


@given(st.lists(st.sampled_from(["积分", "兑换，", "（驿站）", "《指南》", "完成。", "“好”", "东北大米"]), max_size=20))
def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one(words: list[str]) -> None:
    lines = broken("".join(words), 16)
    assert all(line[0] not in NO_START for line in lines[1:])
    assert all(line[-1] not in NO_END for line in lines[:-1])


def test_what_could_forge_a_command_is_taken_out() -> None:
    assert cleaned("张\x1b@三\x10\x04\x01\r\u200b\ufe0f\tA\u00a0B\n四") == "张@三 A B\n四"
