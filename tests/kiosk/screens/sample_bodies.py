"""Believable bodies and frames of every kind, with the hard cases: long names, long reasons, all offered at once."""

from __future__ import annotations

from dataclasses import replace

from kiosk.actions import (
    AcceptLater,
    Back,
    CallStaff,
    ChooseClass,
    ChooseGroup,
    ChooseItem,
    ChooseLook,
    ChooseWhom,
    Confirm,
    FindResident,
    Finish,
    Home,
    MoreTime,
    Redeem,
    RepeatLine,
    Reprint,
    SetAside,
    SetPieces,
    ToggleContrast,
    ToggleLanguage,
    ToggleLarge,
    ToggleMute,
    TurnPage,
    Withdraw,
)
from kiosk.views import (
    BoardPage,
    BusyView,
    Button,
    ClassTile,
    ConfirmView,
    DoneView,
    FetchingView,
    Frame,
    GroupsView,
    HomeView,
    IdleView,
    ItemsView,
    ItemTile,
    ItemView,
    LookView,
    MessageView,
    StaffJob,
    StaffView,
    Stepper,
    StillThere,
    Tone,
    WhomView,
)

HELP = Button("找人帮忙", CallStaff(), Tone.PLAIN)
BACK = Button("返回", Back(), Tone.QUIET)
HOME = Button("首页", Home(), Tone.QUIET)
FINISH = Button("结束", Finish(), Tone.QUIET)
MORE = Button("我的资料", Withdraw(), Tone.QUIET)
FIND = Button("找居民", FindResident(), Tone.PLAIN)

REPEAT = Button("再听", RepeatLine(), Tone.QUIET)
LARGE = Button("大字", ToggleLarge(), Tone.QUIET)
LANGUAGE = Button("English", ToggleLanguage(), Tone.QUIET)
CHOOSE = Button("设置", ChooseLook(), Tone.QUIET)
TOOLS = (REPEAT, LARGE, LANGUAGE, CHOOSE)

NOBODY = Frame("柳河社区驿站", "10:24", "11月22日 星期日", help=HELP, tools=TOOLS)
NOTICED = replace(NOBODY, notice="演示模式：人名和物品都是编的", notice_tone=Tone.WARNING)
FIRST = replace(NOBODY, resident="陈*芳", balance="380 分", finish=FINISH)
DEEPER = replace(FIRST, back=BACK, home=HOME)
CROWDED = replace(
    DEEPER,
    station="城东街道第二社区综合服务站",
    resident="欧阳*珍",
    balance="12650 分",
    notice="演示模式：人名和物品都是编的",
    notice_tone=Tone.WARNING,
)

IDLE = IdleView(
    "欢迎来到柳河社区驿站",
    "请把积分卡对准扫描口",
    ("刷卡，看看有多少积分", "选商品、服务或维修", "确认兑换，取走纸条"),
    ("商品：米面、日用品", "服务：理发、量血压", "维修：家电、配钥匙"),
)
NOTICE = BoardPage("免费量血压", "十二月三日上午九点，社区医生来驿站，不用挂号", place=0, pages=1)
LONG_NOTICE = BoardPage(
    "天冷请检查燃气取暖设备", "社区网格员本周上门查看燃气管道和取暖炉，请给他们开门，看过证件再开。", place=3, pages=4
)
FEATURED = BoardPage("本站特色", "老裁缝改衣裳\n每周三、周五上午，老师傅在站里等您", featured=True, place=6, pages=7)
TODAY = replace(
    IDLE,
    title="",
    invitation="请扫积分卡，或放身份证",
    id_cards=True,
    hours="今天 9:00-17:00",
    page=NOTICE,
)
CLOSED = replace(TODAY, hours="今天休息（消防演练），12月23日 14:30 开门", hours_open=False, page=LONG_NOTICE)
THRICE = replace(TODAY, hours="今天 9:00-11:30，13:00-15:30，17:00-19:30", page=FEATURED)
SERVING = replace(TODAY, serving=("正在服务", "A-012", "B-007", "A-013"))

HOME_BODY = HomeView(
    "陈*芳，您好",
    "可用积分",
    "380",
    "今天想兑换什么？",
    (
        ClassTile("goods", "商品", "米面粮油、日用品", "8 种可兑换", ChooseClass("goods")),
        ClassTile("service", "服务", "理发、助餐、上门打扫卫生", "9 种可兑换", ChooseClass("service")),
        ClassTile("repair", "维修", "家电、换锁、磨刀", "暂时没有", ChooseClass("repair")),
    ),
)


