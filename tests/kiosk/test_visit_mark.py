"""The mark on the disk is that of whoever stands there now: what a cut tore off is never told of somebody else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from devices.ports import PrintState
from domain.ids import VisitId
from kiosk import actions as a
from kiosk.conductor import Conductor
from kiosk.desk.answers import TornOff
from kiosk.desk.torn import torn_off
from kiosk.flow.events import Event, PrinterReported, PrintReported, Scanned
from kiosk.flow.states import AtHome, Printing
from kiosk.presenter.scene import Scene
from kiosk.texts import load_texts
from kiosk.visit_mark import VisitMark
from kiosk.worker import Worker
from tests.kiosk.flow.world import OK
from tests.support.desk import CHEN_CARD, LI_CARD, TestDesk


class AtOnce(Worker):
    """Does what it is handed before it returns."""

    def __init__(self) -> None: ...

    def then(self, work: Callable[[], Any], answer: Callable[[Any], None]) -> None:
        answer(work())


class Kiosk:
    """A conductor whose posted events are handled one after the other, and whose papers come out."""

    def __init__(self, desk: TestDesk, root: Path) -> None:
        self.desk, self.waiting = desk, list[Event]()
        scene = Scene(load_texts(), "学田湾", root)
        self.conductor = Conductor(
            parts=desk.parts, worker=AtOnce(), scene=scene, post=self.waiting.append, show=lambda _view: None
        )
        self.on(PrinterReported(OK))

    def on(self, *events: Event) -> None:
        self.waiting += events
        while self.waiting:
            self.conductor.handle(self.waiting.pop(0))
        self.desk.system.advance(5)

    def card(self, code: str, visit: str) -> None:
        self.on(Scanned(code, VisitId(visit)))

    def press(self, *actions: a.Action) -> None:
        for action in actions:
            self.conductor.press(action)
            self.on()

    def redeem(self) -> str:
        self.press(a.ChooseClass("goods"), a.ChooseItem(101), a.Redeem(), a.Confirm())
        state = self.conductor.session.state
        assert isinstance(state, Printing)
        self.on(PrintReported(state.issued.job, PrintState.PRINTED))
        return state.issued.number

    def cut(self) -> TornOff | None:
        return torn_off(self.desk.parts, VisitMark(self.desk.folder).since())


@pytest.fixture
def kiosk(desk: TestDesk, tmp_path: Path) -> Kiosk:
    return Kiosk(desk, tmp_path)


def test_a_voucher_is_told_as_that_of_the_visit_that_was_torn_off(kiosk: Kiosk) -> None:
    assert kiosk.cut() is None
    kiosk.card(CHEN_CARD, "v1")
    assert kiosk.cut() == TornOff()
    number = kiosk.redeem()
    torn = kiosk.cut()
    assert torn is not None
    assert torn.number == number
    kiosk.press(a.Finish())
    assert kiosk.cut() is None


def test_the_next_ones_card_on_top_of_the_first_ones_visit_begins_a_visit_of_its_own(kiosk: Kiosk) -> None:
    """Li has spent nothing yet: "your exchange A-… is done" would be Chen's, and untrue."""
    kiosk.card(CHEN_CARD, "v1")
    kiosk.redeem()
    kiosk.card(LI_CARD, "v2")
    state = kiosk.conductor.session.state
    assert isinstance(state, AtHome)
    assert state.visit.name == "李*"
    assert kiosk.cut() == TornOff()


@pytest.mark.parametrize("how", ["again", "card"])
def test_what_was_taken_before_in_the_same_visit_does_not_answer_for_what_was_torn_off(kiosk: Kiosk, how: str) -> None:
    kiosk.card(CHEN_CARD, "v1")
    kiosk.redeem()
    if how == "again":
        kiosk.press(a.Home())
    else:
        kiosk.card(CHEN_CARD, "v2")
    assert kiosk.cut() == TornOff()
    kiosk.press(a.ChooseClass("goods"), a.ChooseItem(101))
    assert kiosk.cut() == TornOff()
