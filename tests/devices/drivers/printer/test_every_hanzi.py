"""All 8,105 characters of 通用规范汉字表, and every text of the kiosk, come out on paper: as themselves or as dots."""

from __future__ import annotations

import bz2
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from devices.cells import face_has
from devices.drivers.printer.charset import encoded, is_native
from devices.drivers.printer.profile import PROFILES, Charset
from devices.drivers.printer.render import render
from devices.paper import Cut, Paper, Text
from devices.simulated.paper.font import Font
from devices.simulated.paper.interpreter import Interpreter
from devices.simulated.paper.parts import RasterMark, TextLine
from kiosk.texts import load_texts
from tests.devices.helpers import FACE

FONTS = {
    Charset.ASCII: Font.NONE,
    Charset.GB2312: Font.GB2312,
    Charset.GBK: Font.GBK,
    Charset.GB18030: Font.GB18030,
    Charset.GB18030_FOUR: Font.GB18030_FOUR,
}

# How many of the table a firmware lacks. 24 that GB 18030 put into gaps of GBK have two bytes, and GBK fonts lack them.
FOREIGN = {
    Charset.ASCII: 8105,
    Charset.GB2312: 1467,
    Charset.GBK: 276,
    Charset.GB18030: 252,
    Charset.GB18030_FOUR: 0,
}


@cache
def hanzi() -> tuple[str, ...]:
    """The table as Debian's unicode-data lists it: ``U+3447	kTGH	2013:6602``."""
    with bz2.open("/usr/share/unicode/Unihan_OtherMappings.txt.bz2", "rt", encoding="utf-8") as lines:
        rows = [line.split("\t") for line in lines if "\tkTGH\t" in line]
    return tuple(chr(int(row[0].removeprefix("U+"), 16)) for row in rows)


def test_the_table_is_whole() -> None:
    assert len(hanzi()) == len(set(hanzi())) == 8105
    assert sum(len(encoded(char)) == 4 for char in hanzi()) == 252
    assert all(face_has(char, Path(FACE)) for char in hanzi())


@pytest.mark.parametrize(("charset", "foreign"), FOREIGN.items())
@pytest.mark.parametrize("width", ["80mm", "58mm"])
def test_every_hanzi_of_the_table_is_printed(width: str, charset: Charset, foreign: int) -> None:
    """Native ones beside each other, the others one a line, so that each is seen to be drawn."""
    native = "".join(char for char in hanzi() if is_native(char, charset))
    drawn = [char for char in hanzi() if not is_native(char, charset)]
    assert len(drawn) == foreign
    if charset is Charset.ASCII:
        drawn = drawn[::12]  # the face has them all (above), and drawing eight thousand lines takes long
    read = interpreted((Text(native), *(Text(char) for char in drawn), Cut()), width, charset)
    assert "".join(part.text for part in read if isinstance(part, TextLine)) == native
    marks = [part for part in read if isinstance(part, RasterMark)]
    assert len(marks) == len(drawn)
    assert all(any(mark.data) for mark in marks)
    assert len({(mark.width, mark.data) for mark in marks}) == len(marks)  # no two look alike: none is a white box


@pytest.mark.parametrize("charset", list(Charset))
def test_every_text_of_the_kiosk_is_printed_with_no_question_mark_but_its_own(charset: Charset) -> None:
    texts = [text for text in load_texts().all().values() if text.strip()]
    assert len(texts) > 150
    read = interpreted((*(Text(text) for text in texts), Cut()), "58mm", charset)
    lines = "".join(part.text for part in read if isinstance(part, TextLine))
    marks = [part for part in read if isinstance(part, RasterMark)]
    assert lines.count("?") <= sum(text.count("?") for text in texts)
    assert all(any(mark.data) for mark in marks)
    if charset in (Charset.GBK, Charset.GB18030, Charset.GB18030_FOUR):
        assert not marks
        assert "".join(lines.split()) == "".join("".join(text.split()) for text in texts)
    elif charset is Charset.ASCII:
        assert len(marks) >= sum(not text.isascii() for text in texts)


def interpreted(paper: Paper, width: str, charset: Charset) -> list[object]:
    """What firmware with just this font makes of it: strictly, so that a code that it lacks is an error."""
    profile = replace(PROFILES[width], charset=charset, cutter=True)
    interpreter = Interpreter(dots=profile.dots, cutter=True, font=FONTS[charset])
    interpreter.feed(render(paper, profile, FACE))
    (only,) = interpreter.papers
    return list(only.parts)
