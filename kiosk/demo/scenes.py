"""The scenes of the tour, in order. Each really happens, or the tour fails."""

from __future__ import annotations

from collections.abc import Callable

from devices.ports import Health
from devices.simulated.idcard.people import resident
from domain.refusals import RefusalCode
from domain.voucher import parse_code, signed_message
from kiosk import actions as a
from kiosk.demo import trust
from kiosk.demo.cards import forged_code, unknown_code
from kiosk.demo.own import own_pages
from kiosk.demo.people import id_card
from kiosk.demo.player import Player
from kiosk.demo.troubles import cards_change_hands, for_her_father, journal_held, paper_ends_under_way
from kiosk.flow import join_states as j
from kiosk.flow import states as s
from kiosk.flow import trust_states as t
from sync.identity import Verifier

STRANGER = resident("张三丰", "19491001", 17)
AUTHENTICATION_FAILED = 0x31


def ready(play: Player) -> None:
    """The station opens: printer and scanner answer."""
    play.until(lambda: play.session.printer.health is Health.OK, "a printer that is ready")
    play.until(lambda: play.session.scanner.health is Health.OK, "a scanner that is ready")
    in_step(play)
    play.until(lambda: version(play) == 1, "the catalogue from the office")
    play.until(lambda: play.session.board.version == 1, "the board from the office")
    play.settle()
    play.keep("idle", "待机：请把积分卡对准扫描口；已连上总站，名册、积分、目录都从总站来")


def rest(play: Player) -> None:
    """Nobody is here for minutes: it dims; a touch on it wakes it and does nothing else."""
    play.leave_alone(play.bench.start.settings.times().dim_seconds)
    if play.hand.is_bright():
        raise AssertionError("an unused screen stays bright")
    play.keep("resting", "五分钟没人碰：屏幕变暗，每分钟挪一点，不留残影")
    play.hand.press(a.CallStaff)
    play.until(play.hand.is_bright, "the screen to wake")
    if play.session.state != s.Idle():
        raise AssertionError("a touch that only wakes did something else")
    play.settle()


def redeem_rice(play: Player) -> None:
    """Four touches: class, item, redeem, confirm."""
    play.scan(play.card("陈桂芳").code, s.AtHome)
    play.keep("home", "扫卡：陈*芳，380 分")
    play.press(a.ChooseClass("goods"), s.AtItems)
    play.keep("goods", "选商品")
    play.choose(101)
    play.keep("item", "选东北大米")
    play.press(a.Redeem, s.AtConfirm)
    play.keep("confirm", "请确认：120 分")
    play.press(a.Confirm, s.AtDone)
    play.task_done("card to voucher", 4)
    play.keep("done", "兑换成功，还有 260 分")
    paper = play.keep_paper("voucher", "兑换券打印出来")
    check_voucher(play, paper.qr_payloads[0], "A-000001-")
    play.press(a.Finish, s.Idle)
    in_step(play)
    check_books(play, vouchers=1, spent=120)
    play.say("总站账上：1 张兑换券，120 分")


def look_around(play: Player) -> None:
    """Pages, groups, what is sold out, what costs too much, several pieces."""
    play.scan(play.card("李明").code, s.AtHome)
    play.press(a.ChooseClass("goods"), s.AtItems)
    play.press(a.TurnPage(1), s.AtItems)
    play.keep("second-page", "第二页：已兑完的也看得见")
    play.press(a.ShowGroups, s.AtGroups)
    play.keep("groups", "分类找：多两下，不翻页")
    play.press(a.ChooseGroup("粮油"), s.AtItems)
    play.keep("group", "粮油类：够分的排在前面")
    play.choose(104)
    play.press(a.SetPieces(2), s.AtItem)
    play.press(a.SetPieces(3), s.AtItem)
    play.keep("pieces", "要三袋：共多少分、还剩多少分，都写清楚")
    play.press(a.Redeem, s.AtConfirm)
    play.keep("confirm-pieces", "请确认：三袋，30 分")
    play.press(a.Back, s.AtItem)
    play.press(a.Back, s.AtItems)
    play.choose(102)
    play.keep("short-of-points", "积分不够：还差 30 分；连着总站，就可以问一问")
    play.press(a.CallStaff, s.AtHelp)
    play.keep("help", "找人帮忙")
    play.press(a.Back, s.AtItem)
    play.press(a.Home, s.AtHome)
    play.press(a.ChooseClass("repair"), s.AtItems)
    play.keep("repair", "维修类")


