"""Power cuts that lose what was not synchronised, which SIGKILL does not: every write is replayed up to the cut.

Whatever was said to the world before the cut must be on the disk after it, and what is there must be sound.
"""

from __future__ import annotations

import json
import random
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from config.link import LinkSettings
from config.mistakes import SettingsError
from config.office import OfficeSettings
from config.reading import read
from domain.entries import decode_entry
from domain.facts import UP, VoucherIssued, fact_of
from kiosk.faults import YizhanError
from kiosk.journal.journal import Journal
from kiosk.journal.verify import verify
from kiosk.shelf import Shelf
from kiosk.station import Folder, office_keys
from office.home import Home
from tests.faults.enrolments import STATIONS
from tests.faults.places import copy
from tests.power.disk import Disk
from tests.power.trace import Op, traced

pytestmark = pytest.mark.skipif(shutil.which("strace") is None, reason="strace is missing; scripts/bootstrap has it")
SEED = 20261124
CUTS = 120  # beside those right behind every promise


def journal_fault(root: Path, promised: list[str]) -> str:
    """What is wrong with the journal that a cut left."""
    journal = Journal(root / "station" / "journal.db")
    try:
        report = verify(journal)
        facts = [fact_of(decode_entry(data), UP) for _, data, _ in journal.chain.read()]
    finally:
        journal.close()
    there = {fact.command for fact in facts if isinstance(fact, VoucherIssued)}
    return "; ".join((*report.faults, *(f"{one} is lost" for one in promised if one not in there)))


def shelf_fault(root: Path, promised: list[str]) -> str:
    shelf = Shelf(root / "station" / "shelf.json")
    documents = [shelf.get("catalogue"), shelf.get("notices")]
    shelf.close()
    newest = 0 if documents[1] is None else documents[1].version
    lost = documents[0] is None or newest < max((int(one) for one in promised), default=0)
    return f"notices {newest}, promised {promised}" if lost else ""


def books_fault(root: Path, promised: list[str]) -> str:
    books = sqlite3.connect(root / "office" / "office.db")
    try:
        sound = books.execute("PRAGMA integrity_check").fetchall()
        reasons = [row[0] for row in books.execute("SELECT reason FROM books_credit WHERE reason LIKE 'g%'")]
        told = books.execute("SELECT max(total) FROM books_grant WHERE thing = 'points/chen'").fetchone()[0]
        last = books.execute(
            "SELECT down_last, (SELECT max(number) FROM books_downentry) FROM books_station"
        ).fetchone()
        credits_ = books.execute("SELECT credits FROM books_resident WHERE id = 'chen'").fetchone()[0]
    finally:
        books.close()
    whole = sound == [("ok",)] and told == credits_ == 500 + len(reasons) and last[0] == last[1]
    return "" if whole and set(promised) <= set(reasons) else f"{sound} {reasons} {told} {credits_} {last} {promised}"


def enrolment_fault(root: Path, promised: list[str]) -> str:
    """``link.toml`` comes last: where it is, all the rest is."""
    folder = Folder(root / STATIONS[0])
    if not folder.link.exists():
        return "not enrolled" if promised else ""
    secrets = (folder.voucher_key, folder.frame_key, folder.pepper)
    whole = all(len(path.read_bytes()) == 32 for path in secrets)
    whole = whole and read(folder.link, LinkSettings).enrolment.station == STATIONS[0]
    whole = whole and b"PRIVATE KEY" in folder.tls.read_bytes() and bool(json.loads(folder.office_keys.read_bytes()))
    journal = Journal(folder.journal)
    office_keys(folder.office_keys, journal)
    journal.close()
    return "" if whole and b"CERTIFICATE" in folder.authority.read_bytes() else "half of an enrolment"


