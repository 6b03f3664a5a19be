from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kiosk.screens.box import Box

BOXES = st.builds(Box, st.integers(0, 99), st.integers(0, 99), st.integers(1, 2000), st.integers(1, 2000))


@given(BOXES, st.integers(0, 2500), st.integers(0, 40))
def test_cuts_stay_inside_and_apart(box: Box, size: int, gap: int) -> None:
    for low, high in (box.cut_bottom(size, gap), box.cut_top(size, gap)[::-1]):
        assert box.y <= low.y
        assert high.top <= box.top
        assert high.y - low.top >= min(gap, box.height - size) or not high.height or not low.height
    for left, right in (box.cut_left(size, gap), box.cut_right(size, gap)[::-1]):
        assert box.x <= left.x
        assert right.right <= box.right
        assert right.x - left.right >= min(gap, box.width - size) or not left.width or not right.width


@given(BOXES, st.integers(1, 6), st.integers(0, 9))
def test_columns_and_rows_are_equal_and_in_order(box: Box, count: int, gap: int) -> None:
    columns, rows = box.columns(count, gap), box.rows(count, gap)
    assert len({column.width for column in columns}) == len({row.height for row in rows}) == 1
    assert [column.x for column in columns] == sorted(column.x for column in columns)
    assert [row.y for row in rows] == sorted((row.y for row in rows), reverse=True)
    assert columns[0].x == box.x
    assert rows[0].top == box.top
