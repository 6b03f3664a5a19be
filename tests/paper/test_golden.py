"""The papers, byte for byte: what a printer in the field gets changes only when somebody looked at the new paper."""

from __future__ import annotations

import io

import pytest
import zxingcpp
from PIL import Image

from devices.drivers.printer.profile import PROFILES
from devices.drivers.printer.render import render
from devices.simulated.paper.draw import png
from devices.simulated.paper.interpreter import Interpreter
from devices.simulated.paper.parts import InterpretedPaper
from domain.voucher import parse_code, signed_message
from kiosk.papers.ticket import stub_and_tag
from kiosk.texts import load_texts
from sync.identity import Verifier
from tests.paper.samples import CHECKLIST, CONTENT, FACE, GOLDEN, KEY, SLIP, TICKET, VOUCHER, papers, rendered

PROFILES_HERE = ("80mm", "58mm")
CASES = [(name, profile) for name in papers() for profile in PROFILES_HERE]
VOUCHERS = [(name, profile) for name in ("voucher", "voucher-reprint", "voucher-proxy") for profile in PROFILES_HERE]
CODES = {"stub": TICKET.code, "tag": TICKET.code, "checklist": CHECKLIST.code, "slip": SLIP.code}


def read(name: str, profile: str) -> InterpretedPaper:
    interpreter = Interpreter(dots=PROFILES[profile].dots, cutter=PROFILES[profile].cutter)
    interpreter.feed(rendered(name, profile))
    (paper,) = interpreter.papers
    return paper


@pytest.mark.parametrize(("name", "profile"), CASES)
def test_the_bytes_are_frozen(name: str, profile: str) -> None:
    assert rendered(name, profile) == (GOLDEN / f"{name}-{profile}.bin").read_bytes()


@pytest.mark.parametrize(("name", "profile"), CASES)
def test_the_text_reads_back_exactly(name: str, profile: str) -> None:
    assert read(name, profile).text + "\n" == (GOLDEN / f"{name}-{profile}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(("name", "profile"), VOUCHERS)
def test_a_voucher_is_at_most_600_bytes(name: str, profile: str) -> None:
    assert len(rendered(name, profile)) <= 600


@pytest.mark.parametrize(("name", "profile"), VOUCHERS)
def test_the_code_in_the_picture_is_decoded_and_verifies(name: str, profile: str) -> None:
    picture = Image.open(io.BytesIO(png(read(name, profile), FACE))).convert("L")
    (found,) = zxingcpp.read_barcodes(picture)
    assert found.text == CONTENT.code
    voucher, data, signature = parse_code(found.text)
    assert voucher == VOUCHER
    assert Verifier({1: KEY.public})(1, signed_message(data), signature)


@pytest.mark.parametrize(("name", "profile"), [(name, profile) for name in CODES for profile in PROFILES_HERE])
def test_every_other_code_is_decoded_from_its_picture(name: str, profile: str) -> None:
    picture = Image.open(io.BytesIO(png(read(name, profile), FACE))).convert("L")
    assert [found.text for found in zxingcpp.read_barcodes(picture)] == [CODES[name]]


def test_stub_and_tag_are_two_papers_of_one_job_and_name_nobody() -> None:
    interpreter = Interpreter(dots=576, cutter=True)
    interpreter.feed(render(stub_and_tag(TICKET, 1, load_texts()), PROFILES["80mm"], FACE))
    stub, tag = interpreter.papers
    assert TICKET.number in stub.text
    assert tag.text.startswith(TICKET.number)
    assert "补打 第 1 次" in stub.text
    assert "补打 第 1 次" in tag.text


def test_only_the_reprint_is_marked() -> None:
    assert "补打" not in read("voucher", "80mm").text
    assert "补打 第 1 次" in read("voucher-reprint", "80mm").text
