"""``kiosk migrate`` and ``kiosk journal verify``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from rich.progress import Progress, SpinnerColumn, TextColumn

from config.link import LinkSettings
from config.reading import read
from kiosk.faults import JournalError
from kiosk.journal.database import create_database, migrate_database
from kiosk.journal.journal import Journal
from kiosk.journal.schema import VERSION
from kiosk.journal.verify import Report, verify
from kiosk.settings import load_settings
from kiosk.station import Folder
from sync.identity import signed_by


@dataclass(frozen=True, slots=True)
class Migrated:
    """What became of a journal."""

    journal: Path
    before: int
    after: int

    def lines(self) -> list[str]:
        """For people."""
        if self.before == self.after:
            return [f"[green]✓[/] {self.journal}: version {self.after}, nothing to do"]
        return [f"[green]✓[/] {self.journal}: version {self.before} → {self.after}"]


@dataclass(frozen=True, slots=True)
class Verified:
    """What was found in a journal."""

    journal: Path
    sound: bool
    entries: int
    down_entries: int
    vouchers: int
    head: str
    faults: tuple[str, ...]

    def lines(self) -> list[str]:
        """For people."""
        counts = f"{self.entries} entries, {self.down_entries} from the office, {self.vouchers} vouchers"
        if self.sound:
            return [f"[green]✓[/] {self.journal}: sound; {counts}", f"  head {self.head}"]
        faults = [f"  [red]✗[/] {fault}" for fault in self.faults]
        advice = "  Keep the file as it is and call the office; sell nothing from it."
        return [f"[bold red]✗[/] {self.journal}: not sound; {counts}", *faults, advice]


def create_journal(config: Path, epoch: int) -> Migrated:
    """Make the empty journal of a new station. ``epoch`` 0: the one that the office enrolled, in ``link.toml``."""
    settings = load_settings(config)
    folder, station = Folder(settings.station.storage.folder), settings.station.station.id
    down_epoch = None
    if folder.link.exists():
        enrolled = read(folder.link, LinkSettings).enrolment
        if station != enrolled.station or epoch not in (0, enrolled.epoch):
            raise JournalError(
                f"{folder.link}: the office enrolled station {enrolled.station} epoch {enrolled.epoch}, not "
                f"{station} epoch {epoch or enrolled.epoch}; nothing was made"
            )
        epoch, down_epoch = enrolled.epoch, enrolled.down_epoch
    if not epoch:
        # After a lost journal the same epoch would give the same voucher numbers out again: somebody has to say which.
        raise JournalError("say which life of this station begins, for example --epoch 1, or enrol it at the office")
    create_database(folder.journal, station, epoch, down_epoch)
    return Migrated(folder.journal, 0, VERSION)


def migrate_journal(config: Path) -> Migrated:
    """Bring a journal forward."""
    path = Folder(load_settings(config).station.storage.folder).journal
    before, after = migrate_database(path)
    return Migrated(path, before, after)


def verify_journal(config: Path, *, quiet: bool) -> Verified:
    """Read a journal through, with a count on the screen unless ``quiet``."""
    path = Folder(load_settings(config).station.storage.folder).journal
    journal = Journal(path, read_only=True)  # what may be evidence is not changed by looking at it
    try:
        with Progress(SpinnerColumn(), TextColumn("{task.completed} entries"), transient=True, disable=quiet) as bar:
            task = bar.add_task("", total=None)
            report = verify(journal, signed_by, lambda done: bar.update(task, completed=done))
    finally:
        journal.close()
    return _verified(path, report)


def _verified(path: Path, report: Report) -> Verified:
    return Verified(
        path, report.sound, report.entries, report.down_entries, report.vouchers, report.head, report.faults
    )
