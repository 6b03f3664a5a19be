"""What lies in the station's folder, opened: journal, shelf, keys."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from config.station import StationSettings
from domain import board
from domain.board import Board, decode_board
from domain.catalogue import Catalogue, decode_catalogue
from domain.entries import decode_entry
from domain.facts import UP, EpochOpened, fact_of
from domain.identity_digest import PEPPER_SIZE, Pepper
from domain.rules import DOCUMENT, Rules, decode_rules
from kiosk.desk.parts import DeskParts
from kiosk.faults import ShelfError, YizhanError
from kiosk.journal.journal import Journal
from kiosk.journal.verify import check_start
from kiosk.poke import Poke
from kiosk.shelf import Shelf
from kiosk.system import System
from kiosk.trust import OfficeKeys
from sync.identity import KeyFileError, SigningKey, read_secret, signed_by

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Folder:
    """Where things lie. Secrets are readable by the service alone."""

    root: Path

    @property
    def journal(self) -> Path:
        """The journal, in SQLite."""
        return self.root / "journal.db"

    @property
    def shelf(self) -> Path:
        """The office's documents, in TinyDB."""
        return self.root / "shelf.json"

    @property
    def pictures(self) -> Path:
        """Pictures of goods."""
        return self.root / "pictures"

    @property
    def voucher_key(self) -> Path:
        """The private key of vouchers: 32 bytes."""
        return self.root / "secrets" / "voucher.key"

    @property
    def frame_key(self) -> Path:
        """The private key of what is sent to the office: 32 bytes. ``kiosk sync`` alone needs it."""
        return self.root / "secrets" / "frame.key"

    @property
    def link(self) -> Path:
        """Where the office's broker is, and which life of the station the office enrolled."""
        return self.root / "link.toml"

    @property
    def blobs(self) -> Path:
        """What is being fetched from the office, by hash."""
        return self.root / "blobs"

    @property
    def sync_socket(self) -> Path:
        """Where ``kiosk sync`` is told that there is something to send."""
        return self.root / "sync.sock"

    @property
    def pepper(self) -> Path:
        """The secret under which identities are digested: 32 bytes."""
        return self.root / "secrets" / "pepper"

    def peppers(self) -> tuple[tuple[int, Path], ...]:
        """Every version of that secret, newest first; the first one where there is none, to be missed by name."""
        found = {1: self.pepper} if self.pepper.exists() else {}
        for path in self.pepper.parent.glob("pepper-*"):
            version = path.name.removeprefix("pepper-")
            if version.isdigit() and int(version) > 1:
                found[int(version)] = path
        return tuple(sorted(found.items(), reverse=True)) or ((1, self.pepper),)

    def pepper_of(self, version: int) -> Path:
        """Where a version of that secret lies."""
        return self.pepper if version == 1 else self.pepper.with_name(f"pepper-{version}")

    @property
    def tls(self) -> Path:
        """The certificate and the private key of the line to the office, in one file: they change together."""
        return self.root / "secrets" / "tls.pem"

    @property
    def authority(self) -> Path:
        """The certificate of the office's authority: whom else it did not sign is not the office."""
        return self.root / "authority.pem"

    @property
    def enrolling(self) -> Path:
        """Keys that were made and wait for the office's answer."""
        return self.root / "enrolling"

    @property
    def office_keys(self) -> Path:
        """The office's public keys by number: ``{"1": "<64 hex digits>"}``."""
        return self.root / "office-keys.json"


def stick_folder(settings: StationSettings) -> Path | None:
    """Return where the stick is mounted, if there is to be one."""
    return Path(settings.stick.folder) if settings.stick.folder else None


class StationFault(YizhanError):
    """Something of the station's own is missing or unreadable: the sentence says what to do."""

    code = "station.incomplete"


