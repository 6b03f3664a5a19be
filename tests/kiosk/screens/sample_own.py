"""Believable views of the resident's own pages: many pages, long names, every state of a voucher."""

from __future__ import annotations

from dataclasses import replace

from kiosk.actions import AskPaper, Back, OpenHistory, OpenMine, OpenVoucher, OpenVouchers, TurnPage
from kiosk.views import (
    Button,
    ChoiceTile,
    HistoryRow,
    HistoryView,
    MineView,
    Tone,
    View,
    VoucherRow,
    VouchersView,
    VoucherView,
)
from tests.kiosk.screens.sample_bodies import CROWDED, DEEPER, FIRST, HOME_BODY

RICE, OIL = "东北大米 5公斤", "非转基因压榨菜籽油 1.8升 2桶"
OWN = Button("我的券\n和积分", OpenMine())
OWN_HOME = replace(HOME_BODY, mine=OWN)
TOTAL_HOME = replace(OWN_HOME, points_label="本站积分", total="11月24日共 520 分")
MINE = MineView(
    "我的券和积分",
    "本站 380 分 · 一共 520 分（截至 11月24日）",
    (
        ChoiceTile("ticket", "我的兑换券", "哪些还没领，到哪里领", OpenVouchers()),
        ChoiceTile("list", "积分明细", "积分从哪来，用到哪", OpenHistory()),
    ),
)
PREVIOUS = Button("上一页", TurnPage(0), enabled=False)
NEXT = Button("下一页", TurnPage(1))
VOUCHERS = VouchersView(
    "我的兑换券",
    (
        VoucherRow(
            RICE, "A-000042-7", "柳河社区驿站", "可以领取", "12月22日前", "ticket", Tone.GOOD, OpenVoucher(0)
        ),
        VoucherRow(
            OIL, "A-000041-9", "学田湾社区党群驿站", "已领取", "11月20日", "tick", Tone.PLAIN, OpenVoucher(1)
        ),
        VoucherRow("义剪理发", "A-000040-0", "巷口理发店", "已作废", "", "cross", Tone.TROUBLE, OpenVoucher(2)),
    ),
    "",
    "第 1 页，共 12 页",
    PREVIOUS,
    NEXT,
)  # fmt: skip
EXPIRED = replace(
    VOUCHERS,
    vouchers=(
        VoucherRow(
            "补裤脚", "A-000039-8", "柳河社区驿站", "已过期", "11月1日", "hourglass", Tone.WARNING, OpenVoucher(0)
        ),
    ),
    page="",
    previous=None,
    next=None,
)  # fmt: skip
NO_VOUCHERS = replace(EXPIRED, vouchers=(), message="您在本站还没有兑换过。选好东西，就会有券。")
VOUCHER = VoucherView(
    "可以领取",
    "ticket",
    Tone.GOOD,
    "东北大米 5公斤",
    "A-000042-7",
    "兑换编号",
    (("领取地点", "学田湾社区党群驿站"), ("最后一天", "12月22日"), ("兑换日期", "11月22日"), ("用了积分", "120 分")),
    "请带纸条去领。纸条丢了，请按再打印一次。",
    Tone.PLAIN,
    Button("再打印一次", AskPaper()),
    Button("看好了", Back(), Tone.PRIMARY),
)
ASKED = replace(
    VOUCHER, name=OIL, message="已经告诉工作人员，请找他们拿纸条。", message_tone=Tone.GOOD, again=None
)  # fmt: skip
VOID = replace(
    VOUCHER, title="已作废", sign="cross", tone=Tone.TROUBLE, message="不能再领。退回的积分，请看积分明细。",
    again=None,    rows=(*VOUCHER.rows[:2], ("处理日期", "11月23日"), ("代领人", "欧阳*珍")),
)  # fmt: skip
HISTORY = HistoryView(
    "积分明细",
    "本站现有\n380 分",
    (
        HistoryRow("11月20日", "兑换东北大米 5公斤", "−120 分", Tone.PLAIN),
        HistoryRow("11月12日", "作废退回：非转基因压榨菜籽油 1.8升", "+1500 分", Tone.GOOD),
        HistoryRow("日期不详", "站点奖励：扫雪", "+30 分", Tone.GOOD),
        HistoryRow("10月9日", "总站发来积分", "+3000 分", Tone.GOOD),
    ),
    "",
    "第 1 页，共 25 页",
    PREVIOUS,
    NEXT,
)
NO_HISTORY = replace(
    HISTORY, balance="本站现有\n0 分", lines=(), message="还没有记录。", page="", previous=None, next=None
)


def own_views() -> dict[str, View]:
    """By name."""
    return {
        "home_own": View(FIRST, OWN_HOME),
        "home_total": View(FIRST, TOTAL_HOME),
        "home_total_crowded": View(
            CROWDED,
            replace(TOTAL_HOME, greeting="欧阳*珍，您好", points="12650", total="11月24日共 15650 分"),
        ),
        "mine": View(DEEPER, MINE),
        "vouchers": View(CROWDED, VOUCHERS),
        "vouchers_expired": View(DEEPER, EXPIRED),
        "vouchers_none": View(DEEPER, NO_VOUCHERS),
        "voucher": View(DEEPER, VOUCHER),
        "voucher_asked": View(CROWDED, ASKED),
        "voucher_void": View(CROWDED, VOID),
        "history": View(CROWDED, HISTORY),
        "history_none": View(DEEPER, NO_HISTORY),
    }