def office_fault(root: Path, promised: list[str]) -> str:
    """The office's key comes after all other keys: where it is, they are; and a half-made office can be completed."""
    home = Home(root / "office")
    if home.settings.exists():
        read(home.settings, OfficeSettings)
    if not home.office_key.exists():
        return "no office" if promised else ""
    others = (home.authority_key, home.authority, home.server_key, home.server_certificate, home.pepper_file)
    whole = all(path.read_bytes() for path in (home.office_key, *others, home.django_key, home.broker))
    if promised:
        books = sqlite3.connect(home.database)
        whole = whole and books.execute("SELECT count(*) FROM auth_user").fetchone() == (1,)
        books.close()
    return "" if whole else "half of an office"


def faults(first_day: Path, work: Path, kind: str, plant: str, look: Callable[[Path, list[str]], str]) -> Iterator[str]:
    """Cut at many instants; yield what was wrong after each."""
    root = work / "live"
    if kind == "init":
        root.mkdir()
    else:
        copy(first_day, root)
    disk, dice = Disk(root / FOLDERS[kind]), random.Random(SEED)
    ops = traced("tests.power.victim", str(root), kind, *([plant] if plant else []), log=work / "strace")
    mine = [op for op in ops if op.path.startswith(str(root))]
    promised: list[str] = []
    at = set(dice.sample(range(len(mine)), min(CUTS, len(mine))))
    for number, op in enumerate(mine):
        if op.path.endswith("/witness"):
            promised += op.data.decode().split()
        else:
            disk.do(op)
        if number in at or (op.data and op.path.endswith("/witness")):
            yield from images(disk, dice, root, work, promised, look)
    assert promised


def images(
    disk: Disk, dice: random.Random, root: Path, work: Path, promised: list[str], look: Callable[[Path, list[str]], str]
) -> Iterator[str]:
    """What is wrong with what a cut at this instant may leave."""
    for how in (False, True, dice, dice):
        after = work / "after"
        shutil.rmtree(after, ignore_errors=True)
        for path, data in disk.image(how).items():
            if not path.endswith("-shm"):  # memory of running processes: SQLite makes it anew
                place = after / Path(path).relative_to(root)
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(data)
        try:
            fault = look(after, promised)
        except (YizhanError, SettingsError, sqlite3.Error, OSError, ValueError) as error:
            fault = f"{type(error).__name__}: {error}"
        if fault:
            yield fault


LOOKS = {
    "desk": journal_fault,
    "shelf": shelf_fault,
    "office": books_fault,
    "enrol": enrolment_fault,
    "init": office_fault,
}
FOLDERS = {"desk": "station", "shelf": "station", "office": "office", "enrol": STATIONS[0], "init": "office"}


@pytest.mark.proof
@pytest.mark.parametrize("kind", LOOKS)
def test_what_was_said_before_the_cut_is_there_after_it(first_day: Path, tmp_path: Path, kind: str) -> None:
    assert list(faults(first_day, tmp_path, kind, "", LOOKS[kind])) == []


@pytest.mark.proof
@pytest.mark.parametrize(
    ("kind", "plant"),
    [
        ("desk", "synchronous_off"),
        ("desk", "split_redemption"),
        ("shelf", "no_fsync"),
        ("office", "synchronous_off"),
        ("enrol", "no_fsync"),
    ],
)
def test_a_planted_bug_is_caught(first_day: Path, tmp_path: Path, kind: str, plant: str) -> None:
    assert any(faults(first_day, tmp_path, kind, plant, LOOKS[kind]))


def test_the_disk_of_the_tests_forgets_what_was_not_synchronised(tmp_path: Path) -> None:
    file = str(tmp_path / "a")
    disk = Disk(tmp_path)
    for op in (Op("make", file), Op("write", file, b"kept", 0), Op("sync", file), Op("sync", str(tmp_path))):
        disk.do(op)
    disk.do(Op("write", file, b"lost", 4))
    assert disk.image(how=False) == {file: b"kept"}
    assert disk.image(how=True) == {file: b"keptlost"}
