from __future__ import annotations

from dataclasses import replace

import pytest

from devices.drivers.printer.charset import UnprintableError
from devices.drivers.printer.job import FENCE, reset_of
from devices.drivers.printer.profile import PROFILES, Charset
from devices.drivers.printer.render import render
from devices.paper import Align, Cut, Feed, Pair, Part, Qr, Rule, Text
from tests.devices.helpers import FACE, QR_PAYLOAD, VOUCHER

WIDE = PROFILES["80mm"]
NARROW = PROFILES["58mm"]
RESET = reset_of(WIDE)


def body(*parts: Part) -> bytes:
    job = render(parts, WIDE)
    assert job.startswith(RESET)
    assert job.endswith(FENCE)
    return job[len(RESET) : -len(FENCE)]


def test_a_job_resets_the_printer_and_ends_with_the_fence() -> None:
    assert render((), WIDE) == bytes.fromhex("1B40 1D6100 1C26 1D7201")


def test_chinese_goes_out_as_two_byte_codes() -> None:
    assert body(Text("积分：20")) == bytes.fromhex("BBFD B7D6 A3BA 3230 0A")


@pytest.mark.parametrize("text", ["：，。￥", "：——", "①", "℃"])
def test_marks_that_python_escpos_would_lose_arrive(text: str) -> None:
    assert body(Text(text)) == text.encode("gb18030") + b"\n"


def test_size_weight_and_alignment_change_only_where_needed() -> None:
    lines = (Text("甲", Align.CENTRE, 2, bold=True), Text("乙", Align.CENTRE, 2, bold=True), Text("丙"))
    assert body(*lines) == bytes.fromhex("1D2111 1B4501 1B6101 BCD7 0A D2D2 0A 1D2100 1B4500 1B6100 B1FB 0A")


def test_a_value_is_placed_in_dots_from_the_left() -> None:
    # 48 columns, four for 大米: column 44, dot 528 = 0210h
    assert body(Pair("商品", "大米")) == bytes.fromhex("C9CC C6B7 1B241002 B4F3 C3D7 0A")


def test_a_small_gap_is_blanks() -> None:
    assert body(Pair("商品", "x" * 42)) == bytes.fromhex("C9CCC6B7") + b"  " + b"x" * 42 + b"\n"


def test_a_rule_is_a_stretched_line() -> None:
    assert body(Rule()) == bytes.fromhex("1D2130") + bytes.fromhex("A9A4") * 6 + b"\n"


def test_a_feed_and_an_empty_line() -> None:
    assert body(Feed(3), Feed(0), Text("")) == bytes.fromhex("1B6403 0A")


def test_the_qr_code_is_native_model_2_level_m_centred_with_a_quiet_zone() -> None:
    assert body(Qr("ABC")) == bytes.fromhex(
        "1B6101 1B4A18"
        "1D286B0400 31413200 1D286B0300 314306 1D286B0300 314531 1D286B0600 315030 414243 1D286B0300 315130"
        "1B4A18"
    )


def test_a_cut_feeds_past_the_blade() -> None:
    assert body(Cut()) == bytes.fromhex("1B6406 1D5600")


def test_a_printer_without_cutter_feeds_to_the_tear_bar() -> None:
    assert render((Cut(),), NARROW) == RESET + bytes.fromhex("1B6404") + FENCE


def test_a_voucher_stays_small_on_the_line() -> None:
    job = render(VOUCHER, WIDE)
    assert QR_PAYLOAD.encode() in job
    assert len(job) <= 600


@pytest.mark.parametrize("char", ["𬭎", "㛃", "¥"])
def test_a_line_with_a_foreign_character_goes_out_as_dots(char: str) -> None:
    job = render((Text("前"), Text(f"欧阳{char}"), Text("后")), WIDE, FACE)
    # 3 hanzi of 24 dots: at most 9 bytes a row; white rows above and below are fed, 30 in all
    head, _, rest = job.partition(bytes.fromhex("1D763000"))
    assert head[:-1] == RESET + "前\n".encode("gb18030") + b"\x1bJ"
    width, rows = int.from_bytes(rest[:2], "little"), int.from_bytes(rest[2:4], "little")
    dots, below = rest[4 : 4 + width * rows], rest[4 + width * rows :]
    assert width in (8, 9)
    assert any(dots[:width])
    assert any(dots[-width:])
    assert below[:2] == b"\x1bJ"
    assert head[-1] + rows + below[2] == 30
    assert below[3:] == "后\n".encode("gb18030") + FENCE


def test_a_large_or_right_aligned_raster_keeps_its_place() -> None:
    job = render((Text("㛃", Align.RIGHT, 2),), WIDE, FACE)
    _, _, rest = job.partition(bytes.fromhex("1D763000"))
    assert (rest[0], rest[1]) == (72, 0)
    assert 30 < rest[2] <= 48
    assert not any(rest[4 + row * 72 + column] for row in range(rest[2]) for column in range(66))


def test_white_is_fed_and_not_sent() -> None:
    job = render((Text("\u3000"), Text("㛃")), replace(WIDE, charset=Charset.ASCII), FACE)
    assert job.startswith(bytes.fromhex("1B40 1D6100 1B4A1E 1B4A"))


def test_gb2312_firmware_gets_gbk_names_as_dots() -> None:
    old = replace(WIDE, charset=Charset.GB2312)
    assert b"\x1dv0" in render((Text("陶喆"),), old, FACE)
    assert b"\x1dv0" not in render((Text("陶喆"),), WIDE, FACE)
    assert b"\x1dv0" not in render((Text("·—"),), old, FACE)


def test_without_a_face_the_character_is_named() -> None:
    with pytest.raises(UnprintableError, match=r"𬭎.*U\+2CB4E") as caught:
        render((Text("欧阳𬭎"),), WIDE)
    assert caught.value.char == "𬭎"


@pytest.mark.parametrize("char", ["\ue000", "\U0001f9ff", "\ud800"])
def test_a_character_that_the_face_lacks_is_named(char: str) -> None:
    with pytest.raises(UnprintableError, match=f"{ord(char):04X}"):
        render((Text(f"甲{char}"),), WIDE, FACE)
