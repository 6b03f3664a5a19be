"""Believable values of the domain, for Hypothesis."""

from __future__ import annotations

from hypothesis import strategies as st

from domain.ids import Day, Epoch, ItemId, PlaceId, StationId
from domain.voucher import ItemKind, Voucher
from domain.voucher_number import VoucherNumber

stations = st.integers(0, 10**14 - 1).map(lambda number: StationId(f"{number:014d}"))
partners = st.integers(1, 10**6).map(lambda number: PlaceId(f"P{number}"))
places = st.one_of(stations.map(PlaceId), partners)
vouchers = st.builds(
    Voucher,
    station=stations,
    number=st.builds(VoucherNumber, st.integers(1, 65535).map(Epoch), st.integers(1, 2**24 - 1)),
    place=places,
    kind=st.sampled_from(ItemKind),
    item=st.integers(0, 2**24 - 1).map(ItemId),
    pieces=st.integers(1, 15),
    points=st.integers(0, 2**24 - 1),
    issued=st.integers(0, 65535).map(Day),
    expires=st.integers(0, 65535).map(Day),
    key_id=st.integers(0, 255),
)
