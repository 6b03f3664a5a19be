"""Vouchers, awards and stock from the command line, beside a kiosk that may be running."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from domain.entries import Stamp, encode_entry
from domain.facts import Fact, Granted, ResidentListed, StaffListed
from domain.ids import ItemId, ResidentId, StaffId
from domain.rights import AWARDS, points_of, stock_of
from kiosk.desk.opening import open_desk
from kiosk.journal.journal import Journal
from kiosk.settings import load_settings
from kiosk.start import Start
from tests.support.station import ROOT, Station

FACTS: tuple[Fact, ...] = (
    ResidentListed(ResidentId("zhou"), "周*", ()),
    StaffListed(StaffId("he1"), "何静", "站长", ()),
    Granted(AWARDS, 50),
)


def kiosk(station: Station, *arguments: str) -> tuple[int, str]:
    command = [sys.executable, "-m", "kiosk", *arguments, "--config", str(station.root)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert "Traceback" not in done.stderr + done.stdout
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Station]:
    made = Station(tmp_path / "s")
    parts = Start(load_settings(made.root), made.system).parts()
    open_desk(parts, "test")
    with parts.journal.transaction("receive"):
        parts.journal.down.receive(
            encode_entry(Stamp(bytes([number]) * 16, 1, 1, clock_ok=True), fact.KIND, fact)
            for number, fact in enumerate(FACTS)
        )
    parts.journal.close()
    yield made
    made.close()


def test_staff_award_receive_and_see_how_far_the_office_knows(station: Station) -> None:
    assert kiosk(station, "award", "give", "zhou", "20", "--staff", "he1", "--reason", "扫雪")[0] == 0
    code, text = kiosk(station, "award", "give", "zhou", "40", "--staff", "he1", "--reason", "扫雪")
    assert (code, "budget.short" in text) == (1, True)
    assert kiosk(station, "stock", "receive", "900", "7", "--staff", "he1", "--reason", "送货")[0] == 0
    assert kiosk(station, "stock", "write-off", "900", "2", "--staff", "he1", "--reason", "破损")[0] == 0
    code, text = kiosk(station, "voucher", "check", "A-000001-1")
    assert (code, "voucher.unknown" in text) == (1, True)
    shown = json.loads(kiosk(station, "journal", "show", "--json")[1])
    assert (shown["done"], shown["known"], shown["waiting"]) == (4, 0, 4)
    journal = Journal(station.folder.journal, read_only=True)
    assert journal.rights.get(points_of(ResidentId("zhou"))).available == 20
    assert journal.rights.get(stock_of(ItemId(900))).available == 5
    journal.close()