def open_parts(folder: Folder, station: str, name: str, system: System, *, demo: bool) -> DeskParts:
    """Open everything the desk works with. Raises a ``YizhanError`` with what to do."""
    journal = Journal(folder.journal)
    try:
        _check_whose(journal, station)
        check_start(journal)
        signer, pepper, older = _secrets(folder)
        _check_key(journal, signer)
        journal.after_commit = Poke(folder.sync_socket)
        return DeskParts(
            journal=journal,
            signer=signer,
            pepper=pepper,
            verify_office=office_keys(folder.office_keys, journal),
            system=system,
            catalogue=ShelfCatalogue(folder.shelf),
            station_name=name,
            signed=signed_by,
            rules=ShelfRules(folder.shelf),
            board=ShelfBoard(folder.shelf),
            older=older,
            demo=demo,
        )
    except BaseException:
        journal.close()
        raise


def _check_whose(journal: Journal, station: str) -> None:
    owner = journal.identity.station
    if owner != station:
        raise StationFault(f"{journal.path}: this journal belongs to station {owner}, the settings say {station}")


def _secrets(folder: Folder) -> tuple[SigningKey, Pepper, tuple[Pepper, ...]]:
    try:
        signer = SigningKey(1, read_secret(folder.voucher_key))
        first, *older = [Pepper(version, read_secret(path, PEPPER_SIZE)) for version, path in folder.peppers()]
        return signer, first, tuple(older)
    except KeyFileError as error:
        raise StationFault(str(error)) from error


def _check_key(journal: Journal, signer: SigningKey) -> None:
    """A voucher signed with another key than the epoch's would verify nowhere."""
    first = next((data for _, data, _ in journal.chain.read()), None)
    opened = None if first is None else fact_of(decode_entry(first), UP)
    if isinstance(opened, EpochOpened) and opened.voucher_key != signer.public.hex():
        raise StationFault("the voucher key is not the one that this epoch began with; put the right one back or enrol")


_D = TypeVar("_D")


class ShelfDocument(Generic[_D]):
    """The newest document of a name on the shelf, read again when the file changes; ``None`` while there is none."""

    def __init__(self, path: Path, name: str, decode: Callable[[bytes], _D]) -> None:
        self._path, self._name, self._decode = path, name, decode
        self._seen: tuple[int, int] | None = None
        self._held: _D | None = None

    def __call__(self) -> _D | None:
        """Return the document. What cannot be read leaves the last good one in force, and is said in the log."""
        seen = self._state()
        if seen != self._seen:
            self._seen = seen
            found = self._read()
            self._held = self._held if found is None else found
        return self._held

    def _state(self) -> tuple[int, int] | None:
        try:
            status = self._path.stat()
        except OSError:
            return None
        return status.st_ino, status.st_mtime_ns

    def _read(self) -> _D | None:
        shelf = Shelf(self._path)
        try:
            document = shelf.get(self._name)
            return None if document is None else self._decode(document.body)
        except (ShelfError, ValueError) as error:
            logger.warning("shelf.damaged: %s", error)
            return None
        finally:
            shelf.close()


class ShelfCatalogue(ShelfDocument[Catalogue]):
    """The newest catalogue on the shelf."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, "catalogue", decode_catalogue)


class ShelfRules:
    """The newest rules on the shelf; the software's own while none have come."""

    def __init__(self, path: Path) -> None:
        self._shelf = ShelfDocument(path, DOCUMENT, decode_rules)

    def __call__(self) -> Rules:
        """Return the rules."""
        return self._shelf() or Rules()


class ShelfBoard:
    """The newest board on the shelf; an empty one while none has come."""

    def __init__(self, path: Path) -> None:
        self._shelf = ShelfDocument(path, board.DOCUMENT, decode_board)

    def __call__(self) -> Board:
        """Return the board."""
        return self._shelf() or Board()


def office_keys(path: Path, journal: Journal) -> OfficeKeys:
    """Return the office's public keys: the enrolment's and the announced ones. Raises ``StationFault``."""
    try:
        keys = {int(key_id): bytes.fromhex(key) for key_id, key in json.loads(path.read_bytes()).items()}
        return OfficeKeys(keys, journal.office_keys.all)
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise StationFault(f"{path}: the office's keys cannot be read ({error}); enrol this station again") from error