def pictured(name: str, folder: str) -> str:
    return f"{folder}/{name}.png" if folder else ""


def items(folder: str) -> ItemsView:
    def tile(item: int, name: str, price: str, note: str, picture: str, *, affordable: bool = True) -> ItemTile:
        return ItemTile(item, name, price, note, affordable, pictured(picture, folder), ChooseItem(item))

    return ItemsView(
        "请选商品",
        (
            tile(101, "东北大米 5公斤", "120 分", "", "rice"),
            tile(102, "非转基因压榨菜籽油 1.8升", "1500 分", "还差 1120 分", "oil", affordable=False),
            tile(103, "土鸡蛋 10枚", "60 分", "剩 5 份", "eggs"),
            tile(104, "加碘食盐 400克", "10 分", "", "salt"),
            tile(105, "不锈钢真空保温水壶", "200 分", "已兑完", "thermos", affordable=False),
            tile(106, "雨伞", "90 分", "", "umbrella"),
        ),
        "第 1 页，共 2 页",
        Button("上一页", TurnPage(0), Tone.PLAIN, enabled=False),
        Button("下一页", TurnPage(1), Tone.PRIMARY),
    )


def few_items(folder: str) -> ItemsView:
    return replace(items(folder), title="维修", tiles=items(folder).tiles[:2], page="", previous=None, next=None)


def item(folder: str) -> ItemView:
    return ItemView(
        "东北大米 5公斤",
        pictured("rice", folder),
        "当年新米，真空袋装，驿站柜台领取。",
        "120 分",
        (("地点", "柳河社区驿站柜台"), ("期限", "兑换后 30 天内"), ("限量", "每户每月 2 袋，还可换 1 袋")),
        Button("兑换", Redeem(), Tone.PRIMARY),
    )


def groups() -> GroupsView:
    names = ("全部商品\n23 种", "粮油\n8 种", "日用洗护用品\n9 种", "厨房用具\n4 种", "文具\n1 种", "其他\n1 种")
    values = (None, "粮油", "日用洗护用品", "厨房用具", "文具", "")
    return GroupsView(
        "想找哪一类商品？",
        tuple(
            Button(name, ChooseGroup(value), Tone.PRIMARY if value is None else Tone.PLAIN)
            for name, value in zip(names, values, strict=True)
        ),
        "",
        None,
        None,
    )


def stepped_item(folder: str) -> ItemView:
    """Several pieces can be had, and a limit is explained."""
    return replace(
        item(folder),
        facts=(
            ("地点", "城东街道第二社区综合服务站"),
            ("期限", "兑换后 30 天内"),
            ("限量", "同类每户每月 2 袋，还可换 1 袋"),
        ),
        stock="现有 12 袋",
        stepper=Stepper(
            Button("－", SetPieces(1)),
            Button("＋", SetPieces(3), enabled=False),
            "2 袋，共 2400 分",
            "代领额度够换 2 袋",
        ),
    )


def refused_item(folder: str) -> ItemView:
    return replace(
        item(folder),
        name="非转基因压榨菜籽油家庭装 1.8升",
        picture="",
        description="老字号粮油厂压榨，不加香精。每周二、周五到货，数量有限。",
        price="1500 分",
        redeem=Button("积分不够", Redeem(), Tone.PRIMARY, enabled=False),
        reason="还差 1120 分，攒够了再来",
    )


def confirm(folder: str) -> ConfirmView:
    return ConfirmView(
        "请确认兑换",
        "东北大米 5公斤",
        pictured("rice", folder),
        (("现有积分", "380 分"), ("本次使用", "120 分"), ("兑换后剩余", "260 分")),
        Button("确认兑换", Confirm(), Tone.PRIMARY),
        Button("不兑换了", Back(), Tone.QUIET),
    )


FAR_ITEM_REASON = "本站还差 1120 分，可调取"
CUT_OFF_REASON = "没有网络，还差 1120 分"


def whom(*names: str) -> WhomView:
    labels = ("自己办\n陈*芳", *(f"代领\n{name}" for name in names))
    choices = tuple(
        Button(label, ChooseWhom(at), Tone.PLAIN if at else Tone.PRIMARY) for at, label in enumerate(labels)
    )
    return WhomView("为谁办？", choices, "", None, None)


def whom_paged() -> WhomView:
    return replace(
        whom("张*三", "欧阳*珍", "李*", "王*国", "司马*"),
        page="第 1 页，共 2 页",
        previous=Button("上一页", TurnPage(0), enabled=False),
        next=Button("下一页", TurnPage(1)),
    )


