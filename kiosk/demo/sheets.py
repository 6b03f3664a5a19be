"""Which pictures of a tour go on which sheet."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kiosk.demo.pages import read_captions
from kiosk.demo.sheet import draw_sheet, save_small

COLUMNS, SMALL_PX = 6, 320
MAIN_COLUMNS, MAIN_PX = 3, 426
MAIN = (
    *("idle", "home", "goods", "item", "confirm", "done"),
    *("whom", "later-question", "still-there", "fetching", "help", "voucher"),
)
"""What a stranger should see first; a paper among them."""


def draw_sheets(out: Path, fonts: Path, names: Sequence[str]) -> None:
    """A sheet of all pictures for each cell (a folder in ``out``, or ``.``); one of the main screens of the first."""
    face = fonts / "YizhanSans-Regular.otf"
    for name in names:
        pictures = [(out / name / file, said) for file, said in read_captions(out / name)]
        if pictures:
            sheet = draw_sheet(pictures, face, columns=COLUMNS, width_px=SMALL_PX)
            save_small(sheet, out / f"{'all' if name == '.' else name}-sheet.png")
    if main := main_pictures(out / names[0]):
        save_small(draw_sheet(main, face, columns=MAIN_COLUMNS, width_px=MAIN_PX), out / "main-sheet.png")


def main_pictures(folder: Path) -> list[tuple[Path, str]]:
    """The main screens of a cell, in the order of ``MAIN``."""
    named = {file.split("-", 1)[1].removesuffix(".png"): (folder / file, said) for file, said in read_captions(folder)}
    return [named[name] for name in MAIN if name in named]
