"""What the office wrote: applied in order, waited with, or parked; never lost, never inverted."""

from __future__ import annotations

import pytest

from domain.entries import Stamp, encode_entry
from domain.facts import DOWN, Fact, Granted, ResidentListed
from domain.refusals import RefusalCode, Refused
from domain.rights import RightKey, points_of
from kiosk.desk.answers import Issued
from kiosk.journal.verify import verify
from tests.support.desk import CHEN, TestDesk


class Fence(Fact, frozen=True):
    """A kind that a later version knows."""

    KIND = "fence"


def entry(fact: Fact, kind: str = "") -> bytes:
    return encode_entry(Stamp(bytes(16), 1, 1, clock_ok=True), kind or fact.KIND, fact)


def receive(desk: TestDesk, *entries: bytes) -> None:
    with desk.journal.transaction("receive"):
        desk.journal.down.receive(entries)


def listed(name: str) -> ResidentListed:
    return ResidentListed(resident=CHEN, name=name, cards=("1:aa",))


def name_of_chen(desk: TestDesk) -> str:
    person = desk.journal.people.find("1:aa")
    return "" if person is None else person.name


def test_what_follows_an_unknown_kind_waits_with_it(desk: TestDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    receive(desk, entry(listed("甲")), entry(Fence()), entry(listed("乙")))
    receive(desk, entry(listed("丙")))
    assert name_of_chen(desk) == "甲"
    assert desk.journal.down.unknown() == 3
    assert desk.redeem() == Refused(RefusalCode.STATION_OUTDATED)
    desk.reopen()
    assert desk.journal.down.unknown() == 3  # this version still does not know it
    monkeypatch.setitem(DOWN, "fence", Fence)
    desk.reopen()
    assert desk.journal.down.unknown() == 0
    assert name_of_chen(desk) == "丙"
    assert isinstance(desk.redeem(), Issued)
    assert verify(desk.journal).sound


def test_two_unknown_kinds_are_not_overtaken(desk: TestDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    receive(desk, entry(Fence()), entry(Fence(), "other"), entry(listed("乙")))
    monkeypatch.setitem(DOWN, "fence", Fence)
    desk.reopen()
    assert desk.journal.down.unknown() == 2
    assert name_of_chen(desk) == ""


def test_one_bad_entry_is_parked_and_blocks_nothing(desk: TestDesk) -> None:
    bad_body = entry(Granted(RightKey("points/chen"), 400)).replace(b'"total":400', b'"total":"x"')
    falling = entry(Granted(RightKey("points/chen"), 10))
    receive(desk, bad_body, falling, b"not even JSON", entry(Granted(RightKey("points/chen"), 500)))
    assert desk.journal.down.parked() == 3
    assert desk.journal.down.unknown() == 0
    assert desk.journal.rights.get(points_of(CHEN)).granted == 500
    assert isinstance(desk.redeem(), Issued)
    assert verify(desk.journal).sound
