"""View-models: all that a screen needs to draw itself, as plain values with every text ready. No Kivy here.

A screen draws its view and nothing else; a button hands its action back. A masked name is all of a person in a view.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from devices.spoken import SpokenLine
from kiosk.actions import Action
from kiosk.dimness import Dimness
from kiosk.look import Look


class Tone(StrEnum):
    """What a button or a message means; the theme gives it a colour, the view always gives it words too."""

    PRIMARY = "primary"  # the one thing most people want here
    PLAIN = "plain"
    QUIET = "quiet"  # back, cancel
    GOOD = "good"
    WARNING = "warning"
    TROUBLE = "trouble"


@dataclass(frozen=True, slots=True)
class Button:
    """A button: words and what it asks for. A disabled one says in ``label`` or nearby text why."""

    label: str
    action: Action
    tone: Tone = Tone.PLAIN
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around every screen: top bar and bottom bar."""

    station: str
    clock: str  # "10:24"
    date: str  # "11月22日 星期日"
    resident: str = ""  # "张*三"; empty when nobody is recognised
    balance: str = ""  # "380 分"
    back: Button | None = None
    home: Button | None = None
    finish: Button | None = None
    help: Button | None = None  # 呼叫工作人员: same corner on all screens
    more: Button | None = None  # one thing more that can be done here: 我的资料, 找居民
    notice: str = ""  # one short line of state, for example "演示模式" or "打印机缺纸"
    notice_tone: Tone = Tone.PLAIN
    tools: tuple[Button, ...] = ()  # 再听一遍, 大字, language, 设置: in the top bar of every screen


@dataclass(frozen=True, slots=True)
class LookView:
    """How the screen looks and speaks: four switches, each labelled with what a press makes of it."""

    title: str
    choices: tuple[Button, ...]
    done: Button


@dataclass(frozen=True, slots=True)
class BoardPage:
    """One thing that the office wants known, of several that take turns; ``place`` counts from 0."""

    title: str
    text: str
    featured: bool = False  # what this station has and others have not
    place: int = 0
    pages: int = 1


@dataclass(frozen=True, slots=True)
class IdleView:
    """Nobody is here: what can be done and how to start (a drawn QR card held before the scanner)."""

    title: str  # "积分换好物，邻里帮到家"; empty where the hours take its place
    invitation: str  # "请把积分卡对准扫描口"
    steps: tuple[str, ...]  # three short steps
    offers: tuple[str, ...]  # what can be had here: names of the three classes with a line each
    message: str = ""  # for example why the last card was not taken
    message_tone: Tone = Tone.PLAIN
    id_cards: bool = False  # draw an ID card on its reader beside the QR card
    hours: str = ""  # "今天 9:00-17:00"
    hours_open: bool = True  # whether it is open now
    page: BoardPage | None = None  # None: the steps stand there
    serving: tuple[str, ...] = ()  # numbers being served now, after a word that says so; they stand for the offers


@dataclass(frozen=True, slots=True)
class WhomView:
    """For whom? At most six people a page, the holder of the card first."""

    title: str  # "为谁办？"
    choices: tuple[Button, ...]  # "张*三（代领）\n380 分"
    page: str
    previous: Button | None
    next: Button | None


@dataclass(frozen=True, slots=True)
class ClassTile:
    """One of the three classes on the home screen. ``kind`` picks the drawing: goods, service, repair."""

    kind: str
    label: str  # "商品"
    caption: str  # "米面粮油 · 日用"
    count: str  # "8 种可兑换"
    action: Action


@dataclass(frozen=True, slots=True)
class HomeView:
    """The resident is recognised: masked name, points, three classes."""

    greeting: str  # "张*三，您好"
    points_label: str  # "可用积分"
    points: str  # "380"
    question: str  # "今天想兑换什么？"
    tiles: tuple[ClassTile, ...]
    total: str = ""  # "一共 520 分", when more lies elsewhere and that is known
    mine: Button | None = None  # "我的券\n和积分"


@dataclass(frozen=True, slots=True)
class ItemTile:
    """One item in a page of six. A tile that cannot be had is still shown and says why in ``note``."""

    item: int
    name: str
    price: str  # "120 分"
    note: str  # "还差 20 分", "已兑完", "剩 5 份" or ""
    affordable: bool
    picture: str  # path of a PNG, or "" if there is none
    action: Action


