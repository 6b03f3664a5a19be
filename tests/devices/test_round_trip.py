"""What the driver writes, the independent reader reads back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.drivers.printer.breaking import broken
from devices.drivers.printer.profile import PROFILES, Charset
from devices.drivers.printer.render import render
from devices.paper import Align, Cut, Feed, Pair, Part, Qr, Rule, Text
from devices.simulated.paper.interpreter import Interpreter
from tests.devices.helpers import FACE


def gb2312_hanzi() -> str:
    codes = (bytes((row, cell)) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF))
    return "".join(code.decode("gb2312", errors="ignore") for code in codes)


@pytest.mark.parametrize("charset", [charset for charset in Charset if charset is not Charset.ASCII])
@pytest.mark.parametrize("profile", ["80mm", "58mm"])
def test_every_gb2312_hanzi_is_printed_as_itself(profile: str, charset: Charset) -> None:
    hanzi = gb2312_hanzi()
    assert len(hanzi) == 6763
    kind = replace(PROFILES[profile], charset=charset)
    interpreter = Interpreter(dots=kind.dots, cutter=kind.cutter)
    interpreter.feed(render((Text(hanzi), Cut()), kind))
    (paper,) = interpreter.papers
    assert paper.text.split("\n") == broken(hanzi, kind.columns)
    assert paper.text.replace("\n", "") == hanzi


NATIVE = st.text(st.sampled_from("积分兑换驿站，。！？；：、）》”（《“…—·abcXYZ 0189,.:*-喆昇"), max_size=70)
PARTS: st.SearchStrategy[Part] = st.one_of(
    st.builds(Text, NATIVE, st.sampled_from(Align), st.integers(1, 4), st.booleans()),
    st.builds(Pair, NATIVE, NATIVE, st.booleans()),
    st.builds(Feed, st.integers(1, 5)),
    st.builds(Qr, st.text("0123456789ABCXYZ:", min_size=1, max_size=150), st.integers(3, 6)),
    st.just(Rule()),
)


@given(st.lists(PARTS, max_size=8), st.sampled_from(sorted(PROFILES)))
@settings(max_examples=60)
def test_any_paper_is_understood_whole(parts: list[Part], profile: str) -> None:
    kind = PROFILES[profile]
    interpreter = Interpreter(dots=kind.dots, cutter=kind.cutter)
    interpreter.feed(render((*parts, Text("末"), Cut()), kind))
    (paper,) = interpreter.papers
    assert interpreter.unfinished == b""
    assert paper.qr_payloads == tuple(part.payload for part in parts if isinstance(part, Qr))
    wanted = "".join(_words(part) for part in parts) + "末"
    assert "".join(paper.text.split()).replace("─", "") == wanted


@given(st.text(st.characters(codec="utf-8"), max_size=12))
@settings(max_examples=60)
def test_any_text_at_all_forges_no_command(text: str) -> None:
    interpreter = Interpreter()
    try:
        job = render((Text(text), Cut()), PROFILES["80mm"], FACE)
    except ValueError:
        return  # named by the error, and nothing printed
    interpreter.feed(job)
    assert len(interpreter.papers) == 1
    assert interpreter.papers[0].cuts == 1


def _words(part: Part) -> str:
    match part:
        case Text(text):
            return "".join(text.split())
        case Pair(label, value):
            return "".join((label + value).split())
        case _:
            return ""
