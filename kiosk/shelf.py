"""What the office publishes, as documents in TinyDB: catalogue, notices, guide. All of it can be fetched again.

TinyDB's own storage writes in place and leaves a torn file at a power cut; this one writes beside it, flushes, keeps
the previous copy, and renames.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tinydb import TinyDB, where
from tinydb.storages import Storage

from kiosk.faults import ShelfError, point

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Document:
    """One document as the office sent it: its bytes, and the version, which only grows."""

    name: str
    version: int
    body: bytes


class Shelf:
    """Whole documents by name. One process writes it; others open it again when they are told."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._database = TinyDB(path, storage=AtomicStorage)

    def put(self, document: Document) -> bool:
        """Keep a document; return ``False`` and change nothing if one of that version or a newer one lies there."""
        held = self.get(document.name)
        if held is not None and held.version >= document.version:
            return False
        row = {
            "name": document.name,
            "version": document.version,
            "sha256": hashlib.sha256(document.body).hexdigest(),
            "body": document.body.decode("utf-8"),
        }
        self._database.upsert(row, where("name") == document.name)
        return True

    def get(self, name: str) -> Document | None:
        """Return a document. Raises ``ShelfError`` if what lies there is not what the office sent."""
        row = self._database.get(where("name") == name)
        if not isinstance(row, dict):
            return None
        try:
            body = str(row["body"]).encode("utf-8")
            version, sound = int(row["version"]), hashlib.sha256(body).hexdigest() == row["sha256"]
        except (KeyError, TypeError, ValueError):
            sound = False
        if not sound:
            raise ShelfError(f"{self._path}: the document {name!r} is not what the office sent; it must be sent again")
        return Document(name, version, body)

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()


def previous_of(path: Path) -> Path:
    """Where the previous copy of a shelf lies."""
    return path.with_name(path.name + ".previous")


class AtomicStorage(Storage):
    """A file that is always whole: the new one or the one before."""

    def __init__(self, path: Path) -> None:
        self._path = Path(path)
        self._previous = previous_of(self._path)

    def read(self) -> dict[str, dict[str, Any]] | None:
        """Return what the file holds, or its previous copy if it cannot be read. Raises ``ShelfError``."""
        if not self._path.exists() and not self._previous.exists():
            return None
        for path in (self._path, self._previous):
            try:
                data = json.loads(path.read_bytes())
            except (OSError, ValueError) as error:
                logger.warning("shelf.damaged: %s cannot be read (%s)", path, error)
                continue
            if isinstance(data, dict):
                return data
        raise ShelfError(f"{self._path}: neither it nor its previous copy can be read; the office must send it again")

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Replace the file in one step; the one before is kept."""
        temporary = self._path.with_name(self._path.name + ".new")
        with temporary.open("w", encoding="utf-8") as file:
            json.dump(data, file, ensure_ascii=False)
            file.flush()
            os.fsync(file.fileno())
        point("shelf.written")
        if self._path.exists() and self._readable():
            self._keep_previous()
        point("shelf.kept")
        temporary.replace(self._path)
        self._sync_folder()
        point("shelf.replaced")

    def _keep_previous(self) -> None:
        link = self._path.with_name(self._path.name + ".link")
        link.unlink(missing_ok=True)
        link.hardlink_to(self._path)
        link.replace(self._previous)

    def _readable(self) -> bool:
        try:
            json.loads(self._path.read_bytes())
        except (OSError, ValueError):
            return False  # a damaged file must not take the place of a good copy
        return True

    def _sync_folder(self) -> None:
        descriptor = os.open(self._path.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
