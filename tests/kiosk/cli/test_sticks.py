"""``kiosk stick``: what the office wrote is taken from a stick as if it had come by wire."""

from __future__ import annotations

import json
from pathlib import Path

from domain.entries import Stamp, encode_entry
from domain.facts import Fact, Granted, ResidentErased, ResidentForgotten
from domain.ids import StaffId
from domain.rights import points_of
from kiosk.cli.sticks import read_stick
from kiosk.desk.papers import reprint, waiting_papers
from kiosk.journal.journal import connection_of
from kiosk.journal.verify import verify
from kiosk.papers.voucher import decode_content
from kiosk.station import Folder
from sync.carrying import carried_frame
from sync.chain import Direction
from sync.identity import write_secret
from sync.stick import OFFICE_FILE, Stick
from sync.store import Position, Written
from tests.kiosk.journal.test_down_rights import said
from tests.support.desk import CHEN, HE, LI, OFFICE, STATION, TestDesk


def configured(root: Path) -> TestDesk:
    """A station's folder with its settings, and its desk."""
    (root / "data" / "secrets").mkdir(parents=True)
    (root / "station.toml").write_text(
        f'[station]\nid = "{STATION}"\nname = "学田湾社区党群驿站"\n'
        "[panel]\ndiagonal_inches = 10.1\nwidth_px = 1280\nheight_px = 800\n"
        f'[storage]\nfolder = "{root / "data"}"\n',
        encoding="utf-8",
    )
    (root / "devices.toml").write_text('[printer]\npath = "/dev/null"\nbaud = 115200\n', encoding="utf-8")
    folder = Folder(root / "data")
    write_secret(folder.frame_key, b"f" * 32)
    folder.office_keys.write_text(json.dumps({str(OFFICE.key_id): OFFICE.public.hex()}))
    return TestDesk(root / "data")


def carry(desk: TestDesk, root: Path, *facts: Fact) -> None:
    """What the office writes next, on a stick."""
    head, written = desk.journal.down.head(), list[Written]()
    for number, fact in enumerate(facts, head.number + 1):
        stamp = Stamp(number.to_bytes(16, "big"), 1, desk.system.now_ms(), clock_ok=True)
        written.append(Written(number, encode_entry(stamp, fact.KIND, fact), None, None))
    before = Position(desk.journal.down.epoch, head.number, head.hash)
    frame, _ = carried_frame(STATION, Direction.DOWN, before, written, 1, OFFICE.sign)
    Stick(root, STATION, 1).append(OFFICE_FILE, 0, [frame])


def test_who_is_erased_by_a_stick_leaves_no_name_and_the_journal_stays_sound(tmp_path: Path) -> None:
    desk = configured(tmp_path)
    desk.issued()
    carry(desk, tmp_path / "stick", ResidentErased(CHEN), Granted(points_of(LI), 130))
    assert read_stick(tmp_path, tmp_path / "stick").taken == 2
    content = connection_of(desk.journal).execute("SELECT content FROM print_jobs").fetchone()[0]
    assert "陈".encode() not in content
    assert desk.journal.rights.get(points_of(LI)).available == 130
    assert verify(desk.journal).sound
    desk.reopen()
    assert said(desk)[-1] == ResidentForgotten(CHEN)
    assert verify(desk.journal).sound
    [waiting] = waiting_papers(desk.parts)
    again = reprint(desk.parts, waiting.job, StaffId(HE))
    assert isinstance(again, int)
    job = desk.journal.jobs.get(again)
    assert job is not None
    assert decode_content(job.content).name == ""