def fall_asleep(play: Player) -> None:
    """Nobody touches the screen: a question, then the visit ends."""
    play.let_pass(60)
    play.until(lambda: play.session.warned_at is not None, "the warning")
    play.settle()
    play.keep("still-there", "一分钟没人碰：您还在吗？")
    play.let_pass(30)
    play.arrive(s.Idle)


def cards_not_taken(play: Player) -> None:
    """Rubbish, a forged card, a card nobody knows, a voucher instead of a card."""
    play.scan("http://example.org/not-a-card", s.Idle)
    play.until(lambda: refused(play) is RefusalCode.CARD_MALFORMED, "rubbish refused")
    play.keep("card-malformed", "看不懂的码")
    play.bench.scanner.scan(forged_code(play.card("张秀英").code))
    play.until(lambda: refused(play) is RefusalCode.CARD_FORGED, "a forged card refused")
    play.settle()
    play.keep("card-forged", "不能用的卡：card.forged")
    play.scan(unknown_code(play.bench.seeded.office, play.card("张秀英").code), j.AtUnknown)
    play.keep("card-unknown", "总站也不认得的卡：可以申请加入")
    play.press(a.Finish, s.Idle)


def id_card_laid(play: Player) -> None:
    """An ID card on the reader: somebody is recognised; a card that nobody knows, and one that cannot be read."""
    reader = play.bench.reader
    play.let_pass(10)
    play.until(lambda: play.session.card_reader.health is Health.OK, "a reader that is ready")
    reader.lay(id_card("陈桂芳"))
    play.arrive(s.AtHome)
    play.keep("id-card", "放身份证：认出陈*芳，证件内容一样也不存")
    play.press(a.Finish, s.Idle)
    reader.lay(STRANGER)
    play.arrive(j.AtUnknown)
    play.keep("id-card-unknown", "没登记的身份证：可以申请加入")
    ask_to_join(play)
    reader.fail_with(AUTHENTICATION_FAILED, times=9)
    reader.lay(id_card("陈桂芳"))
    play.until(lambda: refused(play) is RefusalCode.CARD_UNREADABLE, "a card that cannot be read")
    play.settle()
    play.keep("id-card-unreadable", "读不出来：拿起来，再放一次")
    reader.lift()


def ask_to_join(play: Player) -> None:
    """Whoever is not known here asks to join: what is kept, a telephone number, the slip, and how it stands."""
    play.press(a.Join, j.AtJoinNotice)
    play.keep("join-notice", "先说清楚记下什么，再问同意不同意")
    play.press(a.Agree, j.AtJoinPhone)
    for digit in "13800138000":
        play.press(a.PhoneDigit(int(digit)), j.AtJoinPhone)
    play.keep("join-phone", "手机号可以留，也可以不留")
    play.press(a.SendRequest, j.AtJoined)
    play.keep("joined", "申请号和凭条")
    play.keep_paper("slip", "打印出来的临时凭条")
    state = play.session.state
    if not isinstance(state, j.AtJoined) or state.joined.slip is None:
        raise AssertionError("no slip")
    slip = state.joined.slip
    play.press(a.Finish, s.Idle)
    play.scan(slip.code, j.AtRequest)
    play.keep("join-request", "再来扫凭条：总站还在核对")
    play.press(a.Finish, s.Idle)
    play.until(lambda: slip.number in play.bench.town.office("joins"), "the request at the office")
    journal = play.assembly.parts.journal
    home = journal.identity.station
    play.bench.town.office("join-accept", slip.number, "--name", "张三丰", "--home", home)
    play.until(lambda: "accepted" in play.assembly.ask(journal.joins.states), "the office's answer")
    play.scan(slip.code, t.AtConsent)
    play.press(a.AgreeNotice, s.AtHome)
    play.keep("join-accepted", "总站同意了：凭条就是他的卡")
    play.press(a.Finish, s.Idle)


