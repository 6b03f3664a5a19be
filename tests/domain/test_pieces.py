"""Several pieces on one voucher: whatever is asked, nothing is overspent and everything counts by pieces."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from domain.catalogue import Catalogue, Item, ItemClass
from domain.commands import Accepted, RedeemItem, RedeemSituation
from domain.decide import decide_redeem
from domain.facts import VoucherIssued
from domain.ids import CommandId, ItemId, ResidentId, VisitId
from domain.refusals import RefusalCode
from domain.rights import Counters
from domain.voucher import PIECES_MAX
from tests.domain.test_decide_rights import DESK, RICE_LEFT, RULES

numbers = st.integers(0, 20)
items = st.builds(
    Item,
    id=st.just(ItemId(101)),
    kind=st.just(ItemClass.GOODS),
    name=st.just("大米"),
    points=st.integers(1, 9),
    pieces_max=st.integers(1, PIECES_MAX),
    stocked=st.booleans(),
)


@given(items, st.integers(-2, 18), numbers, numbers, numbers)
def test_points_stock_and_allowance_each_bound_the_pieces(
    item: Item, pieces: int, points: int, stock: int, allowance: int
) -> None:
    here = RedeemSituation(
        desk=DESK,
        catalogue=Catalogue(3, (item,)),
        points=Counters(granted=points),
        stock=Counters(granted=stock),
        rules=RULES,
        household="h1",
        allowances={RICE_LEFT: Counters(granted=allowance)},
    )
    asked = RedeemItem(CommandId("c"), VisitId("v"), ResidentId("r1"), ItemId(101), pieces)
    decision = decide_redeem(asked, here)
    fits = (
        1 <= pieces <= item.pieces_max
        and pieces * item.points <= points
        and pieces <= allowance
        and (not item.stocked or pieces <= stock)
    )
    assert isinstance(decision, Accepted) == fits
    if not isinstance(decision, Accepted):
        assert decision.code in (
            RefusalCode.PIECES_TOO_MANY,
            RefusalCode.STOCK_OUT,
            RefusalCode.POINTS_SHORT,
            RefusalCode.LIMIT_REACHED,
        )
        return
    moved = {str(move.right).partition("/")[0]: move.amount for move in decision.moves}
    assert moved == {"points": pieces * item.points, "limit": pieces} | ({"stock": pieces} if item.stocked else {})
    assert isinstance(decision.fact, VoucherIssued)
    assert (decision.fact.pieces, decision.fact.points) == (pieces, pieces * item.points)
    assert decision.voucher is not None
    assert (decision.voucher.pieces, decision.voucher.points) == (pieces, pieces * item.points)


@given(items, st.integers(1, PIECES_MAX))
def test_two_vouchers_never_have_more_than_one_of_both_would(item: Item, pieces: int) -> None:
    """What is left after the first bounds the second: no order of presses gets around a limit."""
    left = Counters(granted=10)
    total = 0
    for number in range(2):
        here = RedeemSituation(
            desk=replace(DESK, next_number=1 + number),
            catalogue=Catalogue(3, (item,)),
            points=Counters(granted=10_000),
            stock=left,
            rules=RULES,
            household="h1",
            allowances={RICE_LEFT: left},
        )
        asked = RedeemItem(CommandId(f"c{number}"), VisitId("v"), ResidentId("r1"), ItemId(101), pieces)
        decision = decide_redeem(asked, here)
        if isinstance(decision, Accepted):
            total += pieces
            left = left.moved("spent", pieces)
    assert total <= 10
