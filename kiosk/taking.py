"""What the office announced, taken: fetched by hash, checked, put on the shelf, and the office is told.

A document comes into force as soon as it is here and sound; the pictures that it names follow. A price must not wait
for a photograph on a slow line, and an item without its picture shows the drawing of its class.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable

from domain import board
from domain.board import Board, decode_board
from domain.catalogue import Catalogue, decode_catalogue
from domain.entries import Stamp, encode_entry
from domain.facts import DocumentRefused, DocumentTaken
from domain.rules import DOCUMENT, Rules, decode_rules
from kiosk.faults import ShelfError, point
from kiosk.journal.announcements import Announcement
from kiosk.journal.journal import Journal
from kiosk.shelf import Document, Shelf, previous_of
from kiosk.station import Folder
from kiosk.system import System
from sync.blob_folder import BlobFolder
from sync.blobs import Fetcher

logger = logging.getLogger(__name__)
CATALOGUE = "catalogue"
DECODERS: dict[str, Callable[[bytes], Catalogue | Rules | Board]] = {
    CATALOGUE: decode_catalogue,
    DOCUMENT: decode_rules,
    board.DOCUMENT: decode_board,
}
_PICTURE = re.compile(r"([0-9a-f]{64})\.(png|jpg)")


class Taker:
    """Owned by the thread of ``kiosk sync``, which alone writes the shelf.

    ``stamp`` makes entries unlike any other, ``written`` is told when there is one more.
    """

    def __init__(
        self, journal: Journal, folder: Folder, system: System, stamp: Callable[[], Stamp], written: Callable[[], None]
    ) -> None:
        self._journal = journal
        self._folder = folder
        self._system = system
        self._stamp = stamp
        self._written = written
        self._blobs = BlobFolder(folder.blobs)
        self._documents: set[str] = set()  # hashes of announced documents that are being fetched
        self._pictures: dict[str, str] = {}  # hash → name under which the screen looks for it
        self.fetcher = Fetcher(self._blobs, lambda: system.random_bytes(1)[0] / 256)

    def begin(self) -> None:
        """After a start: fetch again what was taken and is lost, and the pictures that are not here."""
        self._folder.pictures.mkdir(parents=True, exist_ok=True)
        lying = self._on_the_shelf()
        versions = {name: document.version for name, document in lying.items()}
        document = lying.get(CATALOGUE)
        with self._journal.transaction("taken"):
            for one in self._journal.announcements.all():
                if one.state == "taken" and one.version > versions.get(one.name, 0):
                    self._journal.announcements.mark(one.name, one.version, "pending")
        if document is not None:
            catalogue = decode_catalogue(document.body)
            self._tidy(catalogue)
            self._want_pictures(catalogue)

    def _tidy(self, catalogue: Catalogue) -> None:
        """Only at a start, when no visit began with an older catalogue: pictures and pieces that nothing names go."""
        named = {item.picture for item in catalogue.items}
        for path in self._folder.pictures.iterdir():
            if _PICTURE.fullmatch(path.name) and path.name not in named:
                path.unlink(missing_ok=True)
        wanted = {(name or "").partition(".")[0] for name in named}
        self._blobs.keep_only(wanted | {one.sha256 for one in self._journal.announcements.all()})

    def look(self) -> None:
        """Take what is announced and here; fetch what is not. Call it when something was announced or came."""
        pending = [one for one in self._journal.announcements.all() if one.state == "pending"]
        self._forget_all_but({one.sha256 for one in pending})
        if not pending or self._journal.chain.head().number == 0 or self._journal.office.mute():
            return  # entry 1 of a journal says whose life it is: nothing may stand before it, or behind its end
        for announcement in pending:
            if not self._blobs.has(announcement.sha256):
                self._documents.add(announcement.sha256)
                self.fetcher.want(announcement.sha256, announcement.size)
            elif self._due(announcement):
                self._take(announcement)

    def came(self, sha256: str, payload: bytes) -> None:
        """Take a chunk of a blob."""
        if not self.fetcher.take(sha256, payload, self._system.monotonic()):
            return
        name = self._pictures.pop(sha256, None)
        if name is None:
            self.look()
        else:
            self._blobs.path(sha256).replace(self._folder.pictures / name)
            point("taken.picture_placed")

    def _forget_all_but(self, hashes: set[str]) -> None:
        """A document that a newer one replaced while it was on its way is not fetched to its end."""
        for sha256 in self._documents - hashes:
            self.fetcher.forget(sha256)
            self._blobs.drop(sha256)
        self._documents &= hashes

    def _on_the_shelf(self) -> dict[str, Document]:
        """The documents that lie there, by name.

        A shelf that cannot be read is put aside: all of it can be fetched again.
        """
        try:
            shelf = Shelf(self._folder.shelf)
            try:
                found = {name: shelf.get(name) for name in DECODERS}
            finally:
                shelf.close()
            lying = {name: document for name, document in found.items() if document is not None}
            for name, document in lying.items():
                DECODERS[name](document.body)
        except (ShelfError, ValueError) as error:
            logger.error("shelf.damaged: %s; it is put aside and fetched again", error)  # noqa: TRY400 - says all
            for path in (self._folder.shelf, previous_of(self._folder.shelf)):
                if path.exists():
                    path.replace(path.with_name(path.name + ".damaged"))
            return {}
        return lying

    def _due(self, announcement: Announcement) -> bool:
        """A clock that may be wrong brings nothing into force: it waits until it is right, or the office says so."""
        at = announcement.effective_from
        return at is None or announcement.activated or (self._system.clock_ok() and self._system.now_ms() >= at)

    def _take(self, announcement: Announcement) -> None:
        body = self._blobs.path(announcement.sha256).read_bytes()
        try:
            document = _decoded(announcement, body)
        except _NotTaken as fault:
            self._refuse(announcement, fault)
            return
        shelf = Shelf(self._folder.shelf)
        try:
            shelf.put(Document(announcement.name, announcement.version, body))
        finally:
            shelf.close()
        point("taken.shelved")
        fact = DocumentTaken(name=announcement.name, version=announcement.version, sha256=announcement.sha256)
        with self._journal.transaction("taken"):
            self._journal.chain.append(encode_entry(self._stamp(), fact.KIND, fact))
            self._journal.announcements.mark(announcement.name, announcement.version, "taken")
        self._written()
        self._blobs.path(announcement.sha256).unlink(missing_ok=True)
        point("taken.tidied")
        logger.info("document: %s %d is in force", announcement.name, announcement.version)
        if isinstance(document, Catalogue):
            self._want_pictures(document)

    def _refuse(self, announcement: Announcement, fault: _NotTaken) -> None:
        logger.error("%s: %s %d: %s", fault.code, announcement.name, announcement.version, fault)
        fact = DocumentRefused(
            name=announcement.name,
            version=announcement.version,
            sha256=announcement.sha256,
            code=fault.code,
            reason=str(fault)[:300],
        )
        with self._journal.transaction("refused"):
            self._journal.chain.append(encode_entry(self._stamp(), fact.KIND, fact))
            self._journal.announcements.mark(announcement.name, announcement.version, "refused")
        self._written()
        self._blobs.path(announcement.sha256).unlink(missing_ok=True)

    def _want_pictures(self, catalogue: Catalogue) -> None:
        """Fetch the pictures that a catalogue names; those of the one before that are still missing are left."""
        for sha256 in self._pictures:
            self.fetcher.forget(sha256)
        self._pictures = {}
        for item in catalogue.items:
            found = _PICTURE.fullmatch(item.picture or "")
            if found is not None and not (self._folder.pictures / found[0]).is_file():
                self._pictures[found[1]] = found[0]
                if self._blobs.has(found[1]):
                    self._blobs.path(found[1]).replace(self._folder.pictures / found[0])
                else:
                    self.fetcher.want(found[1])


class _NotTaken(Exception):
    """A document that is not what it should be."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def _decoded(announcement: Announcement, body: bytes) -> Catalogue | Rules | Board:
    """Return the document of a body whose hash is right. Raises ``_NotTaken``."""
    decode = DECODERS.get(announcement.name)
    if decode is None:
        raise _NotTaken("document.unknown", "this version of the software knows no document of that name")
    if len(body) != announcement.size:
        raise _NotTaken("document.malformed", f"{announcement.size} bytes were announced, it has {len(body)}")
    try:
        document = decode(body)
    except ValueError as error:
        raise _NotTaken("document.malformed", str(error)) from error
    if document.version != announcement.version:
        raise _NotTaken("document.malformed", f"it says version {document.version}, not {announcement.version}")
    return document
