"""When the kiosk lets vouchers expire: while the office is heard, by a right clock, every hour, a batch at a time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from domain.ids import Day
from kiosk import conductor as conductor_module
from kiosk.conductor import EXPIRE_SECONDS, Conductor
from kiosk.desk.void import BATCH
from kiosk.flow.events import JournalFailed, OfficeLooked
from kiosk.flow.states import Office
from kiosk.presenter.scene import Scene
from kiosk.texts import load_texts
from kiosk.worker import Worker
from tests.support.desk import TestDesk

HEARD = Office(connected=True, heard_at=0, waiting=0)
SILENT = Office(connected=False, heard_at=0, waiting=0)


class AtOnce(Worker):
    """Does what it is handed before it returns."""

    def __init__(self) -> None: ...

    def then(self, work: Callable[[], Any], answer: Callable[[Any], None]) -> None:
        answer(work())


class Expiring:
    """A conductor whose desk says how many vouchers it let expire each time it was asked."""

    def __init__(self, desk: TestDesk, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.waiting, self.days = 0, list[Day]()
        self.system = desk.system
        monkeypatch.setattr(conductor_module, "expire", self._expire)
        self.conductor = Conductor(
            parts=desk.parts,
            worker=AtOnce(),
            scene=Scene(load_texts(), "学田湾", root),
            post=lambda _event: None,
            show=lambda _view: None,
        )

    def asked(self, ticks: int = 1) -> int:
        """Tick, and return how often the desk was asked."""
        before = len(self.days)
        for _ in range(ticks):
            self.conductor.tick()
        return len(self.days) - before

    def hear(self, office: Office) -> None:
        self.conductor.handle(OfficeLooked(office))

    def _expire(self, _parts: object, day: Day) -> int:
        self.days.append(day)
        done = min(BATCH, self.waiting)
        self.waiting -= done
        return done


@pytest.fixture
def expiring(desk: TestDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Expiring:
    return Expiring(desk, tmp_path, monkeypatch)


def test_nothing_expires_before_the_office_is_heard_nor_while_it_is_silent(expiring: Expiring) -> None:
    assert expiring.asked(3) == 0
    expiring.hear(SILENT)
    assert expiring.asked(3) == 0
    expiring.hear(HEARD)
    assert expiring.asked(3) == 1


def test_it_is_asked_again_after_an_hour(expiring: Expiring) -> None:
    expiring.hear(HEARD)
    assert expiring.asked() == 1
    expiring.system.advance(EXPIRE_SECONDS - 1)
    assert expiring.asked() == 0
    expiring.system.advance(1)
    assert expiring.asked(5) == 1


def test_many_go_a_batch_a_tick_so_that_visits_come_between(expiring: Expiring) -> None:
    expiring.hear(HEARD)
    expiring.waiting = 2 * BATCH + 7
    assert [expiring.asked() for _ in range(5)] == [1, 1, 1, 0, 0]
    assert expiring.waiting == 0


def test_not_by_a_clock_that_may_be_wrong_and_not_while_out_of_order(expiring: Expiring) -> None:
    expiring.hear(HEARD)
    expiring.system.synchronised = False
    assert expiring.asked(3) == 0
    expiring.system.synchronised = True
    expiring.conductor.handle(JournalFailed("journal.damaged"))
    assert expiring.asked(3) == 0
