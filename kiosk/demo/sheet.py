"""Contact sheets: many small pictures with their captions on one page."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

PAPER, INK = (251, 245, 234), (31, 26, 23)
GAP_PX, CAPTION_PX = 14, 26


def draw_sheet(pictures: Sequence[tuple[Path, str]], face: Path, *, columns: int, width_px: int) -> Image.Image:
    """Pictures with captions in rows; each fits into a cell ``width_px`` wide that is as high as the first picture."""
    font = ImageFont.truetype(str(face), CAPTION_PX * 7 // 10)
    with Image.open(pictures[0][0]) as first:
        height_px = first.height * width_px // first.width
    rows = -(-len(pictures) // columns)
    step_x, step_y = width_px + GAP_PX, height_px + CAPTION_PX + GAP_PX
    sheet = Image.new("RGB", (columns * step_x + GAP_PX, rows * step_y + GAP_PX), PAPER)
    draw = ImageDraw.Draw(sheet)
    for at, (path, caption) in enumerate(pictures):
        left, top = GAP_PX + at % columns * step_x, GAP_PX + at // columns * step_y
        with Image.open(path) as opened:
            small = opened.convert("RGB")
            small.thumbnail((width_px, height_px), Image.Resampling.LANCZOS)
        sheet.paste(small, (left + (width_px - small.width) // 2, top))
        draw.text((left, top + height_px + 3), _fitting(caption, font, width_px), font=font, fill=INK)
    return sheet


def save_small(sheet: Image.Image, path: Path) -> None:
    """Save a sheet as a PNG of 256 colours: a third of the size, and screens are drawn in few colours."""
    sheet.quantize(256, dither=Image.Dither.NONE).save(path, optimize=True)


def _fitting(caption: str, font: ImageFont.FreeTypeFont, width_px: int) -> str:
    while caption and font.getlength(caption) > width_px:
        caption = caption.rstrip("…")[:-1] + "…" if len(caption) > 1 else ""
    return caption
