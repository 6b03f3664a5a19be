"""QR codes: drawn by the printer in either mode, or by us, always inside the paper, always read back."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from devices.drivers.printer.pictures import picture
from devices.drivers.printer.profile import PROFILES, Charset, Profile, QrMethod
from devices.drivers.printer.render import render
from devices.drivers.printer.symbol import module_dots
from devices.paper import Cut, Qr
from devices.simulated.paper.draw import png
from devices.simulated.paper.font import Font
from devices.simulated.paper.interpreter import Interpreter
from devices.simulated.paper.parts import InterpretedPaper, QrMark
from tests.devices.helpers import FACE, QR_PAYLOAD, VOUCHER

# What other people's software sends for a voucher of this kind as one picture.
PEERS_BYTES = {"58mm": 25_358, "80mm": 38_030}


def interpreted(job: bytes, profile: Profile) -> InterpretedPaper:
    interpreter = Interpreter(
        dots=profile.dots,
        cutter=profile.cutter,
        font=Font.NONE if profile.charset is Charset.ASCII else Font.GB18030,
        alphanumeric=profile.qr is not QrMethod.NATIVE_BYTES,
    )
    interpreter.feed(job)
    (paper,) = interpreter.papers
    return paper


def codes(paper: InterpretedPaper) -> list[str]:
    picture = Image.open(io.BytesIO(png(paper, FACE))).convert("L")
    return [code.text for code in zxingcpp.read_barcodes(picture)]


@pytest.mark.parametrize("wanted", [3, 4, 5, 6, 8])
@pytest.mark.parametrize("method", list(QrMethod))
@pytest.mark.parametrize("width", ["80mm", "58mm"])
def test_a_code_is_read_back_off_the_paper(width: str, method: QrMethod, wanted: int) -> None:
    profile = replace(PROFILES[width], qr=method)
    paper = interpreted(render((Qr(QR_PAYLOAD, wanted), Cut()), profile, FACE), profile)
    assert codes(paper) == [QR_PAYLOAD]
    for mark in (part for part in paper.parts if isinstance(part, QrMark)):
        assert mark.modules == (41 if method is QrMethod.NATIVE else 49)
        assert (mark.modules + 8) * mark.module_dots <= profile.dots


def test_a_code_that_would_not_fit_is_made_smaller_and_one_that_nobody_could_read_is_refused() -> None:
    narrow = PROFILES["58mm"]
    assert module_dots(Qr(QR_PAYLOAD, 6), narrow) == 6
    assert module_dots(Qr(QR_PAYLOAD, 8), narrow) == 384 // (41 + 8) == 7
    assert module_dots(Qr(QR_PAYLOAD, 8), replace(narrow, qr=QrMethod.NATIVE_BYTES)) == 384 // (49 + 8) == 6
    assert module_dots(Qr("A" * 600, 6), narrow) == 4
    for payload in ("A" * 1500, "A" * 5000):
        with pytest.raises(ValueError, match="does not fit on 384 dots"):
            module_dots(Qr(payload, 6), narrow)


@pytest.mark.parametrize("width", ["80mm", "58mm"])
def test_a_voucher_is_small_on_the_line_and_smaller_than_others_as_a_picture(width: str) -> None:
    profile = PROFILES[width]
    assert len(render(VOUCHER, profile, FACE)) <= 600
    drawn = replace(profile, charset=Charset.ASCII, qr=QrMethod.RASTER)
    job = render(VOUCHER, drawn, FACE)
    assert len(job) < PEERS_BYTES[width]
    assert codes(interpreted(job, drawn)) == [QR_PAYLOAD]


@given(st.integers(1, 8), st.lists(st.sampled_from([0x10, 0x04, 0x05, 0x14, 0x00, 0xFF]), min_size=8, max_size=64))
def test_no_picture_holds_what_a_printer_would_obey_in_the_middle_of_it(wide: int, data: list[int]) -> None:
    rows = len(data) // wide
    sent = picture(wide, rows, bytes(data[: wide * rows]))
    assert not any(command in sent for command in (b"\x10\x04", b"\x10\x05", b"\x10\x14"))
    assert len(sent) == 8 + wide * rows
    assert all(now & before == before for now, before in zip(sent[8:], data, strict=False))  # dots are only added
