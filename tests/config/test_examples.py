from __future__ import annotations

import io
import re
from collections import Counter
from xml.etree import ElementTree as ET

import pytest
import resvg_py
from PIL import Image

from config.catalogue import Catalogue
from config.describe import FILES
from config.reading import read
from config.residents import DemoData
from tests.config.samples import EXAMPLES

CATALOGUE = read(EXAMPLES / "catalogue.toml", Catalogue)
PICTURES = EXAMPLES / "pictures"
SHAPES = {"svg", "title", "g", "rect", "circle", "ellipse", "path"}


@pytest.mark.parametrize("name", FILES)
def test_every_example_is_right(name: str) -> None:
    assert read(EXAMPLES / f"{name}.toml", FILES[name])


def test_the_catalogue_has_eight_items_of_each_kind_at_believable_prices() -> None:
    assert Counter(item.kind for item in CATALOGUE.items) == {"goods": 8, "service": 8, "repair": 8}
    assert all(5 <= item.points <= 300 for item in CATALOGUE.items)
    assert len({item.name for item in CATALOGUE.items}) == 24


def test_every_stock_number_is_of_an_item() -> None:
    demo = read(EXAMPLES / "demo.toml", DemoData)
    assert set(demo.stock) <= {item.id for item in CATALOGUE.items}


def test_the_residents_show_what_names_and_points_can_be() -> None:
    demo = read(EXAMPLES / "demo.toml", DemoData)
    names = [resident.name for resident in demo.residents]
    assert len(names) == 13
    assert any(len(name) == 2 for name in names)
    assert any(name.startswith("欧阳") for name in names)
    assert any("𬭎" in name for name in names)
    assert {min(one.points for one in demo.residents), max(one.points for one in demo.residents)} == {0, 800}
    assert len(demo.staff) == 2


def test_there_is_a_picture_for_every_item_and_no_other() -> None:
    wanted = {str(item.picture).removesuffix(".png") for item in CATALOGUE.items}
    assert len(wanted) == 24
    assert {path.stem for path in PICTURES.iterdir()} == wanted


@pytest.mark.parametrize("item", CATALOGUE.items, ids=lambda item: str(item.picture))
def test_a_picture_is_shapes_only_and_renders(item: object) -> None:
    picture = PICTURES / str(getattr(item, "picture", "")).replace(".png", ".svg")
    root = ET.fromstring(picture.read_text(encoding="utf-8"))
    assert root.get("viewBox") == "0 0 400 400"
    assert {re.sub(r"{.*}", "", element.tag) for element in root.iter()} <= SHAPES
    rendered = bytes(resvg_py.svg_to_bytes(svg_path=str(picture), width=200, height=200, skip_system_fonts=True))
    image = Image.open(io.BytesIO(rendered)).convert("RGBA")
    assert image.size == (200, 200)
    assert image.getpixel((0, 0)) == (0, 0, 0, 0)  # outside the tile's round corner
    assert image.getpixel((199, 199)) == (0, 0, 0, 0)
    colours = image.getcolors(200 * 200)
    assert colours is not None
    assert max(count for count, _ in colours) < 0.6 * 200 * 200  # more is drawn than the tile
