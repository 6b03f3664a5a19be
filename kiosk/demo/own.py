"""A scene of the tour: what is a resident's own. Her points here and in all, her voucher, another paper, every line."""

from __future__ import annotations

from domain.refusals import Refused
from kiosk import actions as a
from kiosk.demo.player import Player
from kiosk.desk.history import history
from kiosk.desk.mine_answers import HistoryPage, PaperState
from kiosk.flow import states as s


def own_pages(play: Player) -> None:
    """A visitor looks what is hers; the paper that she asks for stands on the staff's list, and is printed by them."""
    play.scan(play.card("孙玉梅").code, s.AtHome)
    play.until(lambda: _home(play).visit.known.told is not None, "what lies next door, as the office says")
    play.settle()
    play.keep("home-total", "本站有多少，一共有多少：总站答了就写上")
    play.press(a.OpenMine, s.AtMine)
    play.keep("mine", "我的券和积分")
    play.press(a.OpenVouchers, s.AtVouchers)
    play.keep("vouchers", "我的兑换券：什么东西、编号、到哪里领、什么时候以前")
    play.press(a.OpenVoucher, s.AtVoucher)
    play.keep("voucher-seen", "点一张看清楚")
    play.press(a.AskPaper, s.AtVoucher)
    play.until(lambda: _voucher(play).voucher.paper is PaperState.ASKED, "the paper on the staff's list")
    play.settle()
    play.keep("paper-asked", "再打印一次：告诉工作人员，机器自己不打")
    play.press(a.Home, s.AtHome)
    play.press(a.OpenMine, s.AtMine)
    play.press(a.OpenHistory, s.AtHistory)
    play.keep("history", "积分明细：每一分从哪里来，用到哪里")
    _check_sum(play)
    play.press(a.Finish, s.Idle)
    play.scan(play.card("何静").code, s.AtStaff)
    play.until(lambda: any(paper.asked for paper in _staff(play).papers), "the paper that she asked for")
    play.settle()
    play.keep("staff-asked", "工作人员看到：居民请求再打印一张")
    play.press(a.Reprint, s.AtStaff)
    paper = play.keep_paper("reprint-asked", "补打的兑换券，编号不变")
    if "补打" not in paper.text:
        raise AssertionError("a reprint must be marked")
    play.until(lambda: not _staff(play).papers, "an empty list")
    play.settle()
    play.press(a.Finish, s.Idle)


def _check_sum(play: Player) -> None:
    """Raise ``AssertionError`` unless all lines together are what the screen says is here."""
    state = play.session.state
    if not isinstance(state, s.AtHistory):
        raise TypeError(f"expected the history on the screen, found {type(state).__name__}")
    parts, who, balance = play.assembly.parts, state.visit.resident, state.read.balance
    total = 0
    for number in range(state.read.pages):
        page: HistoryPage | Refused = play.assembly.ask(lambda number=number: history(parts, who, number))  # type: ignore[misc]
        total += sum(line.points for line in page.lines) if isinstance(page, HistoryPage) else 0
    if total != balance:
        raise AssertionError(f"the lines add up to {total}, the screen says {balance}")


def _home(play: Player) -> s.AtHome:
    state = play.session.state
    if not isinstance(state, s.AtHome):
        raise TypeError(f"expected the home screen, found {type(state).__name__}")
    return state


def _voucher(play: Player) -> s.AtVoucher:
    state = play.session.state
    if not isinstance(state, s.AtVoucher):
        raise TypeError(f"expected a voucher on the screen, found {type(state).__name__}")
    return state


def _staff(play: Player) -> s.AtStaff:
    state = play.session.state
    if not isinstance(state, s.AtStaff):
        raise TypeError(f"expected the staff's screen, found {type(state).__name__}")
    return state
