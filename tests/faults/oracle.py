"""What must be true after everything, whatever was killed: looked at from outside, in files, papers and books."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from domain.entries import decode_entry
from domain.facts import UP, VoucherIssued, fact_of
from domain.ids import Epoch
from domain.voucher_number import VoucherNumber
from kiosk.journal.journal import Journal, connection_of
from kiosk.journal.verify import verify
from sync.chain import Direction, first_hash, next_hash
from tests.faults.desk import papers
from tests.faults.places import STATION, Place


def check_desk(root: Path, commands: set[str]) -> None:
    """Each command has one voucher and its paper; nothing else was spent; a reprint carries the same code."""
    journal = Journal(Place(root, 3).folder.journal)
    report = verify(journal)
    assert report.sound, report.faults
    facts = [fact_of(decode_entry(data), UP) for _, data, _ in journal.chain.read()]
    issued = [fact for fact in facts if isinstance(fact, VoucherIssued)]
    assert sorted(fact.command for fact in issued) == sorted(commands)
    assert [fact.number for fact in issued] == list(range(1, len(issued) + 1))
    rows = connection_of(journal)
    spent = rows.execute("SELECT sum(spent) FROM counters WHERE thing LIKE 'points/%'").fetchone()[0]
    assert spent == sum(fact.points for fact in issued)
    attempts = dict(rows.execute("SELECT number, count(*) FROM print_jobs GROUP BY number"))
    codes = {fact.number: journal.vouchers.code(VoucherNumber(Epoch(1), fact.number)) for fact in issued}
    out, first = Counter(code for code, _ in papers(root)), Counter(code for code, again in papers(root) if not again)
    taken_back = {codes[row[0]] for row in rows.execute("SELECT number FROM vouchers WHERE fate = 'void'")}
    assert set(codes.values()) - taken_back <= out.keys() <= set(codes.values())
    assert max(first.values(), default=0) <= 1
    assert all(out[code] <= attempts[number] for number, code in codes.items())
    assert journal.jobs.unsettled() == ()
    journal.close()


def check_together(place: Place) -> None:
    """The books hold the journal byte for byte, the journal holds the down log, and the counters are the same."""
    from office.books.models import Alarm, DownEntry, Resident, Station, UpEntry
    from office.books.models import Counter as Row
    from office.services.grants import free_points

    journal, row = Journal(place.folder.journal), Station.objects.get(pk=STATION)
    report = verify(journal)
    assert report.sound, report.faults
    up = [(number, data) for number, data, _ in journal.chain.read()]
    kept = UpEntry.objects.filter(station=row).order_by("number").values_list("number", "data", "parked")
    assert [(number, bytes(data)) for number, data, _ in kept] == up
    assert {parked for _, _, parked in kept} == {""}
    assert (row.up_last, bytes(row.up_hash)) == (journal.chain.head().number, journal.chain.head().hash)
    down, hash_ = journal.down.head(), first_hash(Direction.DOWN, STATION, row.down_epoch)
    for data in DownEntry.objects.filter(station=row, epoch=row.down_epoch).order_by("number").values_list("data"):
        hash_ = next_hash(hash_, bytes(data[0]))
    assert (down.number, down.hash) == (row.down_last, hash_) == (row.down_acked, bytes(row.down_hash))
    assert Alarm.objects.count() == 0
    assert journal.office.alarm() == ""
    for counter in Row.objects.filter(station=row):
        assert journal.rights.get(counter.thing) == counter.counters, counter.thing  # type: ignore[arg-type]
    assert all(free_points(person) == 0 for person in Resident.objects.all())
    assert journal.down.parked() == journal.down.unknown() == 0
    check_vouchers(journal)
    journal.close()


def said(journal: Journal, kind: type[Any]) -> int:
    """How many entries of a kind the present life has written."""
    return sum(isinstance(fact_of(decode_entry(data), UP), kind) for _, data, _ in journal.chain.read())


def check_vouchers(journal: Journal) -> None:
    """The books have the vouchers that the journal has, with their fates."""
    from office.books.models import Voucher

    rows = connection_of(journal).execute("SELECT number, coalesce(fate, '') FROM vouchers ORDER BY number").fetchall()
    assert rows == list(Voucher.objects.order_by("number").values_list("number", "fate"))
