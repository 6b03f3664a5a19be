"""Every sample as a whole view, by name."""

from __future__ import annotations

from dataclasses import replace

from kiosk.views import Tone, View
from tests.kiosk.screens.sample_bodies import (
    BUSY,
    CROWDED,
    DEEPER,
    DONE,
    FINISH,
    FIRST,
    GOOD,
    HOME_BODY,
    IDLE,
    JAMMED,
    LOOKING,
    NOBODY,
    NOTICED,
    QUESTION,
    STAFF,
    STILL_THERE,
    TROUBLE,
    confirm,
    few_items,
    item,
    items,
    refused_item,
)


def sample_views(folder: str = "") -> dict[str, View]:
    """All samples by name. ``folder`` holds pictures of goods; none are shown if it is empty."""
    no_jobs = replace(STAFF, message="没有纸条", jobs=(), page="", previous=None, next=None)
    return {
        "idle": View(NOTICED, IDLE, "请把积分卡对准扫描口"),
        "idle_long": View(
            NOTICED,
            replace(IDLE, offers=("商品  米面粮油，日用百货", "服务  理发陪诊，上门帮忙", "维修  缝补衣物，修理家用")),
            "请把积分卡对准扫描口",
        ),
        "idle_refused": View(
            NOBODY,
            replace(IDLE, message="这张卡没有认出来，请再试一次，或呼叫工作人员", message_tone=Tone.WARNING),
            "这张卡没有认出来",
        ),
        "home": View(FIRST, HOME_BODY, "您好，今天想兑换什么"),
        "home_crowded": View(
            CROWDED,
            replace(HOME_BODY, greeting="欧阳*珍，您好", points="12650"),
            "您好，今天想兑换什么",
        ),
        "items": View(CROWDED, items(folder), "请选择商品"),
        "items_few": View(DEEPER, few_items(folder), "请选择"),
        "item": View(DEEPER, item(folder), "东北大米"),
        "item_refused": View(CROWDED, refused_item(folder), "积分不够"),
        "confirm": View(DEEPER, confirm(folder), "请确认兑换"),
        "message_question": View(DEEPER, QUESTION, "打印机缺纸"),
        "message_trouble": View(NOBODY, TROUBLE, "没有认出这张卡"),
        "message_good": View(DEEPER, GOOD, "工作人员马上就来"),
        "busy": View(FIRST, BUSY, "正在兑换"),
        "busy_looking": View(NOBODY, LOOKING, "正在查询"),
        "done": View(FIRST, DONE, "兑换成功"),
        "done_jammed": View(CROWDED, JAMMED, "已兑换，纸条没打出来"),
        "staff": View(replace(NOBODY, finish=FINISH), STAFF, "待补打的纸条"),
        "staff_empty": View(
            replace(NOBODY, finish=FINISH),
            no_jobs,
            "没有要补打的纸条",
        ),
        "still_there": View(DEEPER, item(folder), "还在吗", STILL_THERE),
    }
