from __future__ import annotations

import json
from pathlib import Path

import pytest

from kiosk import faults
from kiosk.faults import ShelfError
from kiosk.shelf import AtomicStorage, Document, Shelf


def document(version: int, text: str = "米") -> Document:
    return Document("catalogue", version, json.dumps({"text": text}, ensure_ascii=False).encode())


def test_a_document_comes_back_and_only_newer_ones_are_taken(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "shelf.json")
    assert shelf.get("catalogue") is None
    assert shelf.put(document(2))
    assert not shelf.put(document(2, "油"))
    assert not shelf.put(document(1))
    assert shelf.put(document(3, "盐"))
    shelf.close()
    assert Shelf(tmp_path / "shelf.json").get("catalogue") == document(3, "盐")


class PowerCut(Exception):
    pass


@pytest.mark.parametrize("where", ["shelf.written", "shelf.kept", "shelf.replaced"])
def test_a_cut_between_two_steps_leaves_a_whole_file(tmp_path: Path, where: str) -> None:
    path = tmp_path / "shelf.json"
    Shelf(path).put(document(1))

    def cut(name: str) -> None:
        if name == where:
            raise PowerCut

    faults.listen(cut)
    try:
        with pytest.raises(PowerCut):
            Shelf(path).put(document(2, "油"))
    finally:
        faults.listen(None)
    found = Shelf(path).get("catalogue")
    assert found == (document(2, "油") if where == "shelf.replaced" else document(1))


def test_a_file_torn_at_any_byte_falls_back_to_the_one_before(tmp_path: Path) -> None:
    path = tmp_path / "shelf.json"
    Shelf(path).put(document(1))
    Shelf(path).put(document(2, "油"))
    whole = path.read_bytes()
    for length in range(len(whole)):
        path.write_bytes(whole[:length])
        assert Shelf(path).get("catalogue") == document(1)
    path.unlink()
    assert Shelf(path).get("catalogue") == document(1)


def test_a_damaged_file_does_not_take_the_place_of_the_good_copy(tmp_path: Path) -> None:
    path = tmp_path / "shelf.json"
    Shelf(path).put(document(1))
    Shelf(path).put(document(2))
    path.write_bytes(b"{")
    Shelf(path).put(document(3))
    assert Shelf(path).get("catalogue") == document(3)
    path.write_bytes(b"{")
    assert Shelf(path).get("catalogue") == document(1)


def test_when_nothing_can_be_read_it_says_so(tmp_path: Path) -> None:
    path = tmp_path / "shelf.json"
    path.write_bytes(b"{")
    with pytest.raises(ShelfError, match="office must send it again"):
        AtomicStorage(path).read()


def test_a_flipped_letter_is_not_what_the_office_sent(tmp_path: Path) -> None:
    path = tmp_path / "shelf.json"
    Shelf(path).put(document(1))
    path.write_text(path.read_text().replace("米", "油"))
    with pytest.raises(ShelfError, match="not what the office sent"):
        Shelf(path).get("catalogue")


def test_a_document_without_its_parts_is_damage(tmp_path: Path) -> None:
    path = tmp_path / "shelf.json"
    Shelf(path).put(document(1))
    for part in ("body", "sha256", "version"):
        data = json.loads(path.read_text())
        for row in data["_default"].values():
            del row[part]
        torn = tmp_path / f"{part}.json"
        torn.write_text(json.dumps(data))
        with pytest.raises(ShelfError, match="not what the office sent"):
            Shelf(torn).get("catalogue")
