from __future__ import annotations

import io

import pytest
import zxingcpp
from PIL import Image

from devices.drivers.printer.profile import PROFILES
from devices.drivers.printer.render import render
from devices.paper import Align, Cut, Feed, Paper, Qr, Text
from devices.simulated.paper.draw import draw, png
from devices.simulated.paper.interpreter import Interpreter
from devices.simulated.paper.parts import InterpretedPaper
from tests.devices.helpers import FACE, QR_PAYLOAD, VOUCHER


def printed(paper: Paper, profile: str = "80mm") -> InterpretedPaper:
    kind = PROFILES[profile]
    interpreter = Interpreter(dots=kind.dots, cutter=kind.cutter)
    interpreter.feed(render(paper, kind, FACE))
    return interpreter.papers[0]


def ink_box(image: Image.Image) -> tuple[int, int, int, int]:
    """The box of what is dark, without the torn edges."""
    solid = image.crop((0, 16, image.width, image.height - 16)).convert("L").point([255] * 128 + [0] * 128)
    box = solid.getbbox()
    assert box is not None
    return box


@pytest.mark.parametrize("profile", ["80mm", "58mm"])
@pytest.mark.parametrize("module_dots", [4, 6])
def test_the_qr_code_in_the_picture_can_be_scanned(profile: str, module_dots: int) -> None:
    paper = printed((*VOUCHER[:-2], Qr(QR_PAYLOAD, module_dots), Cut()), profile)
    image = Image.open(io.BytesIO(png(paper, FACE)))
    found = zxingcpp.read_barcodes(image.convert("L"))
    assert [(code.format, code.text) for code in found] == [(zxingcpp.BarcodeFormat.QRCode, QR_PAYLOAD)]


def test_the_picture_is_as_wide_as_the_roll() -> None:
    assert draw(printed((Text("字"), Cut())), FACE).width == 640
    assert draw(printed((Text("字"), Cut()), "58mm"), FACE).width == 464


def test_scale_is_drawn() -> None:
    boxes = [ink_box(draw(printed((Text("国国", scale=scale), Cut())), FACE)) for scale in (1, 2, 4)]
    widths = [right - left for left, _, right, _ in boxes]
    heights = [bottom - top for _, top, _, bottom in boxes]
    assert [round(width / widths[0]) for width in widths] == [1, 2, 4]
    assert [round(height / heights[0]) for height in heights] == [1, 2, 4]
    assert 40 <= widths[0] <= 48
    assert 18 <= heights[0] <= 24


def test_alignment_is_drawn() -> None:
    left, centre, right = (ink_box(draw(printed((Text("国", align), Cut())), FACE)) for align in Align)
    assert left[0] < 40
    assert abs((centre[0] + centre[2]) / 2 - 320) <= 2
    assert right[2] > 600


def test_a_foreign_character_is_drawn_where_text_would_stand() -> None:
    native = ink_box(draw(printed((Text("欧阳宏", Align.RIGHT), Cut())), FACE))
    rastered = ink_box(draw(printed((Text("欧阳𬭎", Align.RIGHT), Cut())), FACE))
    assert all(abs(one - other) <= 4 for one, other in zip(native, rastered, strict=True))


def test_ends_are_torn_and_feeds_take_room() -> None:
    short, long = (draw(printed((Text("字"), Feed(lines), Cut())), FACE) for lines in (1, 3))
    assert long.height - short.height == 60
    corner, middle = short.getpixel((0, 0)), short.getpixel((320, short.height // 2))
    assert isinstance(corner, tuple)
    assert isinstance(middle, tuple)
    assert (corner[3], middle[3]) == (0, 255)
