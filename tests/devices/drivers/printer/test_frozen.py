"""Our bytes against those of two generators that know nothing of ours (frozen/README.md says how they were made)."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from PIL import Image

from devices.drivers.printer.job import FENCE, reset_of
from devices.drivers.printer.profile import PROFILES, QrMethod
from devices.drivers.printer.render import render
from devices.drivers.printer.symbol import module_dots
from devices.paper import Part, Qr, Text
from devices.simulated.paper.interpreter import Interpreter
from devices.simulated.paper.parts import RasterMark
from tests.devices.helpers import FACE

FROZEN = Path(__file__).parent / "frozen"
WIDE = PROFILES["80mm"]
_GS_V_0 = b"\x1dv0"


def frozen(name: str) -> Any:
    return json.loads((FROZEN / name).read_text(encoding="utf-8"))


SAMPLES, RECEIPTLINE, THERMAL = map(frozen, ("samples.json", "receiptline.json", "node-thermal-printer.json"))


def ours(part: Part) -> bytes:
    return render((part,), WIDE, FACE).removeprefix(reset_of(WIDE)).removesuffix(FENCE)


@pytest.mark.parametrize(("text", "job"), list(zip(SAMPLES["lines"], RECEIPTLINE["lines"], strict=True)))
def test_a_line_of_text_is_the_same_bytes(text: str, job: str) -> None:
    two_byte_mode = b"\x1c&"
    _, _, theirs = bytes.fromhex(job).rpartition(two_byte_mode)
    assert theirs.startswith(ours(Text(text)))
    assert reset_of(WIDE).endswith(two_byte_mode)


def test_their_job_ends_with_the_same_fence() -> None:
    assert {bytes.fromhex(job)[-3:] for job in RECEIPTLINE["lines"]} == {FENCE}


def test_a_native_qr_code_is_the_same_bytes() -> None:
    theirs = bytes.fromhex(THERMAL["qr"]).removeprefix(b"\x1bR\x0f")
    assert theirs in ours(Qr(SAMPLES["qr"], module_dots=6))


def test_a_drawn_qr_code_says_the_same_and_is_as_large_as_we_reckon() -> None:
    qr = Qr(SAMPLES["qr"], module_dots=6)
    job = bytes.fromhex(RECEIPTLINE["qr"])
    theirs, their_dots = read(b"\x1b@" + job[job.index(_GS_V_0) : job.rindex(b"\x1dV")])
    our_text, our_dots = read(render((qr,), replace(WIDE, qr=QrMethod.RASTER), FACE))
    assert theirs == our_text == SAMPLES["qr"]
    # Theirs is in byte mode and so a version larger: as large as we expect of a printer that knows no other mode.
    assert (their_dots, our_dots) == (37 * 6, 33 * 6)
    just_fits = replace(WIDE, dots=(37 + 8) * 6, qr=QrMethod.NATIVE_BYTES)
    assert module_dots(qr, just_fits) == 6
    assert module_dots(qr, replace(just_fits, dots=just_fits.dots - 1)) == 5


def read(data: bytes) -> tuple[str, int]:
    """What the picture of a QR code says, and how many dots wide it is."""
    interpreter = Interpreter(dots=WIDE.dots)
    interpreter.feed(data + b"\x1dV\x00")
    (mark,) = (part for part in interpreter.papers[0].parts if isinstance(part, RasterMark))
    dots = Image.frombytes("1", (mark.width, mark.height), mark.data).convert("L").point(lambda grey: 255 - grey)
    box = dots.point(lambda grey: 255 - grey).getbbox()
    assert box is not None
    picture = Image.new("L", (mark.width + 60, mark.height + 60), 255)
    picture.paste(dots, (30, 30))
    (code,) = zxingcpp.read_barcodes(picture)
    return code.text, box[2] - box[0]
