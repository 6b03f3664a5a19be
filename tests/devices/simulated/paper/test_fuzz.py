"""Any bytes at all, made of commands and rubbish: read or refused, in bounded time and memory, strictly or not."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.simulated.paper.font import Font
from devices.simulated.paper.interpreter import Interpreter
from devices.simulated.paper.parts import PaperError
from tests.devices.soaking import soak

HEADS = [
    *(bytes.fromhex(head) for head in ("1B40", "1B61", "1B64", "1B45", "1B4A", "1B24", "1C26", "1C2E", "1D21", "1D56")),
    *(bytes.fromhex(head) for head in ("1D61", "1D72", "1D286B", "1D763000", "1D763003", "1004", "1005", "0A", "00")),
    *(bytes.fromhex(head) for head in ("1D286B0400314132001D286B0300314306", "1D286B0500315030", "1D286B0300315130")),
    "积分券𬭎喆".encode("gb18030"),
    b"AZ:09 ",
]
BYTES = st.lists(st.one_of(st.sampled_from(HEADS), st.binary(max_size=6)), max_size=24).map(b"".join)


def check(data: bytes, font: Font, dots: int) -> None:
    strict = Interpreter(dots=dots, font=font)
    with suppress(PaperError):  # and nothing else
        strict.feed(data)
    loose = Interpreter(dots=dots, font=font, strict=False)
    for at in range(0, len(data), 3):
        loose.feed(data[at : at + 3])
    assert len(loose.unfinished) <= len(data)
    assert len(loose.oddities) <= len(data)
    for paper in (*strict.papers, *loose.papers):
        assert len(paper.text) <= 2 * dots * len(data)
        assert all(part.height > 0 for part in paper.parts)


FONTS = st.sampled_from(list(Font))
DOTS = st.sampled_from((576, 384))


@given(BYTES, FONTS, DOTS)
def test_any_bytes_are_read_or_refused(data: bytes, font: Font, dots: int) -> None:
    check(data, font, dots)


@pytest.mark.soak
@pytest.mark.parametrize("number", range(8))
def test_very_many_bytes_are_read_or_refused(number: int) -> None:
    soak(check, number, BYTES, FONTS, DOTS)


@pytest.mark.parametrize("strict", [True, False])
def test_a_paper_without_end_is_refused(strict: bool) -> None:
    interpreter = Interpreter(strict=strict)
    feed = b"\x1bd\xff" * 83  # 80 m are 83.7 feeds of 255 lines
    interpreter.feed(feed)
    if strict:
        with pytest.raises(PaperError, match="longer than any roll"):
            interpreter.feed(b"\x1bd\xff")
    else:
        interpreter.feed(b"\x1bd\xff" * 5)
        assert any("longer than any roll" in oddity for oddity in interpreter.oddities)


def test_a_picture_is_read_in_a_time_that_grows_with_its_bytes() -> None:
    """Byte by byte, as the simulated head prints: no byte is looked at again and again."""
    interpreter = Interpreter()
    data = b"\x1dv0\x00\x48\x00\xff\x0f" + bytes(72 * 4095) + b"\x1dV\x00"
    looks: list[int] = []
    step = interpreter._step
    interpreter._step = lambda data: looks.append(len(data)) or step(data)  # type: ignore[method-assign, func-returns-value]
    for byte in data:
        interpreter.feed(bytes((byte,)))
    assert len(interpreter.papers) == 1
    assert sum(looks) < 2 * len(data)
