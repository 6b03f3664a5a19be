"""The catalogue: from a file or from the table of items to a published document. What stations would refuse is not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
from django.db import transaction

from config.catalogue import Catalogue as Written
from config.lines import Lines
from config.mistakes import Mistake, SettingsError
from config.reading import read
from domain.catalogue import decode_catalogue
from domain.ids import ItemId
from office.books.models import Blob, Document, Item
from office.faults import NotPublished
from office.services.documents import CATALOGUE, newest, publish
from office.services.down import lock_all
from office.services.parts import Parts
from sync.blob_messages import BLOB_BYTES_MAX, sha256_of
from sync.fault_points import point

_SIGNATURES = {".png": b"\x89PNG\r\n\x1a\n", ".jpg": b"\xff\xd8\xff"}


@dataclass(frozen=True, slots=True)
class Checked:
    """A catalogue file without a mistake, and the bytes of the pictures that it names."""

    file: Path
    written: Written
    pictures: dict[str, bytes]


def check_catalogue(file: Path, pictures: Path | None = None) -> Checked:
    """Read a catalogue and its pictures, which lie beside it or in ``pictures/``. Raises ``SettingsError`` with all."""
    written = read(file, Written)
    lines = Lines(file.read_text(encoding="utf-8-sig"))
    mistakes: list[Mistake] = []
    found: dict[str, bytes] = {}
    for index, item in enumerate(written.items):
        if item.picture is None or item.picture in found:
            continue
        path = _find(file.parent, item.picture, pictures)
        advice = _fault_of(path)
        if path is None or advice:
            place = ("item", index, "picture")
            expected = f"a PNG or JPEG file of at most {BLOB_BYTES_MAX // 1024} KB"
            key = f"item[{index + 1}].picture"
            mistakes.append(Mistake(str(file), lines.of(place), key, item.picture, expected, advice))
        else:
            found[item.picture] = path.read_bytes()
    if mistakes:
        raise SettingsError(mistakes)
    return Checked(file, written, found)


def changes(checked: Checked) -> tuple[int, int, list[str]]:
    """Return how many items a file adds and changes, and the names of those that it takes out of the table."""
    names = {name: _name_of(name, data) for name, data in checked.pictures.items()}
    rows = {item.pk: {name: getattr(item, name) for name in FIELDS} for item in Item.objects.all()}
    new = {item.id: item.model_dump() | {"picture": names.get(item.picture or "")} for item in checked.written.items}
    changed = sum(
        any((new[number][name] or None) != (rows[number][name] or None) for name in FIELDS)
        for number in new.keys() & rows.keys()
    )
    gone = [f"{number} {row['name']}" for number, row in rows.items() if number not in new]
    return len(new.keys() - rows.keys()), changed, gone


def push_catalogue(
    parts: Parts, checked: Checked, at: datetime | None = None, to: tuple[str, ...] = ()
) -> Document | None:
    """Publish a file and make it the table of items; ``None`` if it says what the newest version says already."""
    names = {name: _name_of(name, data) for name, data in checked.pictures.items()}
    items = [item.model_dump() | {"picture": names.get(item.picture or "")} for item in checked.written.items]
    last = Document.objects.filter(name=CATALOGUE).order_by("-version").first()
    version = checked.written.version
    if last is not None and version <= last.version:
        body = _body(last.version, items)
        if body == bytes(last.body):
            _fill_table(items)
            return None
        raise SettingsError(
            [
                Mistake(
                    str(checked.file),
                    Lines(checked.file.read_text(encoding="utf-8-sig")).of(("version",)),
                    "version",
                    str(version),
                    f"{last.version + 1} or more",
                    f"Version {last.version} is published and says something else: raise the version.",
                )
            ]
        )
    with transaction.atomic():
        lock_all()
        _fill_table(items)
        point("push.table_filled")
        blobs = {sha256_of(data): data for data in checked.pictures.values()}
        return publish(parts, CATALOGUE, version, _checked_body(version, items), blobs, at, to)


def _fill_table(items: list[dict[str, Any]]) -> None:
    """The file is the whole catalogue: whoever pushes it is told what of the pages' table it changes and takes out."""
    with transaction.atomic():
        Item.objects.all().delete()
        Item.objects.bulk_create(Item(**item, position=index) for index, item in enumerate(items))


def publish_items(parts: Parts) -> Document | None:
    """Publish the table of items under the next version; ``None`` if nothing changed. Raises ``NotPublished``."""
    with transaction.atomic():
        lock_all()
        items = [_plain(item) for item in Item.objects.order_by("position", "id")]
        last = Document.objects.filter(name=CATALOGUE).order_by("-version").first()
        if last is not None and bytes(last.body) == _body(last.version, items):
            return None
        version = newest(CATALOGUE) + 1
        return publish(parts, CATALOGUE, version, _checked_body(version, items), {})


def was_published(item: int) -> bool:
    """Whether any published catalogue ever had this number."""
    bodies = Document.objects.filter(name=CATALOGUE).order_by("-version").values_list("body", flat=True)
    return any(decode_catalogue(bytes(body)).item(ItemId(item)) is not None for body in bodies.iterator(20))


def keep_picture(name: str, data: bytes) -> str:
    """Keep a picture by its hash; return the name under which an item refers to it. Raises ``NotPublished``."""
    suffix = Path(name).suffix.lower().replace(".jpeg", ".jpg")
    if len(data) > BLOB_BYTES_MAX or not data.startswith(_SIGNATURES.get(suffix, b"\0")):
        raise NotPublished(f"{name}: expected a PNG or JPEG file of at most {BLOB_BYTES_MAX // 1024} KB")
    Blob.objects.get_or_create(sha256=sha256_of(data), defaults={"data": data})
    return _name_of(f"x{suffix}", data)


def _plain(item: Item) -> dict[str, Any]:
    row = {name: getattr(item, name) for name in FIELDS}
    return row | {"place": item.place or None, "picture": item.picture or None}


FIELDS = (
    "id", "kind", "name", "description", "points", "unit", "pieces_max", "voucher_days", "place", "place_name",
    "picture", "available", "stocked", "group",
)  # fmt: skip


def _body(version: int, items: list[dict[str, Any]]) -> bytes:
    # A station of before there were groups refuses what it does not know: an item without one does not name any.
    ordered = [{name: item[name] for name in FIELDS if name != "group" or item[name]} for item in items]
    return msgspec.json.encode({"version": version, "items": ordered})


def _checked_body(version: int, items: list[dict[str, Any]]) -> bytes:
    body = _body(version, items)
    try:
        decode_catalogue(body)
    except ValueError as error:
        raise NotPublished(f"catalogue: stations would not take it: {error}") from error
    return body


def _name_of(name: str, data: bytes) -> str:
    return sha256_of(data) + Path(name).suffix


def _find(folder: Path, name: str, pictures: Path | None) -> Path | None:
    places = (pictures,) if pictures is not None else (folder, folder / "pictures")
    return next((place / name for place in places if (place / name).is_file()), None)


def _fault_of(path: Path | None) -> str:
    if path is None:
        return "Put the picture beside the catalogue or into pictures/, or name its folder with --pictures."
    if path.stat().st_size > BLOB_BYTES_MAX:
        return f"The file has {path.stat().st_size // 1024} KB: make it smaller."
    with path.open("rb") as file:
        right = file.read(16).startswith(_SIGNATURES[path.suffix])
    return "" if right else "The file is not what its name says: save it again as PNG or JPEG."
