"""``office push``: every mistake of a catalogue is named with its line; nothing is published until there is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.mistakes import SettingsError
from domain.catalogue import ItemClass, decode_catalogue
from office.books.models import Blob, Document, Item
from office.services.catalogue import check_catalogue, publish_items, push_catalogue
from tests.office.world import OfficeWorld

PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)
ITEM = '[[item]]\nid = 101\nkind = "goods"\nname = "大米"\npoints = 120\nunit = "袋"\nvoucher_days = 30\n'


def write(folder: Path, text: str) -> Path:
    file = folder / "catalogue.toml"
    file.write_text(text, encoding="utf-8")
    return file


def mistakes(folder: Path, text: str) -> list[str]:
    with pytest.raises(SettingsError) as caught:
        check_catalogue(write(folder, text))
    return [str(mistake) for mistake in caught.value.mistakes]


def test_a_good_file_becomes_the_items_and_a_version(office: OfficeWorld, tmp_path: Path) -> None:
    (tmp_path / "rice.png").write_bytes(PNG)
    file = write(tmp_path, f'version = 7\n{ITEM}picture = "rice.png"\n')
    document = push_catalogue(office.parts, check_catalogue(file))
    assert document is not None
    assert document.version == 7
    item = Item.objects.get()
    assert (item.points, (item.picture or "").endswith(".png"), Blob.objects.count()) == (120, True, 1)
    assert push_catalogue(office.parts, check_catalogue(file)) is None
    write(tmp_path, file.read_text().replace("120", "110"))
    with pytest.raises(SettingsError, match=r"catalogue.toml:1: version: found 7, expected 8 or more"):
        push_catalogue(office.parts, check_catalogue(file))
    assert Document.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("points = 120", "points = -5"), "catalogue.toml:6: item[1].points: found -5, expected"),
        (("unit", "unti"), "Did you mean `unit`?"),
        (('kind = "goods"', 'kind = "good"'), "catalogue.toml:4: item[1].kind"),
        (("voucher_days = 30", f"voucher_days = 30\n{ITEM}"), "has it already"),
        (("voucher_days = 30", 'voucher_days = 30\npicture = "none.png"'), "Put the picture beside the catalogue"),
        (("voucher_days = 30", 'voucher_days = 30\npicture = "text.png"'), "not what its name says"),
    ],
)
def test_each_mistake_is_said(office: OfficeWorld, tmp_path: Path, change: tuple[str, str], said: str) -> None:
    (tmp_path / "text.png").write_text("no picture")
    found = mistakes(tmp_path, f"version = 1\n{ITEM}".replace(*change))
    assert any(said in mistake for mistake in found), found
    assert not Document.objects.exists()


def test_all_mistakes_come_at_once(office: OfficeWorld, tmp_path: Path) -> None:
    text = f"version = 1\n{ITEM}{ITEM}".replace("120", "-1").replace("unit", "unti")
    assert len(mistakes(tmp_path, text)) >= 5


def test_a_file_that_is_not_utf8(office: OfficeWorld, tmp_path: Path) -> None:
    file = tmp_path / "catalogue.toml"
    file.write_bytes(f"version = 1\n{ITEM}".encode("gbk"))
    with pytest.raises(SettingsError, match="GBK"):
        check_catalogue(file)


def test_groups_are_published_where_there_are_any(office: OfficeWorld, tmp_path: Path) -> None:
    file = write(tmp_path, f"version = 7\n{ITEM}group = '粮油'\n{ITEM.replace('101', '102')}")
    document = push_catalogue(office.parts, check_catalogue(file))
    assert document is not None
    assert decode_catalogue(bytes(document.body)).groups(ItemClass.GOODS) == ("粮油", "")
    assert bytes(document.body).count(b"group") == 1  # older stations refuse what they do not know
    assert publish_items(office.parts) is None
