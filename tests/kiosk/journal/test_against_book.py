"""The database and the pure book say the same after any sequence of doings."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.book import Book, apply
from domain.commands import VoidVoucher
from domain.entries import decode_entry
from domain.facts import Granted
from domain.ids import Epoch, ItemId, ResidentId
from domain.rights import points_of, stock_of
from domain.voucher_number import VoucherNumber
from kiosk.desk.void import void
from kiosk.journal.journal import connection_of
from kiosk.journal.verify import verify
from tests.support.desk import CHEN, HE, LI, TestDesk

redeems = st.tuples(st.just("redeem"), st.sampled_from([CHEN, LI]), st.sampled_from([101, 102, 201]), st.integers(1, 3))
voids = st.tuples(st.just("void"), st.integers(1, 6))
grants = st.tuples(st.just("grant"), st.sampled_from([points_of(CHEN), stock_of(ItemId(101))]), st.integers(1, 200))


@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.lists(st.one_of(redeems, voids, grants), min_size=3, max_size=12))
def test_rows_and_values_agree(doings: list[tuple[object, ...]]) -> None:
    with TemporaryDirectory() as folder:
        desk = TestDesk(Path(folder))
        for number, doing in enumerate(doings):
            do(desk, number, doing)
        book = Book()
        rows = connection_of(desk.journal).execute("SELECT bytes FROM down_entries ORDER BY number").fetchall()
        for data in [*(row[0] for row in rows), *(entry for _, entry, _ in desk.journal.chain.read())]:
            book = apply(book, decode_entry(data))
        assert {thing: desk.journal.rights.get(thing) for thing in book.counters} == book.counters
        assert desk.journal.vouchers.next_number() == len(book.vouchers) + 1
        for number, issued in book.vouchers.items():
            row = desk.journal.vouchers.get(VoucherNumber(Epoch(1), number))
            assert row is not None
            assert (row.voucher.points, row.resident, row.fate) == (
                issued.points,
                issued.resident,
                book.fates.get((1, number)),
            )
        assert verify(desk.journal).sound
        desk.journal.close()


def do(desk: TestDesk, number: int, doing: tuple[object, ...]) -> None:
    match doing:
        case ("redeem", str() as resident, int() as item, int() as pieces):
            desk.redeem(f"c{number}", ResidentId(resident), item, pieces)
        case ("void", int() as voucher):
            void(desk.parts, VoidVoucher(VoucherNumber(Epoch(1), voucher), HE, "test"))
        case ("grant", str() as right, int() as more):
            total = desk.journal.rights.get(right).granted + more  # type: ignore[arg-type]
            desk.receive([Granted(right=right, total=total)])  # type: ignore[arg-type]
