from __future__ import annotations

import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.lines import Lines, Path

TEXT = '''\
# a comment with [brackets] and key = 1
top = "a # no comment"

[panel]   # the panel
width = 1
size.height = 2
"quoted key" = """
[not.a.table]
neither = "this"
"""
'single.quoted' = \'\'\'it''s\'\'\'\'

[[item]]
id = 1
tags = [ # first
  "a]",
  { x = 1, y.z = [2,
    3] },
]

[[item]]
id = 2
[[item.part]]
size = 1
[[item.part]]
size = 2
[item.note]
text = "\\\\"
last = "\\""

[[item]]
[[item.part]]
size = 3
[a."b.c".d]
e = 1979-05-27 07:32:00
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("top",), 2),
        (("panel",), 4),
        (("panel", "width"), 5),
        (("panel", "size", "height"), 6),
        (("panel", "quoted key"), 7),
        (("panel", "single.quoted"), 11),
        (("item",), 13),
        (("item", 0), 13),
        (("item", 0, "id"), 14),
        (("item", 0, "tags"), 15),
        (("item", 0, "tags", 0), 16),
        (("item", 0, "tags", 1, "x"), 17),
        (("item", 0, "tags", 1, "y", "z", 1), 18),
        (("item", 1), 21),
        (("item", 1, "id"), 22),
        (("item", 1, "part", 0, "size"), 24),
        (("item", 1, "part", 1, "size"), 26),
        (("item", 1, "note", "text"), 28),
        (("item", 1, "note", "last"), 29),
        (("item", 2, "part", 0, "size"), 33),
        (("a", "b.c", "d"), 34),
        (("a", "b.c", "d", "e"), 35),
    ],
)
def test_each_key_is_found_on_its_line(path: Path, line: int) -> None:
    tomllib.loads(TEXT)
    assert Lines(TEXT).of(path) == line


@pytest.mark.parametrize(
    ("path", "line"), [(("panel", "absent"), 4), (("item", 1, "absent"), 21), (("absent", "too"), 1), ((), 1)]
)
def test_what_is_absent_is_placed_at_the_table_around_it(path: Path, line: int) -> None:
    assert Lines(TEXT).of(path) == line


def test_windows_line_ends_count_once() -> None:
    assert Lines("a = 1\r\nb = 2\r\n").of(("b",)) == 2


@pytest.mark.parametrize("text", ["", "# only a comment", "\n\n", "a = 1 # ends without a line end"])
def test_short_texts(text: str) -> None:
    assert Lines(text).of(("a",)) == 1


_KEYS = st.text("abc-_09", min_size=1, max_size=3)
_VALUES = st.one_of(
    st.integers(-9, 9), st.booleans(), st.text("a[]{}#=,\"'\\\n .", max_size=8), st.lists(st.integers(0, 9))
)


def _write(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
    return str(value)


@given(st.lists(st.tuples(_KEYS, _VALUES), max_size=6, unique_by=lambda pair: pair[0]), st.integers(0, 3))
def test_any_tables_give_back_the_lines_on_which_they_were_written(pairs: list[tuple[str, Any]], repeat: int) -> None:
    rows: list[str] = []
    expected: dict[Path, int] = {}
    for index in range(repeat):
        rows.append("[[t]] # again")
        for key, value in pairs:
            rows.append(f"  {key} = {_write(value)} # {key}")
            expected["t", index, key] = len(rows)
    text = "\n".join(rows)
    tomllib.loads(text)
    lines = Lines(text)
    assert {path: lines.of(path) for path in expected} == expected