def no_paper(play: Player) -> None:
    """The roll ends; the resident is asked first; staff put a roll in and print again."""
    play.let_pass(10)
    play.until(lambda: refused(play) is None, "the last refusal gone")
    play.bench.printer.take_paper_out()
    play.until(lambda: play.session.printer.code == "printer.paper_out", "the paper's end noticed")
    play.settle()
    play.keep("paper-out", "打印纸用完，屏幕下方有提示")
    play.scan(play.card("张秀英").code, s.AtHome)
    play.press(a.ChooseClass("service"), s.AtItems)
    play.keep("service", "服务类")
    play.choose(201)
    play.press(a.Redeem, s.AtConfirm)
    play.press(a.Confirm, s.AtLaterQuestion)
    play.keep("later-question", "先问一声：纸条稍后补打，要继续吗？")
    play.press(a.AcceptLater, s.AtDone)
    play.keep("done-without-paper", "兑换成功，纸条请找工作人员补打")
    play.press(a.Finish, s.Idle)


def reprint(play: Player) -> None:
    """A badge, one touch, the same number marked 补打."""
    play.bench.printer.put_paper_in()
    play.until(lambda: play.session.printer.health is Health.OK, "the new roll noticed")
    play.settle()
    play.keep("papers-waiting", "换好纸：提示有纸条待补打")
    play.scan(play.card("何静").code, s.AtStaff)
    play.until(lambda: len(staff(play).papers) == 1, "the waiting paper listed")
    play.settle()
    play.keep("staff", "工作人员扫工作证，看到待补打的纸条")
    play.press(a.Reprint, s.AtStaff)
    paper = play.keep_paper("reprint", "补打的兑换券：编号不变，标明补打")
    check_voucher(play, paper.qr_payloads[0], "A-000002-")
    if "补打" not in paper.text:
        raise AssertionError("a reprint must be marked")
    play.until(lambda: not staff(play).papers, "an empty list")
    play.settle()
    play.keep("staff-done", "没有待补打的纸条")
    play.press(a.Finish, s.Idle)


def new_price(play: Player) -> None:
    """The office changes a price: whoever is in the middle keeps the old one, the next visit has the new one."""
    play.scan(play.card("王建国").code, s.AtHome)
    play.press(a.ChooseClass("goods"), s.AtItems)
    play.choose(101)
    play.bench.town.push(play.catalogue_with("points = 120", "points = 110"))
    play.until(lambda: version(play) == 2, "the new catalogue")
    if price(play) != 120:
        raise AssertionError("a price changed under somebody's hands")
    play.press(a.Finish, s.Idle)
    play.scan(play.card("李明").code, s.AtHome)
    play.press(a.ChooseClass("goods"), s.AtItems)
    play.choose(101)
    play.keep("new-price", "总站改了价：东北大米 110 分（改价时正在用的人还是 120 分）")
    play.press(a.Finish, s.Idle)


def from_next_door(play: Player) -> None:
    """Somebody whose points lie next door: they come within a breath; without their station nothing can come."""
    before = play.bench.town.standing()
    play.scan(play.card("孙玉梅").code, s.AtHome)
    play.keep("visitor", "隔壁江北来的居民：本站还没有她的积分")
    play.press(a.ChooseClass("goods"), s.AtItems)
    play.keep("visitor-goods", "可向总站调取的，一样可以选")
    play.choose(101)
    play.keep("visitor-item", "本站还差多少，说得清楚")
    cost = price(play)
    play.insist(a.Redeem(), s.Fetching, s.AtConfirm)
    play.keep("fetching", "正在向总站调取积分，最多等二十秒")
    play.arrive(s.AtConfirm)
    play.keep("fetched", "积分到了，照常确认")
    play.press(a.Confirm, s.AtDone)
    play.keep_paper("voucher-visitor", "兑换券照常打印")
    play.press(a.Finish, s.Idle)
    in_step(play)
    check_books(play, vouchers=int(str(before["vouchers"])) + 1, spent=int(str(before["spent"])) + cost)
    play.bench.neighbour.sync.stop()
    play.scan(play.card("罗桂英").code, s.AtHome)
    play.press(a.ChooseClass("goods"), s.AtItems)
    play.choose(101)
    play.insist(a.Redeem(), s.Fetching, s.AtNotFetched)
    play.arrive(s.AtNotFetched)
    play.keep("not-fetched", "江北那边没有网络：说清楚积分在哪里，可以看看别的")
    play.press(a.Back, s.AtItems)
    play.press(a.Finish, s.Idle)
    play.bench.neighbour.sync.start()


