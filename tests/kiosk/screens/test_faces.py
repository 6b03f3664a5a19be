"""A rare name is drawn, not boxed; everyday text never loads the whole face."""

from __future__ import annotations

from fontTools.ttLib import TTFont

from kiosk.texts import load_texts
from scripts.split_fonts import everyday_characters
from tests.support.station import FONTS


def test_the_small_face_has_what_it_is_asked_for() -> None:
    from kiosk.screens.environment import WHOLE_FACE
    from kiosk.screens.text import face_of

    for weight in ("Regular", "Bold"):
        small = TTFont(FONTS / f"YizhanCore-{weight}.otf", lazy=True).getBestCmap()
        whole = TTFont(FONTS / f"YizhanSans-{weight}.otf", lazy=True).getBestCmap()
        for character in everyday_characters():
            assert face_of(character) != WHOLE_FACE
            assert ord(character) in small or ord(character) not in whole, character
        assert {ord(c) for c in "𬭎㛃喆堃"} <= set(whole)
    for name in ("赵𬭎", "㛃", "李喆", "堃"):
        assert face_of(name) == WHOLE_FACE


def test_every_text_of_the_product_is_everyday() -> None:
    from kiosk.screens.environment import WHOLE_FACE
    from kiosk.screens.text import face_of

    assert not [text for text in load_texts().all().values() if face_of(text) == WHOLE_FACE]
