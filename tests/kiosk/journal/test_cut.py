"""The power goes between any two steps of what the office asks or staff do: all of it is there, or nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from domain.decide_award import Award
from domain.decide_place import Handing
from domain.facts import Granted, RecallAsked, ResidentErased, VoucherDecided
from domain.ids import Epoch, PlaceId
from domain.rights import AWARDS, points_of
from kiosk.desk.award import award, undo_award
from kiosk.desk.place import honour
from kiosk.faults import listen
from kiosk.journal.journal import connection_of
from kiosk.journal.verify import verify
from tests.support.desk import CHEN, HE, TestDesk


class Cut(BaseException):
    """The power went."""


def recalled(desk: TestDesk) -> None:
    desk.receive([RecallAsked(points_of(CHEN), 100)])


def decided(desk: TestDesk) -> None:
    desk.receive([VoucherDecided(Epoch(1), 1, "void", PlaceId("P7"))])


def erased(desk: TestDesk) -> None:
    desk.receive([ResidentErased(CHEN)])


def honoured(desk: TestDesk) -> None:
    honour(desk.parts, "A-000001-0", Handing(HE))


def awarded(desk: TestDesk) -> None:
    award(desk.parts, Award("new", CHEN, 5, HE, "扫雪"))


def undone(desk: TestDesk) -> None:
    undo_award(desk.parts, "old", HE, "记错了")


STEPS: tuple[tuple[Callable[[TestDesk], None], tuple[str, ...]], ...] = (
    (recalled, ("recall.noted", "return.written")),
    (decided, ("decided.fate_written", "refund.written")),
    (erased, ("erase.listed", "erase.privates", "erase.papers", "forget.written")),
    (honoured, ("fate.entry_written", "fate.rights_moved", "fate.row_written", "honour.before_commit")),
    (awarded, ("desk.entry_written", "desk.rights_moved", "award.row_written")),
    (undone, ("desk.entry_written", "desk.rights_moved", "undo.row_written")),
)


def dump(desk: TestDesk) -> list[str]:
    return list(connection_of(desk.journal).iterdump())


@pytest.mark.parametrize(("step", "name"), [(step, name) for step, names in STEPS for name in names])
def test_half_of_it_is_never_there(desk: TestDesk, step: Callable[[TestDesk], None], name: str) -> None:
    desk.receive([Granted(AWARDS, 50)])
    desk.issued()
    award(desk.parts, Award("old", CHEN, 5, HE, "扫楼道"))
    before = dump(desk)

    def cut(passed: str) -> None:
        if passed == name:
            raise Cut

    listen(cut)
    try:
        with pytest.raises(Cut):
            step(desk)
    finally:
        listen(None)
    assert dump(desk) == before
    step(desk)
    assert dump(desk) != before
    assert verify(desk.journal).faults == ()