@dataclass(frozen=True, slots=True)
class ItemsView:
    """One page of a class, at most six items."""

    title: str
    tiles: tuple[ItemTile, ...]
    page: str  # "第 1 页，共 2 页"; "" when there is one page
    previous: Button | None
    next: Button | None
    groups: Button | None = None  # "分类找", where a class is long and has groups


@dataclass(frozen=True, slots=True)
class GroupsView:
    """By what a class is searched: at most six groups a page, all of it first."""

    title: str  # "想找哪一类？"
    choices: tuple[Button, ...]  # "粮油\n4 种"
    page: str
    previous: Button | None
    next: Button | None


@dataclass(frozen=True, slots=True)
class Stepper:
    """How many pieces: fewer, so many, more; what they cost, and why not more or what remains."""

    fewer: Button
    more: Button
    count: str  # "2 袋，共 240 分"
    note: str  # "换后还剩 140 分", "一次最多 2 袋"


@dataclass(frozen=True, slots=True)
class ItemView:
    """One item: picture, facts, and the button to redeem."""

    name: str
    picture: str
    description: str
    price: str
    facts: tuple[tuple[str, str], ...]  # label and value: where, until when, how many are left
    redeem: Button
    reason: str = ""  # why it cannot be redeemed, or what has to be fetched first
    reason_tone: Tone = Tone.WARNING
    stock: str = ""  # "现有 12 袋", under the price
    stepper: Stepper | None = None


@dataclass(frozen=True, slots=True)
class ConfirmView:
    """Before spending: what, how many points, what remains."""

    title: str  # "请确认兑换"
    name: str
    picture: str
    rows: tuple[tuple[str, str], ...]  # ("现有积分", "380 分"), ("本次使用", "120 分"), ("兑换后剩余", "260 分")
    confirm: Button
    cancel: Button


@dataclass(frozen=True, slots=True)
class MessageView:
    """One message and at most two answers: questions, troubles, unknown cards.

    ``tone`` picks the drawn sign: a question (WARNING), a trouble (TROUBLE), good news (GOOD).
    """

    title: str
    message: str
    tone: Tone
    buttons: tuple[Button, ...]
    code: str = ""  # shown small, for staff: "printer.paper_out"


@dataclass(frozen=True, slots=True)
class BusyView:
    """Something is under way: looking up, redeeming, printing."""

    title: str
    message: str
    step: int  # which of ``steps`` is under way, from 0
    steps: tuple[str, ...]  # "扣除积分", "打印纸条"; empty when there is nothing to count


@dataclass(frozen=True, slots=True)
class FetchingView:
    """Points come from elsewhere: a bar that fills up to the longest that anybody is asked to wait."""

    title: str  # "正在向总站调取积分"
    message: str
    left: str  # "最多再等 12 秒"
    seconds_left: int
    seconds: int  # 1 or more
    cancel: Button


@dataclass(frozen=True, slots=True)
class DoneView:
    """The end of a redemption. The big number stays readable even when the paper jammed."""

    title: str  # "兑换成功"
    tone: Tone
    name: str
    number: str  # "A-000042-7", drawn large
    number_label: str  # "兑换编号"
    rows: tuple[tuple[str, str], ...]
    message: str  # "请取走纸条" or what to do when it did not print
    finish: Button
    again: Button | None


@dataclass(frozen=True, slots=True)
class PhoneView:
    """A keypad for a telephone number that nobody must leave."""

    title: str  # "留个手机号，好通知您"
    message: str  # "不想留，可以不填"
    number: str  # "138 0013 8000"; empty at first
    hint: str  # how many digits are missing; empty when it can be sent
    digits: tuple[Button, ...]  # 1 … 9, then 0
    erase: Button
    send: Button


@dataclass(frozen=True, slots=True)
class StaffJob:
    """One paper that did not surely print."""

    number: str  # "A-000042-7"
    title: str  # "东北大米 5公斤"
    reason: str  # "打印中断，可能已出纸"
    when: str  # "10:24"
    reprint: Button
    set_aside: Button


@dataclass(frozen=True, slots=True)
class StaffView:
    """For staff after a badge: papers to print again, three a page."""

    title: str
    message: str
    jobs: tuple[StaffJob, ...]
    page: str
    previous: Button | None
    next: Button | None
    report: str = ""  # what was done here, and how much of it the office knows


