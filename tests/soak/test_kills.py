"""Kiosk, network process, worker, broker and commands are killed again and again under load; the oracle is outside."""

from __future__ import annotations

import os
import shutil
import sqlite3
from pathlib import Path

import pytest

from tests.faults.places import copy
from tests.soak.fleet import report, soak, write
from tests.soak.oracle import Papers, look
from tests.soak.station import StandingStation
from tests.support.station import ROOT

SEED, WORLDS = 20261124, 2
KILLS = int(os.environ.get("KILLS", "2000"))


@pytest.mark.proof
def test_sixty_kills(tmp_path: Path) -> None:
    total = soak(tmp_path, 60, WORLDS, SEED)
    assert total.faults == []
    assert total.killed == 60
    assert total.numbers["vouchers"] > 5
    see_what_is_spoilt(tmp_path / "w0")


@pytest.mark.soak
def test_two_thousand_kills() -> None:
    """Goes on with what lies in build/soak; remove that folder to begin anew."""
    total = soak(ROOT / "build" / "soak", KILLS, WORLDS, SEED)
    write(ROOT / "docs" / "soak.md", report(total, WORLDS))
    assert total.faults == []
    assert total.killed >= KILLS


SPOILS = {
    "a voucher of the books is gone": ("office/office.db", "DELETE FROM books_voucher WHERE number = 1"),
    "an entry of the books is another": ("office/office.db", "UPDATE books_upentry SET data = x'00' WHERE number = 2"),
    "more was granted": ("office/office.db", "UPDATE books_counter SET granted = granted + 1"),
    "points came from nowhere": ("office/office.db", "UPDATE books_resident SET credits = credits + 1"),
    "a print job is gone": ("data/journal.db", "DELETE FROM print_jobs WHERE id = 1"),
    "more was spent": ("data/journal.db", "UPDATE counters SET spent = spent + 1 WHERE spent > 0 AND granted > spent"),
}


def see_what_is_spoilt(root: Path) -> None:
    """The oracle of the soak, on copies in which one thing is wrong."""
    whole = StandingStation(root)
    assert look(whole, Papers(whole), 0).faults == []
    for name, (file, statement) in SPOILS.items():
        copy(root, root.with_name("spoilt"))
        spoilt = sqlite3.connect(root.with_name("spoilt") / file)
        spoilt.execute(statement)
        spoilt.commit()
        spoilt.close()
        station = StandingStation(root.with_name("spoilt"))
        assert look(station, Papers(station), 0).faults, name
        shutil.rmtree(root.with_name("spoilt"))
    assert look(whole, Papers(whole), 10_000).faults
    with (root / "papers").open("a") as file_:
        file_.write((root / "papers").read_text().splitlines()[0] + "\n")
    assert look(whole, Papers(whole), 0).faults
