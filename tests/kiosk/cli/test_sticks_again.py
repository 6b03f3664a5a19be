"""``kiosk stick``: what the office's entries do is the same whether they come by wire or by hand."""

from __future__ import annotations

import json
from pathlib import Path

from domain.entries import Stamp, encode_entry
from domain.facts import ResidentErased
from domain.ids import StaffId
from kiosk.cli.sticks import read_stick
from kiosk.desk.papers import reprint, waiting_papers
from kiosk.durable import write_durably
from kiosk.journal.journal import Journal
from kiosk.journal.verify import verify
from kiosk.papers.voucher import decode_content
from kiosk.station import Folder
from sync.carrying import carried_frame
from sync.chain import Direction
from sync.stick import OFFICE_FILE, Stick
from sync.store import Position, Written
from tests.support.desk import CHEN, HE, OFFICE, STATION, TestDesk
from tests.support.station import FONTS


def configured(root: Path, data: Path) -> Path:
    root.mkdir()
    (root / "station.toml").write_text(
        f'[station]\nid = "{STATION}"\nname = "学田湾社区党群驿站"\n'
        "[panel]\ndiagonal_inches = 10.1\nwidth_px = 1280\nheight_px = 800\nfullscreen = false\n"
        f'[storage]\nfolder = "{data}"\n'
        f'[typeface]\nregular = "{FONTS}/YizhanSans-Regular.otf"\nbold = "{FONTS}/YizhanSans-Bold.otf"\n',
        encoding="utf-8",
    )
    (root / "devices.toml").write_text(
        '[printer]\npath = "/dev/null"\nbaud = 115200\n[scanner]\npath = "/dev/zero"\n', encoding="utf-8"
    )
    return root


def test_an_erasure_that_is_carried_by_hand_leaves_papers_that_can_be_printed_again(tmp_path: Path) -> None:
    desk = TestDesk(tmp_path / "data")
    desk.issued()
    folder = Folder(desk.path.parent)
    write_durably(folder.office_keys, json.dumps({"1": OFFICE.public.hex()}).encode(), 0o600)
    folder.frame_key.parent.mkdir(parents=True, exist_ok=True)
    write_durably(folder.frame_key, bytes(32), 0o600)
    head, erased = desk.journal.down.head(), ResidentErased(CHEN, ())
    entry = encode_entry(Stamp(bytes(16), 1, 1, clock_ok=True), erased.KIND, erased)
    before = Position(desk.journal.down.epoch, head.number, head.hash)
    frame, _ = carried_frame(STATION, Direction.DOWN, before, [Written(head.number + 1, entry)], 1, OFFICE.sign)
    Stick(tmp_path / "stick", STATION, 1).append(OFFICE_FILE, 0, [frame])
    desk.journal.close()

    assert read_stick(configured(tmp_path / "config", desk.path.parent), tmp_path / "stick").taken == 1

    journal = Journal(desk.path)
    report = verify(journal)
    journal.close()
    assert report.sound, report.faults
    desk.parts = desk.open()
    desk.reopen()
    [waiting] = waiting_papers(desk.parts)
    again = reprint(desk.parts, waiting.job, StaffId(HE))
    assert isinstance(again, int)
    job = desk.journal.jobs.get(again)
    assert job is not None
    assert decode_content(job.content).name == ""
