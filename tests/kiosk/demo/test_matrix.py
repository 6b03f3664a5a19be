"""The tour's matrix: which cells there are, their sheets and their page."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from kiosk.demo.cell import Cell, cells
from kiosk.demo.pages import read_captions, write_captions, write_page
from kiosk.demo.sheet import draw_sheet, save_small
from kiosk.demo.sheets import MAIN, main_pictures
from kiosk.look import Look
from tests.support.station import FONTS

FACE = FONTS / "YizhanSans-Regular.otf"


def test_without_a_wish_there_is_one_cell_and_all_of_everything_are_24() -> None:
    assert cells("10.1", "light", "standard", "zh") == (Cell(),)
    every = cells("all", "all", "all", "all")
    assert len({cell.name for cell in every}) == len(every) == 24
    assert Cell("13.3", Look(large=True, contrast=True, language="en")) in every
    for cell in every:
        assert cells(*cell.options[1::2]) == (cell,)
    with pytest.raises(ValueError, match="blue"):
        cells("10.1", "blue", "standard", "zh")


def test_a_sheet_has_a_place_for_every_picture_and_its_caption(tmp_path: Path) -> None:
    pictures = []
    for number in range(4):
        path = tmp_path / f"{number}.png"
        Image.new("RGB", (1280, 800), (10 * number, 90, 90)).save(path)
        pictures.append((path, "一句很长很长的话" * 9))
    sheet = draw_sheet(pictures, FACE, columns=3, width_px=320)
    assert sheet.size == (3 * 334 + 14, 2 * 240 + 14)
    assert sheet.getpixel((14 + 160, 14 + 100)) == (0, 90, 90)
    assert sheet.getpixel((14 + 160, 254 + 100)) == (30, 90, 90)
    save_small(sheet, tmp_path / "sheet.png")
    assert (tmp_path / "sheet.png").stat().st_size < 60_000


def test_the_page_shows_every_picture_and_every_finding(tmp_path: Path) -> None:
    cell = tmp_path / Cell().name
    cell.mkdir()
    captions = [(f"{number:02d}-{name}.png", f"<{name}>") for number, name in enumerate(reversed(MAIN), start=1)]
    write_captions(cell, captions)
    (cell / "findings.txt").write_text("text.cut  01-idle: …\n")
    assert read_captions(cell) == captions
    assert [path.name.split("-", 1)[1] for path, _ in main_pictures(cell)] == [f"{name}.png" for name in MAIN]
    page = write_page(tmp_path, [cell.name]).read_text(encoding="utf-8")
    assert page.count("<img") == len(MAIN)
    assert "&lt;idle&gt;" in page
    assert "text.cut" in page


def test_a_tour_that_was_not_played_to_its_end_has_an_empty_page(tmp_path: Path) -> None:
    assert read_captions(tmp_path) == []
    assert "<img" not in write_page(tmp_path, ["."]).read_text(encoding="utf-8")
