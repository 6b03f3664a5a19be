"""More scenes of the tour: a neighbour's errand, cards that change hands, paper and disk that fail under way."""

from __future__ import annotations

from devices.ports import Health
from kiosk import actions as a
from kiosk.demo.player import Player
from kiosk.flow import states as s
from kiosk.journal.journal import Journal
from kiosk.station import Folder


def for_her_father(play: Player) -> None:
    """A daughter who may come for her father is asked for whom; his points are spent, and his paper names both."""
    father, daughter = play.card("张秀英"), play.card("郑淑华")
    play.bench.town.office("proxy", father.name, daughter.name, "--spend")
    play.until(lambda: _may_act(play, daughter.code), "the neighbour known at the station")
    play.keep("whom", "替家人来：先问为谁办")
    play.press(a.ChooseWhom(1), s.AtHome)
    play.keep("home-for", "替家人办：上面写着代谁办、还能代领多少")
    play.press(a.ChooseClass("goods"), s.AtItems)
    play.choose(104)
    play.press(a.Redeem, s.AtConfirm)
    play.keep("confirm-for", "确认时再说一次为谁办")
    play.press(a.Confirm, s.AtDone)
    play.task_done("card to voucher for somebody else", 5)
    paper = play.keep_paper("voucher-for", "兑换券上有本人，也有代领人")
    if "郑*华" not in paper.text:
        raise AssertionError("the paper must name who came")
    play.press(a.Finish, s.Idle)


def _may_act(play: Player, code: str) -> bool:
    """Whether this card is asked for whom by now: what the office changed takes a breath to come."""
    play.touches = 0
    play.bench.scanner.scan(code)
    play.until(lambda: isinstance(play.session.state, s.AtWhom | s.AtHome), "the card known")
    play.settle()
    if isinstance(play.session.state, s.AtWhom):
        return True
    play.press(a.Finish, s.Idle)
    return False


def cards_change_hands(play: Player) -> None:
    """Another card in the middle: the first visit is gone. One that nobody knows leaves it as it was."""
    play.scan(play.card("陈桂芳").code, s.AtHome)
    play.press(a.ChooseClass("goods"), s.AtItems)
    play.bench.scanner.scan("http://example.org/not-a-card")
    play.arrive(s.AtRefusal)
    play.keep("stranger-in-between", "办到一半，有人扫了别的码：说清楚，不打断")
    play.press(a.Home, s.AtHome)
    play.scan(play.card("吴长贵").code, s.AtHome)
    play.until(lambda: any("吴*贵" in words for words in play.hand.words()), "the second person")
    play.settle()  # home was on the screen before the card too
    if any("陈*芳" in words for words in play.hand.words()):
        raise AssertionError("the first person is still on the screen")
    play.keep("second-neighbour", "换一张卡就换一个人，前一位的画面不留")
    play.press(a.Finish, s.Idle)


def paper_ends_under_way(play: Player) -> None:
    """The roll ends in the middle of a voucher: the number stays on the screen, and staff print it again."""
    play.bench.printer.take_paper_out(after_bytes=150)
    play.scan(play.card("陈桂芳").code, s.AtHome)
    play.press(a.ChooseClass("goods"), s.AtItems)
    play.choose(104)
    play.press(a.Redeem, s.AtConfirm)
    play.press(a.Confirm, s.AtDone)
    play.keep("paper-ended", "打到一半没纸了：编号留在画面上，只扣一次")
    play.press(a.Finish, s.Idle)
    play.bench.printer.put_paper_in()
    play.keep_paper("rest-of-voucher", "装好纸：打印机先把存着的半张打完，是不是完整谁也说不准")
    play.until(lambda: play.session.printer.health is Health.OK, "the new roll noticed")
    play.scan(play.card("何静").code, s.AtStaff)
    play.until(lambda: isinstance(at := play.session.state, s.AtStaff) and len(at.papers) == 1, "the paper listed")
    play.settle()
    play.press(a.Reprint, s.AtStaff)
    if "补打" not in play.keep_paper("reprint-whole", "志愿者装好纸，补打一张完整的").text:
        raise AssertionError("a reprint must be marked")
    play.until(lambda: isinstance(at := play.session.state, s.AtStaff) and not at.papers, "an empty list")
    play.settle()
    play.press(a.Finish, s.Idle)


def journal_held(play: Player) -> None:
    """The journal cannot be written: nothing is sold, it is said, and the station goes on by itself."""
    other = Journal(Folder(play.bench.start.folder.root).journal)
    play.scan(play.card("李明").code, s.AtHome)
    play.press(a.ChooseClass("repair"), s.AtItems)
    play.choose(301)
    play.press(a.Redeem, s.AtConfirm)
    try:
        with other.transaction("touch"):
            play.hand.press(a.Confirm)
            play.keep("redeeming", "正在兑换：一步一步看得见")
            play.until(lambda: isinstance(play.session.state, s.OutOfOrder), "the fault said")
            play.settle()
            play.keep("out-of-order", "记不了账：暂停兑换，请找工作人员")
    finally:
        other.close()
    play.let_pass(10)
    play.until(lambda: play.session.state == s.Idle(), "the journal free again")
    play.settle()
