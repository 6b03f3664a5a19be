from __future__ import annotations

import pytest

from devices.cells import char_cells, face_has, glyph, text_cells
from tests.devices.helpers import FACE


def test_widths_are_those_of_the_printer() -> None:
    assert [char_cells(char) for char in "A积·─："] == [1, 2, 2, 2, 2]
    assert text_cells("积分: 20") == 8


@pytest.mark.parametrize(("char", "width"), [("国", 24), ("W", 12), ("i", 12), ("国", 96)])
def test_a_glyph_fills_its_cell_and_no_more(char: str, width: int) -> None:
    mask = glyph(char, FACE, width, 24)
    assert mask.size == (width, 24)
    assert max(mask.tobytes()) > 128


def test_what_the_face_lacks() -> None:
    assert face_has("𬭎", FACE)
    assert face_has(" ", FACE)
    assert not face_has("\U0001f9ff", FACE)


def test_a_bad_face_is_an_os_error() -> None:
    with pytest.raises(OSError, match="resource"):
        glyph("国", FACE.with_name("nothing.otf"), 24, 24)
