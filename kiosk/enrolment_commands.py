"""``kiosk enrol`` and ``kiosk renew``: over HTTPS, or with a stick both ways."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from config.link import LinkSettings
from config.reading import read
from config.station import StationSettings
from kiosk import enrolling, renewing
from kiosk.asking import ask
from kiosk.durable import write_durably
from kiosk.enrolling import Enrolled, EnrolmentFault
from kiosk.lock import only_one
from kiosk.renewing import Renewed
from kiosk.station import Folder
from kiosk.system import System
from sync.enrolment import ANSWER_BYTES_MAX, Place


@dataclass(frozen=True, slots=True)
class Asked:
    """A request lies on a stick."""

    file: Path

    def lines(self) -> list[str]:
        """For people."""
        return [
            f"[green]✓[/] carry {self.file} to the office; there:  office enrol-answer {self.file.name} --out ANSWER",
            "  and back here the same command with --answer ANSWER instead of --request",
        ]


def enrol(config: Path, bundle_file: Path, to: Path | None, answer: Path | None, system: System) -> Enrolled | Asked:
    """Enrol this station; ``to`` writes the request to a file, ``answer`` reads what came back. May be repeated."""
    station = read(config / "station.toml", StationSettings)
    folder, bundle = Folder(station.storage.folder), enrolling.read_bundle(bundle_file, station.station.id)
    with _on_disk(), only_one(folder.root, "enrol"), only_one(folder.root, "sync"):
        if enrolling.is_done(folder, bundle):
            shutil.rmtree(folder.enrolling, ignore_errors=True)  # the power went just before
            return Enrolled(bundle.station, bundle.epoch, folder.root, before=True)
        if answer is not None:
            return enrolling.take(folder, bundle, _read(answer), system.random_bytes)
        request = enrolling.request(folder, bundle, system.random_bytes)
        if to is not None:
            write_durably(to, request, 0o600)
            return Asked(to)
        pinned = folder.enrolling / "authority.pem"
        write_durably(pinned, bundle.authority.encode("ascii"), 0o600)
        return enrolling.take(folder, bundle, ask(bundle.door, pinned, request), system.random_bytes)


def renew(config: Path, to: Path | None, answer: Path | None, system: System) -> Renewed | Asked:
    """Get a new certificate for this station; it counts from the next connection on."""
    folder = Folder(read(config / "station.toml", StationSettings).storage.folder)
    door = read(folder.link, LinkSettings).door
    with _on_disk(), only_one(folder.root, "enrol"):
        if answer is not None:
            return renewing.take(folder, _read(answer), system.random_bytes)
        request = renewing.request(folder, system.random_bytes)
        if to is not None:
            write_durably(to, request, 0o600)
            return Asked(to)
        if not door.host:
            raise EnrolmentFault(f"{folder.link}: it names no [door] of the office; use --request and --answer")
        return renewing.take(folder, ask(Place(door.host, door.port), folder.authority, request), system.random_bytes)


@contextmanager
def _on_disk() -> Iterator[None]:
    """A disk or stick that fails is said; whatever was written stands, and the command may be run again."""
    try:
        yield
    except OSError as error:
        where = error.filename or "the disk"
        raise EnrolmentFault(f"{where}: it cannot be written or read ({error.strerror}); run it again then") from error


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(ANSWER_BYTES_MAX + 1)
    except OSError as error:
        raise EnrolmentFault(f"{path}: it cannot be read ({error.strerror})") from error
