"""The database and the pure book say the same after any sequence of doings."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.book import Book, apply
from domain.commands import VoidVoucher
from domain.decide_award import Award
from domain.decide_place import Handing
from domain.entries import decode_entry
from domain.facts import Granted, RecallAsked, VoucherDecided
from domain.ids import Epoch, ItemId, PlaceId, ResidentId
from domain.rights import AWARDS, RightKey, points_of, stock_of
from domain.voucher_number import VoucherNumber
from kiosk.desk.award import award, undo_award
from kiosk.desk.place import honour
from kiosk.desk.void import void
from kiosk.journal.journal import connection_of
from kiosk.journal.verify import verify
from tests.support.desk import CHEN, HE, LI, TestDesk

redeems = st.tuples(st.just("redeem"), st.sampled_from([CHEN, LI]), st.sampled_from([101, 102, 201]), st.integers(1, 3))
voids = st.tuples(st.just("void"), st.integers(1, 6))
honours = st.tuples(st.just("honour"), st.integers(1, 6))
recalls = st.tuples(st.just("recall"), st.sampled_from([points_of(CHEN), points_of(LI)]), st.integers(1, 200))
decided = st.tuples(st.just("decided"), st.integers(1, 6), st.sampled_from(["honoured", "void", "expired"]))
awards = st.tuples(st.just("award"), st.integers(1, 3), st.integers(1, 60))
undos = st.tuples(st.just("undo"), st.integers(1, 3))
grants = st.tuples(
    st.just("grant"), st.sampled_from([points_of(CHEN), stock_of(ItemId(101)), AWARDS]), st.integers(1, 200)
)


@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.lists(st.one_of(redeems, voids, grants, honours, recalls, decided, awards, undos), min_size=3, max_size=16))
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
        recalls = {recall.right: recall for recall in desk.journal.recalls.open()}
        assert recalls == {}
        for (_, right), recalled in book.recalls.items():
            assert recalled.answered == recalled.asked, right
        for name, given in book.awards.items():
            held = desk.journal.awards.get(name)
            assert held is not None
            assert (held.points, held.undone) == (given.points, False)
        assert verify(desk.journal).faults == ()
        desk.journal.close()


def do(desk: TestDesk, number: int, doing: tuple[object, ...]) -> None:
    match doing:
        case ("redeem", str() as resident, int() as item, int() as pieces):
            desk.redeem(f"c{number}", ResidentId(resident), item, pieces)
        case ("void", int() as voucher):
            void(desk.parts, VoidVoucher(VoucherNumber(Epoch(1), voucher), HE, "test"))
        case ("honour", int() as voucher):
            text = VoucherNumber(Epoch(1), voucher).text(desk.journal.identity.station)
            honour(desk.parts, text, Handing(HE))
        case ("recall", str() as right, int() as more):
            row = connection_of(desk.journal).execute("SELECT max(asked) FROM recalls WHERE thing = ?", (right,))
            desk.receive([RecallAsked(RightKey(right), (row.fetchone()[0] or 0) + more)])
        case ("decided", int() as voucher, str() as fate):
            if (record := desk.journal.vouchers.get(VoucherNumber(Epoch(1), voucher))) and record.fate in (None, fate):
                desk.receive([VoucherDecided(Epoch(1), voucher, fate, PlaceId("P7"))])
        case ("award", int() as name, int() as points):
            award(desk.parts, Award(f"a{name}", CHEN, points, HE, "test"))
        case ("undo", int() as name):
            undo_award(desk.parts, f"a{name}", HE, "test")
        case ("grant", str() as right, int() as more):
            total = desk.journal.rights.get(right).granted + more  # type: ignore[arg-type]
            desk.receive([Granted(right=right, total=total)])  # type: ignore[arg-type]