FETCHING = FetchingView(
    "正在向总站调取积分",
    "城东街道第二社区综合服务站正在送过来，请稍候，不要离开",
    "最多再等 12 秒",
    12,
    20,
    Button("不换了", Back(), Tone.QUIET),
)
NOT_FETCHED = MessageView(
    "现在调不过来",
    "您在别处还有 12650 分，总站现在调不过来，请过些时候再来。没有扣分。本站有 380 分可以用。",
    Tone.WARNING,
    (Button("再试一次", Redeem(), Tone.PLAIN), Button("看看别的", Back(), Tone.PRIMARY)),
)
ALONE = MessageView(
    "暂停兑换",
    "本站已经 31 天没有联系上总站，先停一停兑换。积分都在，没有扣分。请找工作人员。",
    Tone.WARNING,
    (),
    "station.alone",
)
QUESTION = MessageView(
    "打印机缺纸",
    "现在兑换，积分照常扣除，纸条要等工作人员加纸后补打。要继续兑换吗？",
    Tone.WARNING,
    (Button("纸条稍后补打", AcceptLater(), Tone.PRIMARY), Button("返回", Back(), Tone.QUIET)),
    "printer.paper_out",
)
LATER = MessageView(
    "现在打不出纸条",
    "打印机没有准备好。您可以照常兑换，纸条稍后由工作人员补打。要继续吗？",
    Tone.WARNING,
    (Button("先不换了", Back(), Tone.PLAIN), Button("照常兑换", AcceptLater(), Tone.PRIMARY)),
)
TROUBLE = MessageView(
    "没有认出这张卡",
    "请确认是社区发的积分卡，平放在扫描口前再试一次；或者请工作人员帮忙。",
    Tone.TROUBLE,
    (Button("知道了", Home(), Tone.PRIMARY),),
    "card.unknown",
)
GOOD = MessageView("工作人员马上就来", "请在这里稍等。", Tone.GOOD, (Button("好的", Back(), Tone.GOOD),))
BUSY = BusyView("正在兑换", "请稍等，不要离开", 1, ("扣除积分", "打印纸条", "请取走纸条"))
LOOKING = BusyView("正在查询积分", "请稍等片刻", 0, ())
DONE = DoneView(
    "兑换成功",
    Tone.GOOD,
    "东北大米 5公斤",
    "A-000042-7",
    "兑换编号",
    (("剩余积分", "12650 分"), ("有效期至", "2026-12-22"), ("领取地点", "城东街道第二社区综合服务站")),
    "请取走纸条，凭纸条领取",
    Button("结束", Finish(), Tone.PRIMARY),
    Button("继续兑换", Home(), Tone.PLAIN),
)
JAMMED = replace(
    DONE,
    title="已兑换，纸条没打出来",
    tone=Tone.WARNING,
    name="非转基因压榨菜籽油 1.8升",
    message="纸条没打出来，请找工作人员补打。",
)


def job(number: int, title: str, reason: str) -> StaffJob:
    again = Button("补打", Reprint(number), Tone.PRIMARY)
    return StaffJob(f"A-0000{number}-7", title, reason, "10:24", again, Button("已拿到", SetAside(number), Tone.PLAIN))


STAFF = StaffView(
    "王*兰，待补打的纸条",
    "共 5 张没有确认打好，请核对后处理",
    (
        job(42, "东北大米 5公斤", "打印中断，可能已出纸"),
        job(43, "理发一次", "打印机缺纸，没有打印"),
        job(44, "非转基因压榨菜籽油 1.8升", "打印机没有回应，可能已经出纸"),
    ),
    "第 1 页，共 2 页",
    Button("上一页", TurnPage(0), Tone.PLAIN, enabled=False),
    Button("下一页", TurnPage(1), Tone.PLAIN),
)
LOOKS = LookView(
    "怎样看着舒服？",
    (
        replace(LARGE, tone=Tone.PLAIN),
        Button("黑底白字", ToggleContrast()),
        replace(LANGUAGE, tone=Tone.PLAIN),
        Button("不出声", ToggleMute()),
    ),
    Button("好了", Back(), Tone.PRIMARY),
)
STILL_THERE = StillThere(
    "还在吗？",
    "没有人操作，马上就退出了",
    28,
    Button("继续", MoreTime(), Tone.PRIMARY),
    Button("结束", Finish(), Tone.QUIET),
)
