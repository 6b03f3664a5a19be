"""Cards of the demonstration: signed codes, and pictures of cards to print and cut out."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from pathlib import Path

import qrcode
from PIL import Image, ImageDraw, ImageFont
from qrcode.constants import ERROR_CORRECT_M
from qrcode.util import MODE_ALPHA_NUM, QRData

from domain.card import Card, code_of, pack, parse_code, signed_message
from sync.identity import SigningKey

WIDTH, HEIGHT = 1011, 638  # ISO/IEC 7810 ID-1, 85.6 × 54 mm at 300 dots an inch
INK, RED, PAPER = (35, 31, 28), (165, 0, 0), (253, 250, 244)


@dataclass(frozen=True, slots=True)
class CardFace:
    """What is printed on a card beside its code."""

    title: str
    name: str
    footer: str


def signed_code(card: Card, key: SigningKey) -> str:
    """Return the code of a card, signed by the office."""
    data = pack(card)
    return code_of(data, key.sign(signed_message(data)))


def draw_card(code: str, face: CardFace, fonts: Path) -> bytes:
    """Return a PNG of a card, ID-1 size at 300 dots an inch."""
    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, WIDTH, 118), fill=RED)
    bold = str(fonts / "YizhanSans-Bold.otf")
    draw.text((48, 59), face.title, font=ImageFont.truetype(bold, 54), fill=PAPER, anchor="lm")
    image.paste(_qr(code, 440), (524, 160))
    draw.text((48, 250), face.name, font=ImageFont.truetype(bold, 84), fill=INK, anchor="lm")
    footer = ImageFont.truetype(str(fonts / "YizhanSans-Regular.otf"), 32)
    draw.multiline_text((48, 420), face.footer, font=footer, fill=INK, spacing=14)
    buffer = io.BytesIO()
    image.save(buffer, "PNG", dpi=(300, 300))
    return buffer.getvalue()


def _qr(code: str, size: int) -> Image.Image:
    symbol = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=4)
    symbol.add_data(QRData(code.encode(), mode=MODE_ALPHA_NUM))
    symbol.make(fit=True)
    side = len(symbol.get_matrix())
    picture = Image.new("1", (side, side))
    picture.putdata([0 if dark else 255 for row in symbol.get_matrix() for dark in row])
    return picture.convert("RGB").resize((size, size), Image.Resampling.NEAREST)


def forged_code(code: str) -> str:
    """Return a card's code signed by somebody who is not the office."""
    card, _, _ = parse_code(code)
    return signed_code(card, SigningKey(card.key_id, bytes(32)))


def unknown_code(office: SigningKey, code: str) -> str:
    """Return a rightly signed card that no registry lists."""
    card, _, _ = parse_code(code)
    return signed_code(replace(card, number=bytes(8)), office)
