"""``kiosk stick``: the copy on a stick, written and checked; the office's entries, taken from one that was carried."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from kiosk.desk.opening import forget_with
from kiosk.journal.journal import Journal
from kiosk.journal.sync_store import SyncStore
from kiosk.settings import load_settings
from kiosk.station import Folder, StationFault, office_keys
from kiosk.stick import StickFault, copy, is_ahead, read_back, stick_of
from sync.chain import Direction
from sync.identity import KeyFileError, SigningKey, read_secret, signed_by
from sync.log import Log
from sync.stick import OFFICE_FILE, StickError


@dataclass(frozen=True, slots=True)
class OnStick:
    """How far the copy goes, and how far the journal."""

    folder: str
    entries: int
    journal: int
    ahead: bool
    taken: int = 0

    def lines(self) -> list[str]:
        """For people."""
        taken = [f"  {self.taken} entries of the office taken"] if self.taken else []
        if self.ahead:
            return [f"[red]✗[/] {self.folder}: {self.entries} entries, not those of the journal ({self.journal})"]
        return [f"[green]✓[/] {self.folder}: {self.entries} of the journal's {self.journal} entries", *taken]


def write_stick(config: Path, root: Path) -> OnStick:
    """Bring the copy up to date. Raises ``StickFault``."""
    journal, key = _open(config)
    try:
        head = copy(journal, root, key.sign)
        return OnStick(str(stick_of(journal, root).folder), head.up, journal.chain.head().number, ahead=False)
    except OSError as error:
        raise StickFault(str(error)) from error
    finally:
        journal.close()


def check_copy(config: Path, root: Path) -> OnStick:
    """Read the copy through: every frame's signature and the chain. Raises ``StickFault``."""
    journal, key = _open(config)
    try:
        carried, _ = read_back(journal, root, partial(signed_by, key.public))
        stick = stick_of(journal, root)
        head = stick.head()
        if head is None or carried.last != head.up:
            raise StickFault(f"{stick.folder}: {carried.last} entries are sound, {0 if head is None else head.up} said")
        return OnStick(str(stick.folder), carried.last, journal.chain.head().number, is_ahead(journal, head))
    except StickError as error:
        raise StickFault(str(error)) from error
    finally:
        journal.close()


def read_stick(config: Path, root: Path) -> OnStick:
    """Take what the office wrote onto a stick, each frame as if it had come by wire. Raises ``YizhanError``."""
    journal, key = _open(config)
    forget_with(journal)
    try:
        folder = Folder(load_settings(config).station.storage.folder)
        log = Log(
            station=journal.identity.station,
            writes=Direction.UP,
            store=SyncStore(journal, 0),
            sign=key.sign,
            verify=office_keys(folder.office_keys, journal).any,
            random=lambda: 0.5,
        )
        stick, taken = stick_of(journal, root), 0
        for message in stick.messages(OFFICE_FILE, None):
            heard = log.receive(message, 0.0)
            if heard.code:
                raise StickFault(f"{stick.folder}: {heard.code}: {heard.detail}")
            taken += heard.taken
        head = stick.head()
        return OnStick(
            str(stick.folder), 0 if head is None else head.up, journal.chain.head().number, ahead=False, taken=taken
        )
    except StickError as error:
        raise StickFault(str(error)) from error
    finally:
        journal.close()


def _open(config: Path) -> tuple[Journal, SigningKey]:
    folder = Folder(load_settings(config).station.storage.folder)
    try:
        key = SigningKey(1, read_secret(folder.frame_key))
    except KeyFileError as error:
        raise StationFault(str(error)) from error
    return Journal(folder.journal), key