@dataclass(frozen=True, slots=True)
class ChoiceTile:
    """One of a few large ways on; ``kind`` picks the drawing: ticket, list."""

    kind: str
    label: str
    caption: str
    action: Action


@dataclass(frozen=True, slots=True)
class MineView:
    """The resident's own: two ways on, and the points above them."""

    title: str  # "我的券和积分"
    message: str  # "本站 380 分 · 一共 520 分"
    choices: tuple[ChoiceTile, ...]


@dataclass(frozen=True, slots=True)
class VoucherRow:
    """One voucher in a page of three. ``sign`` and ``tone`` pick drawing and colour beside the word of ``state``."""

    name: str  # "东北大米 5公斤 2袋"
    number: str
    place: str
    state: str  # "可以领取"
    when: str  # "12月22日前"; may be empty
    sign: str  # ticket, tick, cross, hourglass
    tone: Tone
    action: Action


@dataclass(frozen=True, slots=True)
class VouchersView:
    """One page of a resident's vouchers, newest first; ``message`` stands where there are none."""

    title: str
    vouchers: tuple[VoucherRow, ...]
    message: str
    page: str
    previous: Button | None
    next: Button | None


@dataclass(frozen=True, slots=True)
class VoucherView:
    """One voucher, large. ``again`` asks staff for another paper."""

    title: str  # its state
    sign: str
    tone: Tone
    name: str
    number: str
    number_label: str
    rows: tuple[tuple[str, str], ...]
    message: str
    message_tone: Tone
    again: Button | None
    close: Button


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """Points came or went."""

    day: str  # "11月20日"
    what: str  # "兑换东北大米 5公斤"
    points: str  # "-120 分", with a real minus sign
    tone: Tone  # GOOD where points came; the sign says it too


@dataclass(frozen=True, slots=True)
class HistoryView:
    """One page of everything that moved the points; together it is ``balance``."""

    title: str
    balance: str  # "本站现有 380 分"
    lines: tuple[HistoryRow, ...]
    message: str
    page: str
    previous: Button | None
    next: Button | None


@dataclass(frozen=True, slots=True)
class NoticeView:
    """What is kept of a person, and two answers: before the first visit, and under 我的资料."""

    title: str
    rows: tuple[tuple[str, str], ...]  # at most four: ("身份证", "只留一个认卡的记号…")
    yes: Button
    no: Button


@dataclass(frozen=True, slots=True)
class KeypadView:
    """A PIN is entered. ``entered`` of ``wanted`` digits are there; which ones no view says."""

    title: str
    message: str
    tone: Tone
    entered: int
    wanted: int
    keys: tuple[Button, ...]  # twelve, row by row: 1 … 9, clear, 0, erase
    enter: Button
    forgot: Button | None


@dataclass(frozen=True, slots=True)
class GridView:
    """For staff: at most 24 short choices a page, letters or surnames."""

    title: str
    choices: tuple[Button, ...]
    page: str
    previous: Button | None
    next: Button | None


Body = (
    IdleView
    | WhomView
    | HomeView
    | ItemsView
    | GroupsView
    | ItemView
    | ConfirmView
    | MessageView
    | BusyView
    | FetchingView
    | DoneView
    | PhoneView
    | StaffView
    | MineView
    | VouchersView
    | VoucherView
    | HistoryView
    | NoticeView
    | KeypadView
    | GridView
    | LookView
)


@dataclass(frozen=True, slots=True)
class StillThere:
    """Laid over any screen when nobody touched it for a while: 还在吗？ with a count and one big button."""

    title: str
    message: str
    seconds_left: int
    more: Button
    finish: Button


@dataclass(frozen=True, slots=True)
class View:
    """The whole picture. ``speech`` is the one line that is spoken on entering it."""

    frame: Frame
    body: Body
    speech: SpokenLine = ()
    overlay: StillThere | None = None
    dimness: Dimness = Dimness.BRIGHT  # on anything darker the first touch only wakes
    shift: tuple[int, int] = (0, 0)  # how far a picture that stands for hours is moved, in steps, so that none burns in
    look: Look = field(default_factory=Look)
    said: int = 0  # grows when the line is to be spoken once more
