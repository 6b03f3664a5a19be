"""The resident's own pages: read when asked for, left whenever one likes, and nothing of them stays."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.ids import NOBODY, CommandId, VisitId
from kiosk import actions as a
from kiosk.desk.answers import ResidentHere
from kiosk.desk.mine_answers import PaperState, VouchersPage
from kiosk.flow import events as e
from kiosk.flow import states as s
from kiosk.flow.elsewhere import LOOK_SECONDS
from kiosk.flow.step import step
from kiosk.presenter.scene import Instant, Scene
from kiosk.presenter.view import SLOW_SECONDS, present
from kiosk.texts import load_texts
from kiosk.views import BusyView, HistoryView, HomeView, MineView, View, VouchersView, VoucherView
from tests.kiosk.flow.own_world import (
    ASKED,
    CHEN,
    DECIDED,
    GONE,
    HISTORY,
    NUMBER,
    OPEN,
    SEEN,
    STALE,
    TOLD,
    VISIT_ID,
    VOUCHERS,
    ZHANG,
)
from tests.kiosk.flow.world import CUT_OFF, FOR_ZHANG, HEARD, HERE, VISIT

TIMES = s.Times()
MINE = s.AtMine(VISIT)


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    return Scene(load_texts(), "学田湾社区党群驿站", tmp_path_factory.mktemp("pictures"))


def play(state: s.State, *events: e.Event | a.Action, at: float = 1.0) -> tuple[s.Session, list[e.Effect]]:
    session, done = s.Session(state), list[e.Effect]()
    for event in events:
        given = event if isinstance(event, e.Event) else e.Pressed(event, CommandId("p"))
        session, effects = step(session, given, at, TIMES)
        done += effects
    return session, done


def view_of(session: s.Session, scene: Scene, at: float = 1.0) -> View:
    return present(session, scene, Instant(1_795_388_316_000, at))


def test_from_home_to_a_voucher_and_back(scene: Scene) -> None:
    session, effects = play(s.AtHome(VISIT), a.OpenMine(), a.OpenVouchers())
    assert effects == [e.ReadVouchers(VISIT_ID, CHEN, NOBODY, 0)]
    assert isinstance(view_of(session, scene).body, MineView)  # nothing flickers while it is read
    session, effects = play(session.state, e.PageRead(VISIT_ID, CHEN, VOUCHERS), a.OpenVoucher(0))
    assert session.state == s.AtVoucher(VISIT, OPEN, VOUCHERS)
    assert isinstance(view_of(session, scene).body, VoucherView)
    for state in (s.AtVouchers(VISIT, VOUCHERS), MINE, s.AtHome(VISIT)):
        session, _ = play(session.state, a.Back())
        assert session.state == state


def test_only_what_is_slow_says_so_and_it_can_be_left(scene: Scene) -> None:
    session, _ = play(MINE, a.OpenHistory())
    assert isinstance(view_of(session, scene, 1.0 + SLOW_SECONDS - 0.1).body, MineView)
    slow = view_of(session, scene, 1.0 + SLOW_SECONDS)
    assert isinstance(slow.body, BusyView)
    assert slow.frame.back is not None
    assert slow.frame.home is not None
    assert play(session.state, a.Back())[0].state == MINE
    assert play(session.state, a.CallStaff())[0].state == s.AtHelp(MINE)


def test_a_page_that_was_left_is_not_shown_and_nobody_elses_ever() -> None:
    reading = s.Reading(VISIT, MINE, s.OwnPage.VOUCHERS)
    for event in (
        e.PageRead(VisitId("v0"), CHEN, VOUCHERS),
        e.PageRead(VISIT_ID, ZHANG, VOUCHERS),
        e.PageRead(VISIT_ID, CHEN, HISTORY),
    ):
        assert play(reading, event)[0].state == reading
    assert play(reading, a.Back(), e.PageRead(VISIT_ID, CHEN, VOUCHERS))[0].state == MINE


def test_the_bar_says_what_the_lines_add_up_to(scene: Scene) -> None:
    session, _ = play(MINE, a.OpenHistory(), e.PageRead(VISIT_ID, CHEN, replace(HISTORY, balance=333)))
    view = view_of(session, scene)
    assert isinstance(view.body, HistoryView)
    assert "333" in view.body.balance
    assert view.frame.balance == "333 分"


def test_pages_are_read_one_by_one() -> None:
    session, effects = play(s.AtHistory(VISIT, HISTORY), a.TurnPage(1))
    assert effects == [e.ReadHistory(VISIT_ID, CHEN, 1)]
    assert play(s.AtHistory(VISIT, HISTORY), a.TurnPage(2))[1] == []
    session, effects = play(s.AtVouchers(VISIT, VOUCHERS), a.TurnPage(0))
    assert isinstance(session.state, s.Reading)
    assert effects == [e.ReadVouchers(VISIT_ID, CHEN, NOBODY, 0)]


def test_another_paper_is_asked_for_once_and_staff_are_told(scene: Scene) -> None:
    session, effects = play(s.AtVoucher(VISIT, OPEN, VOUCHERS), a.AskPaper(), a.AskPaper())
    assert effects == [e.AskPaper(VISIT_ID, CHEN, NOBODY, NUMBER)]
    body = view_of(session, scene).body
    assert isinstance(body, VoucherView)
    assert body.again is None
    session, effects = play(session.state, a.CallStaff(), e.PaperAsked(VISIT_ID, NUMBER, None), a.Back())
    assert effects == [e.ListPapers()]
    assert session.state == s.AtVoucher(VISIT, ASKED, replace(VOUCHERS, vouchers=(ASKED, *SEEN[1:3])))
    body = view_of(session, scene).body
    assert isinstance(body, VoucherView)
    assert "工作人员" in body.message
    assert play(s.AtVoucher(VISIT, ASKED, VOUCHERS), a.AskPaper())[1] == []
    refused, _ = play(s.AtVoucher(VISIT, OPEN, VOUCHERS, busy=True), e.PaperAsked(VISIT_ID, NUMBER, DECIDED))
    assert refused.state == s.AtRefusal(VISIT, DECIDED)


def test_whoever_was_erased_meanwhile_is_gone_from_the_screen() -> None:
    session, _ = play(MINE, a.OpenHistory(), e.PageRead(VISIT_ID, CHEN, GONE))
    assert session.state == s.Idle(GONE)


def test_a_neighbour_sees_the_vouchers_and_nothing_else(scene: Scene) -> None:
    home = s.AtHome(FOR_ZHANG)
    for pressed in (a.OpenMine(), a.OpenHistory()):
        assert play(home, pressed)[0].state == home
    session, effects = play(home, a.OpenVouchers())
    assert effects == [e.ReadVouchers(VISIT_ID, ZHANG, CHEN, 0)]
    session, _ = play(session.state, e.PageRead(VISIT_ID, ZHANG, VouchersPage(())))
    body = view_of(session, scene).body
    assert isinstance(body, VouchersView)
    assert body.message
    assert play(session.state, a.Back())[0].state == home
    told, effects = play(home, e.OfficeLooked(HEARD), e.Ticked())
    assert effects == []
    body = view_of(told, scene).body
    assert isinstance(body, HomeView)
    assert body.total == ""


def test_what_lies_elsewhere_is_asked_once_a_visit_and_shown_when_it_is_known(scene: Scene) -> None:
    session, asked = play(s.AtHome(VISIT), e.OfficeLooked(HEARD), e.Ticked(), e.Ticked())
    assert asked == [e.LookElsewhere(VISIT_ID, CHEN, ask=True)]
    session, effects = step(session, e.ElsewhereLooked(VISIT_ID, CHEN, STALE), 1.0, TIMES)
    body = view_of(session, scene).body
    assert isinstance(body, HomeView)
    assert body.total == "11月24日共 520 分"
    session, effects = step(session, e.Ticked(), 2.0, TIMES)
    assert effects == (e.LookElsewhere(VISIT_ID, CHEN, ask=False),)
    session, _ = step(session, e.ElsewhereLooked(VISIT_ID, CHEN, TOLD), 2.0, TIMES)
    body = view_of(session, scene).body
    assert isinstance(body, HomeView)
    assert (body.points_label, body.points, body.total) == ("本站积分", "380", "一共 520 分")
    session, effects = step(session, e.Ticked(), 3.0, TIMES)
    assert effects == ()


def test_an_answer_that_does_not_come_is_not_waited_for_for_ever() -> None:
    session, _ = play(s.AtHome(VISIT), e.OfficeLooked(HEARD), e.Ticked(), e.ElsewhereLooked(VISIT_ID, CHEN, None))
    _, effects = step(session, e.Ticked(), 1.0 + LOOK_SECONDS, TIMES)
    assert effects == ()


def test_without_a_line_what_was_said_before_is_looked_up_once() -> None:
    session, effects = play(
        s.AtHome(VISIT), e.OfficeLooked(CUT_OFF), e.Ticked(), e.ElsewhereLooked(VISIT_ID, CHEN, STALE), e.Ticked()
    )
    assert effects == [e.LookElsewhere(VISIT_ID, CHEN, ask=False)]
    session, effects = play(session.state, e.OfficeLooked(HEARD), e.Ticked())
    assert effects == [e.LookElsewhere(VISIT_ID, CHEN, ask=True)]  # the line is back


def test_what_came_from_elsewhere_ends_what_was_said_of_it() -> None:
    told = replace(VISIT, known=replace(VISIT.known, told=TOLD, looked=True))
    assert told.holding(200, None).known.told == TOLD
    assert told.holding(500, None).known.told is None


def test_another_card_on_these_pages_takes_everything_along() -> None:
    for state in (s.AtVouchers(VISIT, VOUCHERS), s.AtHistory(VISIT, HISTORY), s.AtVoucher(VISIT, OPEN, VOUCHERS)):
        other = replace(HERE, resident=ZHANG, name="李*")
        session, _ = play(state, e.Scanned("YZC1:X", VisitId("v9")), e.Recognised(VisitId("v9"), other))
        assert isinstance(session.state, s.AtHome)
        assert "A-000001" not in repr(session)
        late, _ = play(session.state, e.PageRead(VISIT_ID, CHEN, VOUCHERS), e.ElsewhereLooked(VISIT_ID, CHEN, TOLD))
        assert late.state == session.state
    assert isinstance(other, ResidentHere)


def test_the_same_card_on_a_page_being_read_goes_back_to_where_it_was_asked() -> None:
    reading = s.Reading(VISIT, s.AtVouchers(VISIT, VOUCHERS), s.OwnPage.VOUCHERS)
    session, _ = play(reading, e.Scanned("YZC1:X", VisitId("v9")), e.PageRead(VISIT_ID, CHEN, VOUCHERS))
    session, _ = play(session.state, e.Recognised(VisitId("v9"), HERE))
    assert session.state == s.AtVouchers(VISIT, VOUCHERS)


def test_a_voucher_that_is_not_open_cannot_be_printed_again(scene: Scene) -> None:
    for one in SEEN:
        body = view_of(s.Session(s.AtVoucher(VISIT, one, VOUCHERS)), scene).body
        assert isinstance(body, VoucherView)
        may = one.state.value == "open" and one.paper is PaperState.OUT
        assert (body.again is not None) == may
