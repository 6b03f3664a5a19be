"""Tag, stub, list and closing, byte for byte and as a scanner sees them."""

from __future__ import annotations

import io

import pytest
import zxingcpp
from PIL import Image

from devices.paper import Qr
from devices.simulated.paper.draw import png
from tests.paper.samples import FACE, GOLDEN
from tests.paper.shapes import SHAPES, WIDTHS, read, rendered

CASES = [(name, width) for name in SHAPES for width in WIDTHS]


@pytest.mark.parametrize(("name", "width"), CASES)
def test_the_bytes_are_frozen_and_read_back(name: str, width: str) -> None:
    frozen = (GOLDEN / f"{name}-{width}.bin").read_bytes()
    assert rendered(name, width) == frozen
    assert read(frozen, width).text + "\n" == (GOLDEN / f"{name}-{width}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(("name", "width"), CASES)
def test_codes_are_decoded_off_the_picture(name: str, width: str) -> None:
    picture = Image.open(io.BytesIO(png(read(rendered(name, width), width), FACE))).convert("L")
    wanted = [part.payload for part in SHAPES[name] if isinstance(part, Qr)]
    assert [code.text for code in zxingcpp.read_barcodes(picture)] == wanted
