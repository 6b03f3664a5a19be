from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.simulated.paper.interpreter import Interpreter
from devices.simulated.paper.parts import PaperError, QrMark, RasterMark, TextLine

QR_ABC = bytes.fromhex(
    "1D286B0400 31413200 1D286B0300 314306 1D286B0300 314531 1D286B0600 315030414243 1D286B0300 315130"
)
CUT = b"\x1dV\x00"


def read(data: bytes, *, dots: int = 576, cutter: bool = True) -> Interpreter:
    interpreter = Interpreter(dots=dots, cutter=cutter)
    interpreter.feed(data)
    return interpreter


def test_a_paper_is_read() -> None:
    data = b"\x1b@\x1c&" + "积分：20\n".encode("gb18030") + b"\x1ba\x01" + QR_ABC + b"\x1ba\x00\x1bd\x06" + CUT
    (paper,) = read(data).papers
    assert paper.text == "积分：20"
    assert paper.qr_payloads == ("ABC",)
    assert (paper.cuts, paper.dots) == (1, 576)
    # version 1, 21 modules of 6 dots, centred
    assert [part for part in paper.parts if isinstance(part, QrMark)] == [QrMark("ABC", 49, 21, 6, 225)]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"ab\x07", r"at byte 2 \(07\): unknown byte"),
        (b"\xbb\xfd\x0d", r"at byte 2 \(0D\): unknown byte"),
        (b"\x80", r"at byte 0 \(80\): unknown byte"),
        (b"a\n\x1bZ\x01", r"at byte 2 \(1B 5A 01\): unknown command"),
        (b"\x1d(A\x01\x00", "at byte 0 .*unknown command"),
        (b"\x1d\x28\x6b\x03\x00\x30\x43\x06", "not a QR command"),
        (b"\x1d(k\x03\x001C\x11", "QR function 67"),
        (b"\x1d(k\x03\x001Q0", "QR function 81"),
        (b"\x1d(k\x04\x001P0\xff", "not UTF-8"),
        (b"\x1c.\xbb\xfd", "outside Chinese mode"),
        ("𬭎".encode("gb18030"), "four-byte"),
        (b"\xff\xff", "not a code"),
        (b"a" * 49, "wider than the paper at 'a'"),
        (b"\x1d!\x11" + "一二三四五六七八九十一二三".encode("gb18030"), "wider than the paper at '三'"),
        (b"ab\x1b$\x0c\x00", "lies over text"),
        (b"\x1b$\x40\x02", "beyond the paper"),
        (b"a" + CUT, "a cut in the middle"),
        (b"a\x1dr\x01", "a fence in the middle"),
        (b"a\x1ba\x01", "beginning of a line"),
        (b"\x1ba\x03", "unknown alignment"),
        (b"\x1ba\x01\x1b$\x10\x00", "not left-aligned"),
        (b"\x1d!\x80", "beyond eight"),
        (b"\x1bE\x02", "bold"),
        (b"\x1dV\x42", "cut"),
        (b"\x1da\x0e", "unasked"),
        (b"\x1dr\x05", "question"),
        (b"\x10\x04\x09", "question"),
        (b"\x10\x05", "unknown command"),
        (b"\x1dv0\x00\x49\x00\x01\x00" + bytes(73), "584 by 1 dots"),
        (b"\x1dv0\x04\x01\x00\x01\x00\x00", "kind of picture"),
        (b"\x1dv0\x00\xff\xff\xff\xff", "a picture of 524280 by 65535 dots"),
        (b"\x1dv0\x00\x03\x00\x01\x00\x10\x04\x01", "real-time command inside"),
        (b"a\x00", "unknown byte"),
    ],
)
def test_what_is_not_understood_is_named_with_its_place(data: bytes, sentence: str) -> None:
    with pytest.raises(PaperError, match=sentence):
        read(data)


def test_a_cut_on_a_printer_without_cutter_is_an_error() -> None:
    with pytest.raises(PaperError, match="without cutter"):
        read(CUT, cutter=False)


def test_a_qr_code_wider_than_the_paper_is_an_error() -> None:
    payload = b"A" * 600
    store = b"\x1d(k" + (len(payload) + 3).to_bytes(2, "little") + b"1P0" + payload
    with pytest.raises(PaperError, match="a QR code of"):
        read(b"\x1d(k\x03\x001C\x08" + store + b"\x1d(k\x03\x001Q0", dots=384)


def test_without_cutter_a_paper_ends_at_the_fence() -> None:
    interpreter = read(b"\x1dr\x01a\n\x1dr\x01\x1dr\x01b\n", dots=384, cutter=False)
    assert [(paper.text, paper.cuts) for paper in interpreter.papers] == [("a", 0)]


def test_the_fence_is_told_in_its_turn() -> None:
    told: list[int] = []
    interpreter = Interpreter(on_fence=lambda: told.append(len(interpreter.papers)))
    interpreter.feed(b"\x1dr\x01a\n" + CUT + b"\x1dr\x31")
    assert told == [0, 1]


def test_sizes_and_places() -> None:
    large = b"\x1d!\x11\x1bE\x01\x1ba\x02" + "大A\n".encode("gb18030")
    small = b"\x1d!\x00\x1bE\x00\x1ba\x00a\x1b$\x34\x02b\n"
    (paper,) = read(large + small + CUT).papers
    first, second = (part for part in paper.parts if isinstance(part, TextLine))
    assert [(g.char, g.x, g.width, g.height, g.bold) for g in first.glyphs] == [
        ("大", 504, 2, 2, True),
        ("A", 552, 2, 2, True),
    ]
    assert [(g.char, g.x, g.width, g.bold) for g in second.glyphs] == [("a", 0, 1, False), ("b", 564, 1, False)]
    assert second.text == "a" + " " * 46 + "b"


def test_dots_are_read() -> None:
    (paper,) = read(b"\x1ba\x01\x1dv0\x00\x02\x00\x03\x00" + b"\xff\x00" * 3 + CUT).papers
    assert paper.parts == (RasterMark(16, 3, b"\xff\x00" * 3, 280),)
    assert paper.text == "▦16×3"


def test_status_questions_between_commands_are_passed_over() -> None:
    (paper,) = read(b"\x10\x04\x01a\x10\x04\x02b\n\x10\x04\x04" + CUT).papers
    assert paper.text == "ab"


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused_the_same_in_one_piece_and_in_many(data: bytes) -> None:
    def outcome(pieces: list[bytes]) -> object:
        interpreter = Interpreter()
        try:
            for piece in pieces:
                interpreter.feed(piece)
        except PaperError as error:
            return str(error).split(" (")[0]
        return interpreter.papers, interpreter.unfinished

    assert outcome([data]) == outcome([bytes([byte]) for byte in data])


def test_it_does_not_know_the_driver() -> None:
    script = (
        "import sys, devices.simulated.paper.draw, devices.simulated.paper.interpreter;"
        "sys.exit(any(name.startswith('devices.drivers') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False, timeout=60).returncode == 0
