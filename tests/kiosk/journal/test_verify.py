"""Every row is held against the entries: what is lost, changed or added is found before anything is sold."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from domain.commands import VoidVoucher
from domain.ids import Epoch, ItemId
from domain.rights import stock_of
from domain.voucher_number import VoucherNumber
from kiosk.desk.papers import reprint
from kiosk.desk.void import void
from kiosk.faults import JournalDamaged
from kiosk.journal.journal import Journal, connection_of
from kiosk.journal.verify import check_start, verify
from sync.identity import signed_by
from tests.support.desk import HE, TestDesk


@pytest.fixture
def busy(desk: TestDesk) -> TestDesk:
    """A desk with two vouchers, one reprinted, one void."""
    desk.issued("a")
    desk.redeem("b", item=201)
    connection_of(desk.journal).execute("UPDATE print_jobs SET state = 'failed' WHERE id = 1")
    assert isinstance(reprint(desk.parts, 1, HE), int)
    assert void(desk.parts, VoidVoucher(VoucherNumber(Epoch(1), 2), HE, "拿错了")) is None
    assert verify(desk.journal, signed_by).sound
    return desk


DAMAGE = {
    "a voucher lost": "DELETE FROM vouchers WHERE number = 1",
    "a voucher's value": "UPDATE vouchers SET packed = zeroblob(29) WHERE number = 1",
    "a voucher's owner": "UPDATE vouchers SET resident = 'li' WHERE number = 1",
    "a voucher's command": "UPDATE vouchers SET command = 'other' WHERE number = 1",
    "a fate forgotten": "UPDATE vouchers SET fate = NULL WHERE number = 2",
    "a fate invented": "UPDATE vouchers SET fate = 'honoured' WHERE number = 1",
    "a voucher nobody issued": "UPDATE vouchers SET number = 9 WHERE number = 1",
    "a paper lost": "DELETE FROM print_jobs WHERE copy = 0",
    "a reprint lost": "DELETE FROM print_jobs WHERE copy = 1",
    "a paper changed": "UPDATE print_jobs SET content = CAST(replace(CAST(content AS TEXT), '120', '121') AS BLOB)",
    "the last number": "UPDATE station SET voucher = 1",
    "points granted": "UPDATE counters SET granted = granted + 4096 WHERE thing = 'points/chen'",
    "points not spent": "UPDATE counters SET spent = spent - 10 WHERE thing = 'points/chen'",
    "a right invented": "INSERT INTO counters (epoch, thing, earned) VALUES (1, 'points/ghost', 5)",
    "a counter lost": "DELETE FROM counters WHERE thing = 'points/chen'",
    "points that came unsaid": "INSERT INTO point_moves VALUES ('points/chen', 9, 1, 'up', 1, 1, 5)",
    "points that came forgotten": "DELETE FROM point_moves WHERE place = 1",
    "points that came changed": "UPDATE point_moves SET points = points + 1 WHERE place = 2",
    "points that came out of order": "UPDATE point_moves SET place = 9 WHERE place = 1",
    "a name changed": "UPDATE people SET name = '陈*方' WHERE id = 'chen'",
    "somebody invented": "INSERT INTO people (id, kind, name) VALUES ('ghost', 'staff', '鬼')",
    "a card invented": "INSERT INTO cards (digest, person, blocked) VALUES ('1:00', 'chen', 0)",
    "a lost card unblocked": "UPDATE cards SET blocked = 0 WHERE person = 'chen'",
    "a document nobody announced": (
        "INSERT INTO announcements (name, version, sha256, size) VALUES ('x', 1, printf('%064d', 0), 1)"
    ),
    "an entry of the office": "UPDATE down_entries SET hash = zeroblob(32) WHERE number = 2",
}


def damage(journal: Journal, statement: str) -> None:
    connection = connection_of(journal)
    connection.execute("PRAGMA foreign_keys = OFF")
    for (trigger,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {trigger}")
    connection.execute(statement)


@pytest.mark.parametrize("statement", DAMAGE.values(), ids=DAMAGE.keys())
def test_every_damage_is_found_and_nothing_is_sold(busy: TestDesk, statement: str) -> None:
    damage(busy.journal, statement)
    assert not verify(busy.journal).sound
    with pytest.raises(JournalDamaged, match="call the office"):
        check_start(busy.journal)


def test_a_signature_of_another_key_is_found(busy: TestDesk) -> None:
    damage(busy.journal, "UPDATE vouchers SET signature = zeroblob(64) WHERE number = 1")
    assert any("signature" in fault or "code" in fault or "should" in fault for fault in verify(busy.journal).faults)
    assert any("signature of A-000001-0" in fault for fault in verify(busy.journal, signed_by).faults)


def test_a_number_is_never_given_out_again_even_if_its_row_is_lost(busy: TestDesk) -> None:
    damage(busy.journal, "DELETE FROM vouchers")
    assert busy.journal.vouchers.next_number() == 3


def test_looking_changes_not_a_byte_of_the_evidence(busy: TestDesk, tmp_path: Path) -> None:
    copy = tmp_path / "evidence"
    copy.mkdir()
    for part in ("journal.db", "journal.db-wal"):
        shutil.copy(busy.folder / part, copy / part)
    before = {part: (copy / part).read_bytes() for part in ("journal.db", "journal.db-wal")}
    journal = Journal(copy / "journal.db", read_only=True)
    assert verify(journal, signed_by).sound
    journal.close()
    assert {part: (copy / part).read_bytes() for part in before} == before


def test_flipping_any_value_by_one_bit_is_found(busy: TestDesk) -> None:
    """The tables whose rows are promises, value by value; states of papers and times are not promises."""
    tables: dict[str, tuple[str, ...]] = {
        "vouchers": ("number", "command", "resident", "packed"),
        "counters": ("granted", "earned", "spent", "refunded", "returned"),
        "point_moves": ("epoch", "log_epoch", "number", "points"),
        "people": ("kind", "name", "role"),
        "print_jobs": ("number", "copy", "content"),
    }
    connection = connection_of(busy.journal)
    for (trigger,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {trigger}")
    connection.execute("PRAGMA ignore_check_constraints = ON")
    connection.execute("PRAGMA foreign_keys = OFF")
    for table, columns in tables.items():
        for column in columns:
            connection.execute("BEGIN")
            value = connection.execute(f"SELECT {column} FROM {table} LIMIT 1").fetchone()[0]
            connection.execute(f"UPDATE {table} SET {column} = ? WHERE {column} IS ?", (flipped(value), value))
            found = not verify_within(busy.journal)
            connection.execute("ROLLBACK")
            assert found, f"{table}.{column}"


def flipped(value: object) -> object:
    match value:
        case int():
            return value ^ 64
        case bytes():
            return bytes([value[0] ^ 1]) + value[1:]
        case str():
            return value[:-1] + chr(ord(value[-1]) ^ 1) if value else "x"
    raise TypeError(value)


def verify_within(journal: Journal) -> bool:
    """Verify inside the transaction that holds the damage."""
    from contextlib import nullcontext

    original: Callable[[], object] = journal.reading
    journal.reading = nullcontext  # type: ignore[assignment, method-assign]
    try:
        return verify(journal).sound
    finally:
        journal.reading = original  # type: ignore[assignment, method-assign]


def test_stock_is_refunded_and_still_verifies(busy: TestDesk) -> None:
    assert busy.journal.rights.get(stock_of(ItemId(101))).spent == 1
    assert verify(busy.journal).vouchers == 2
