"""Scenes of trust: the notice before a first visit, a PIN for much at once, and staff who find whoever has no card."""

from __future__ import annotations

from kiosk import actions as a
from kiosk.demo.player import Player
from kiosk.flow import states as s
from kiosk.flow import trust_states as t

PIN, WRONG, ABOVE, TRIES = "482913", "482914", 50, 5


def first_time(play: Player) -> None:
    """What is kept is said first; who does not agree goes with nothing written, who does is never asked again."""
    card = play.card("孙秀兰").code
    entries = _entries(play)
    play.scan(card, t.AtConsent)
    play.keep("consent", "第一次来：先说清楚存什么、不存什么")
    play.press(a.DeclineNotice, t.AtFarewell)
    play.keep("declined", "不同意：什么也没有记")
    play.press(a.Finish, s.Idle)
    if _entries(play) != entries:
        raise AssertionError("something was written of somebody who did not agree")
    play.scan(card, t.AtConsent)
    play.press(a.AgreeNotice, s.AtHome)
    play.press(a.Withdraw, t.AtWithdraw)
    play.keep("my-data", "我的资料：存了什么，怎么撤回")
    play.press(a.Back, s.AtHome)
    play.press(a.Finish, s.Idle)
    play.scan(card, s.AtHome)
    play.press(a.Finish, s.Idle)


def chosen_beside_staff(play: Player) -> None:
    """Above the limit of the rules a PIN is needed: the first one is chosen with a member of staff beside."""
    play.bench.town.office("rules", "set", f"pin_above={ABOVE}")
    play.until(lambda: play.assembly.ask(lambda: play.assembly.parts.rules().pin_above) == ABOVE, "the new rules")
    _confirm_eggs(play)
    play.arrive(t.AtPinStaff)
    play.keep("pin-staff", f"一次用 {ABOVE} 分以上要密码，还没有：请工作人员来一下")
    play.scan(play.card("何静").code, t.AtPinSet)
    play.keep("pin-set", "工作人员刷了工作证：自己设一个")
    _type(play, "123456", t.AtPinSet)
    play.press(a.EnterPin, t.AtPinSet)
    play.until(lambda: isinstance(at := play.session.state, t.AtPinSet) and at.refused is not None, "too easy")
    play.settle()
    play.keep("pin-trivial", "太好猜的不要")
    _type(play, PIN, t.AtPinSet)
    play.press(a.EnterPin, t.AtPinSet)
    play.settle()
    _type(play, PIN, t.AtPinSet)
    play.keep("pin-again", "再输一遍；屏幕上只有圆点")
    play.press(a.EnterPin, s.AtDone)
    play.keep_paper("voucher-with-pin", "设好就接着兑换，不用再输")
    play.press(a.Finish, s.Idle)


def wrong_and_locked(play: Player) -> None:
    """Wrong ones are counted; then it is locked, and a badge opens it at once."""
    _confirm_eggs(play)
    play.arrive(t.AtPin)
    play.keep("pin", "请输入密码")
    for left in range(TRIES - 1, 0, -1):
        _type(play, WRONG, t.AtPin)
        play.press(a.EnterPin, t.AtPin)
        play.until(lambda left=left: _tries_left(play) == left, f"{left} tries left")  # type: ignore[misc]
        play.settle()
    play.keep("pin-wrong", "输错了：没有扣分，还能试几次")
    _type(play, WRONG, t.AtPin)
    play.press(a.EnterPin, t.AtPinLocked)
    play.keep("pin-locked", "错得太多：先停一停，写着到几点；工作人员刷工作证可以马上解开")
    play.scan(play.card("何静").code, t.AtPin)
    _type(play, PIN, t.AtPin)
    play.press(a.EnterPin, s.AtDone)
    play.keep_paper("voucher-after-lock", "工作人员解开以后，照常兑换")
    play.press(a.Finish, s.Idle)
    play.bench.town.office("rules", "set", "pin_above=0")


def without_a_card(play: Player) -> None:
    """Who forgot both cards is found by staff: letter, surname, name."""
    play.let_pass(10)
    play.scan(play.card("何静").code, s.AtStaff)
    play.press(a.FindResident, t.AtFinding)
    play.until(lambda: isinstance(at := play.session.state, t.AtFinding) and at.surnames is not None, "the surnames")
    play.settle()
    play.keep("finding-letters", "没带卡：工作人员找居民，先选姓的拼音字母")
    play.press(a.ChooseLetter("Z"), t.AtFinding)
    play.keep("finding-surnames", "再选姓")
    play.press(a.ChooseSurname("周"), t.AtFinding)
    play.until(lambda: isinstance(at := play.session.state, t.AtFinding) and at.found is not None, "the names")
    play.settle()
    play.keep("finding-names", "名字隐去一部分，写着本站积分")
    play.press(a.ChooseFound(0), s.AtHome)
    play.keep("home-by-staff", "由工作人员开始的办理，账上写着是谁")
    play.press(a.Finish, s.Idle)


def _confirm_eggs(play: Player) -> None:
    play.scan(play.card("周玉兰").code, s.AtHome)
    play.press(a.ChooseClass("goods"), s.AtItems)
    play.choose(103)
    play.press(a.Redeem, s.AtConfirm)
    play.hand.press(a.Confirm)


def _type(play: Player, digits: str, at: type[s.State]) -> None:
    for digit in digits:
        play.press(a.PressDigit(int(digit)), at)


def _tries_left(play: Player) -> object:
    state = play.session.state
    return state.refused.details.get("left") if isinstance(state, t.AtPin) and state.refused is not None else None


def _entries(play: Player) -> int:
    return play.assembly.ask(lambda: play.assembly.parts.journal.chain.head().number)
