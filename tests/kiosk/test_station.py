"""Opening a station: what lies in its folder must belong together."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kiosk.desk.opening import open_desk
from kiosk.desk.parts import DeskParts
from kiosk.faults import JournalDamaged
from kiosk.journal.journal import connection_of
from kiosk.station import Folder, ShelfCatalogue, StationFault, open_parts
from sync.identity import write_secret
from tests.support.desk import OFFICE, STATION, TestDesk


@pytest.fixture
def folder(desk: TestDesk) -> Folder:
    made = Folder(desk.folder)
    made.voucher_key.parent.mkdir(mode=0o700)
    write_secret(made.voucher_key, b"v" * 32)
    write_secret(made.pepper, b"p" * 32)
    made.office_keys.write_text(json.dumps({"1": OFFICE.public.hex()}))
    desk.issued()
    desk.journal.close()
    return made


def opened(folder: Folder, desk: TestDesk, station: str = STATION) -> DeskParts:
    parts = open_parts(folder, station, "学田湾", desk.system, demo=False)
    parts.journal.close()
    return parts


def test_a_whole_folder_opens(folder: Folder, desk: TestDesk) -> None:
    assert opened(folder, desk).journal.identity.station == STATION
    desk.parts = desk.open()


def test_the_journal_of_another_station_is_refused(folder: Folder, desk: TestDesk) -> None:
    with pytest.raises(StationFault, match="belongs to station 50019900100101"):
        opened(folder, desk, station="50019900100102")
    desk.parts = desk.open()


def test_a_voucher_key_of_another_epoch_is_refused(folder: Folder, desk: TestDesk) -> None:
    folder.voucher_key.unlink()
    write_secret(folder.voucher_key, b"w" * 32)
    with pytest.raises(StationFault, match="voucher key"):
        opened(folder, desk)
    desk.parts = desk.open()


def test_counters_that_nobody_granted_are_found_before_anything_is_sold(folder: Folder, desk: TestDesk) -> None:
    desk.parts = desk.open()
    connection_of(desk.journal).execute("UPDATE counters SET granted = granted + 4096 WHERE thing = 'points/chen'")
    with pytest.raises(JournalDamaged, match="points/chen granted is 4476, the entries say 380"):
        opened(folder, desk)


@pytest.mark.parametrize("text", ["", "[]", '{"1": 5}', '{"1": "zz"}', '{"x": "00"}'])
def test_office_keys_that_are_none_are_said(folder: Folder, desk: TestDesk, text: str) -> None:
    folder.office_keys.write_text(text)
    with pytest.raises(StationFault, match="office's keys"):
        opened(folder, desk)
    desk.parts = desk.open()


def test_a_shelf_that_cannot_be_read_leaves_the_last_catalogue_in_force(tmp_path: Path) -> None:
    path = tmp_path / "shelf.json"
    catalogue = ShelfCatalogue(path)
    assert catalogue() is None
    path.write_text("{")
    assert catalogue() is None


def test_opening_counts_the_start(folder: Folder, desk: TestDesk) -> None:
    parts = open_parts(folder, STATION, "学田湾", desk.system, demo=False)
    assert open_desk(parts, "test") == 1
    parts.journal.close()
    desk.parts = desk.open()
    assert desk.journal.identity.boot == 2