def no_network(play: Player) -> None:
    """The cable is cut: everything goes on; mended: the office hears of it all."""
    before = play.bench.town.standing()
    play.bench.town.cable.cut()
    play.until(lambda: play.session.office is not None and not play.session.office.connected, "the cut noticed")
    play.settle()
    play.keep("no-network", "网断了：照常兑换")
    play.scan(play.card("李明").code, s.AtHome)
    play.press(a.ChooseClass("repair"), s.AtItems)
    play.choose(301)
    cost = price(play)
    play.press(a.Redeem, s.AtConfirm)
    play.press(a.Confirm, s.AtDone)
    play.keep_paper("voucher-without-network", "没有网络，兑换券照样打印")
    play.press(a.Finish, s.Idle)
    play.scan(play.card("何静").code, s.AtStaff)
    play.until(lambda: play.session.office is not None and play.session.office.waiting > 0, "the backlog shown")
    play.settle()
    play.keep("staff-backlog", "工作人员看到：有记录还没送到总站")
    play.press(a.Finish, s.Idle)
    if play.bench.town.standing()["received"] != before["received"]:
        raise AssertionError("the office heard of something through a cut cable")
    play.bench.town.cable.mend()
    in_step(play)
    check_books(play, vouchers=int(str(before["vouchers"])) + 1, spent=int(str(before["spent"])) + cost)
    play.say("网接好了：总站补收到全部记录，账对得上")


SCENES: tuple[Callable[[Player], None], ...] = (
    ready,
    rest,
    redeem_rice,
    look_around,
    fall_asleep,
    cards_not_taken,
    id_card_laid,
    new_price,
    no_paper,
    reprint,
    paper_ends_under_way,
    for_her_father,
    cards_change_hands,
    from_next_door,
    own_pages,
    no_network,
    journal_held,
    trust.first_time,
    trust.chosen_beside_staff,
    trust.wrong_and_locked,
    trust.without_a_card,
)

QUICK: tuple[Callable[[Player], None], ...] = (ready, rest, redeem_rice, look_around, fall_asleep, cards_not_taken)
"""The main screens, in a third of the time."""


def in_step(play: Player) -> None:
    """Wait until the station is connected and the office has everything that was done here."""
    play.until(
        lambda: (office := play.session.office) is not None and office.connected and office.waiting == 0,
        "the office to have everything",
    )


def check_books(play: Player, *, vouchers: int, spent: int) -> None:
    """Raise ``AssertionError`` unless the office's books say this, and the station's journal the same."""
    books = play.bench.town.standing()
    entries = play.assembly.ask(lambda: play.assembly.parts.journal.chain.head().number)
    found = (books["vouchers"], books["spent"], books["received"], books["parked"], books["alarms"])
    if found != (vouchers, spent, entries, 0, []):
        raise AssertionError(f"the office's books say {found}, expected {(vouchers, spent, entries, 0, [])}")


def check_voucher(play: Player, code: str, number: str) -> None:
    """Raise ``AssertionError`` unless the code on the paper carries this number and this station's signature."""
    voucher, data, signature = parse_code(code)
    signer = play.assembly.parts.signer
    if not Verifier({signer.key_id: signer.public})(voucher.key_id, signed_message(data), signature):
        raise AssertionError("the voucher's signature does not verify")
    if not voucher.text.startswith(number):
        raise AssertionError(f"expected number {number}…, the paper says {voucher.text}")


def refused(play: Player) -> RefusalCode | None:
    """Why the last card was not taken."""
    state = play.session.state
    return state.refused.code if isinstance(state, s.Idle) and state.refused else None


def version(play: Player) -> int:
    """The version of the catalogue on the shelf."""
    catalogue = play.assembly.ask(play.assembly.parts.catalogue)
    return 0 if catalogue is None else catalogue.version


def price(play: Player) -> int:
    """The price of the item on the screen."""
    state = play.session.state
    if not isinstance(state, s.AtItem):
        raise TypeError(f"expected an item on the screen, found {type(state).__name__}")
    return state.item.points


def staff(play: Player) -> s.AtStaff:
    """The staff's screen."""
    state = play.session.state
    if not isinstance(state, s.AtStaff):
        raise TypeError(f"expected the staff's screen, found {type(state).__name__}")
    return state
