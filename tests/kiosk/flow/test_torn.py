"""After a start that finds a visit torn off, the first screen says for a while what became of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.desk.answers import TornOff
from kiosk.flow import events as e
from kiosk.flow import states as s
from kiosk.flow.step import step
from kiosk.presenter.scene import Instant, Scene
from kiosk.presenter.view import present
from kiosk.texts import load_texts
from kiosk.views import IdleView
from tests.kiosk.flow.world import PAPERS, STATES

TIMES = s.Times()


def message(session: s.Session, tmp_path: Path) -> str:
    body = present(session, Scene(load_texts(), "学田湾驿站", tmp_path), Instant(0, 0.0)).body
    assert isinstance(body, IdleView)
    return body.message


@pytest.mark.parametrize(
    ("torn", "said"),
    [
        (TornOff(), "没有扣分"),
        (TornOff("A-000042-7"), "编号 A-000042-7 的兑换已完成，纸条请找工作人员"),
        (TornOff("A-000042-7", paper_out=True), "编号 A-000042-7 的兑换已完成，纸条已打出"),
    ],
)
def test_it_is_said_for_five_minutes(torn: TornOff, said: str, tmp_path: Path) -> None:
    session, _ = step(s.Session(), e.FoundTornOff(torn), 10.0, TIMES)
    assert said in message(session, tmp_path)
    session, _ = step(session, e.Ticked(), 309.0, TIMES)
    assert said in message(session, tmp_path)
    session, _ = step(session, e.Ticked(), 311.0, TIMES)
    assert message(session, tmp_path) == ""


def test_once_staff_have_printed_it_nobody_is_sent_to_them(tmp_path: Path) -> None:
    session, _ = step(s.Session(), e.FoundTornOff(TornOff(PAPERS[0].number)), 10.0, TIMES)
    session, _ = step(session, e.PapersListed(PAPERS), 11.0, TIMES)
    assert "请找工作人员" in message(session, tmp_path)
    session, _ = step(session, e.PapersListed(PAPERS[1:]), 12.0, TIMES)
    assert "纸条已打出" in message(session, tmp_path)


@pytest.mark.parametrize("state", STATES, ids=lambda state: type(state).__name__)
def test_a_fault_of_the_screen_ends_the_visit_kindly_and_what_is_under_way_goes_on(state: s.State) -> None:
    after, effects = step(s.Session(state), e.ScreenFailed(), 1.0, TIMES)
    if isinstance(state, s.UNDER_WAY | s.OutOfOrder):
        assert after.state == state
        return
    assert isinstance(after.state, s.Idle)
    assert after.state.refused is not None
    assert s.visit_of(after.state) is None
    assert all(isinstance(effect, e.Unwish | e.Unask) for effect in effects)
