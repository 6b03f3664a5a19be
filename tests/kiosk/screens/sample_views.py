"""Every sample as a whole view, by name."""

from __future__ import annotations

from dataclasses import replace

from kiosk.actions import ShowGroups
from kiosk.views import Button, Tone, View
from tests.kiosk.screens.sample_bodies import (
    ALONE,
    BACK,
    BUSY,
    CLOSED,
    CROWDED,
    CUT_OFF_REASON,
    DEEPER,
    DONE,
    FAR_ITEM_REASON,
    FETCHING,
    FIND,
    FINISH,
    FIRST,
    GOOD,
    HOME_BODY,
    IDLE,
    JAMMED,
    LATER,
    LOOKING,
    LOOKS,
    MORE,
    NOBODY,
    NOT_FETCHED,
    NOTICED,
    QUESTION,
    REPEAT,
    SERVING,
    STAFF,
    STILL_THERE,
    THRICE,
    TODAY,
    TROUBLE,
    confirm,
    few_items,
    groups,
    item,
    items,
    refused_item,
    stepped_item,
    whom,
    whom_paged,
)
from tests.kiosk.screens.sample_joins import sample_joins
from tests.kiosk.screens.sample_own import own_views
from tests.kiosk.screens.trust_samples import trust_views

BEHIND = "没有网络，照常兑换。11月19日 06:58 联系过总站\n已记 1205 笔 · 总站知 1190 笔 · 搁置 2 笔 · 最早 4 天前"
REPORT = "本站已记 1205 笔 · 总站已知 1190 笔 · 搁置 2 笔 · 最早未确认的是 4 天前"


def sample_views(folder: str = "") -> dict[str, View]:
    """All samples by name. ``folder`` holds pictures of goods; none are shown if it is empty."""
    no_jobs = replace(STAFF, message="没有纸条", jobs=(), page="", previous=None, next=None)
    return (
        own_views()
        | trust_views()
        | sample_joins()
        | {
            "idle": View(NOTICED, IDLE),
            "idle_long": View(
                NOTICED,
                replace(
                    IDLE, offers=("商品  米面粮油，日用百货", "服务  理发陪诊，上门帮忙", "维修  缝补衣物，修理家用")
                ),
            ),
            "idle_today": View(NOTICED, TODAY),
            "idle_closed": View(NOTICED, CLOSED),
            "idle_thrice": View(NOTICED, THRICE),
            "idle_serving": View(NOTICED, SERVING),
            "idle_no_page": View(NOTICED, replace(TODAY, page=None)),
            "idle_today_refused": View(
                NOBODY, replace(TODAY, message="读不出来：拿起来，再放一次", message_tone=Tone.WARNING)
            ),
            "idle_refused": View(
                NOBODY,
                replace(IDLE, message="这张卡没有认出来，请再试一次，或呼叫工作人员", message_tone=Tone.WARNING),
            ),
            "idle_torn": View(
                NOBODY,
                replace(IDLE, message="刚才机器停了一下：编号 A-000042-7 的兑换已完成，纸条请找工作人员。"),
            ),
            "idle_behind": View(replace(NOBODY, notice=BEHIND), IDLE),
            "idle_alone": View(replace(NOBODY, notice=BEHIND), ALONE),
            "whom": View(FIRST, whom("张*三")),
            "whom_three": View(FIRST, whom("张*三", "欧阳*珍")),
            "whom_paged": View(CROWDED, whom_paged()),
            "home_for": View(
                replace(FIRST, resident="代 欧阳*珍", back=BACK),
                replace(HOME_BODY, greeting="代 欧阳*珍 办理", question="代领额度还剩 300 分"),
            ),
            "home_far": View(
                FIRST, replace(HOME_BODY, points_label="本站积分", points="0", question="选好东西，积分就调过来")
            ),
            "item_far": View(DEEPER, replace(item(folder), reason=FAR_ITEM_REASON, reason_tone=Tone.PLAIN)),
            "item_cut_off": View(CROWDED, replace(refused_item(folder), reason=CUT_OFF_REASON)),
            "confirm_for": View(
                replace(CROWDED, resident="代 欧阳*珍"),
                replace(confirm(folder), rows=(("为谁办理", "欧阳*珍"), *confirm(folder).rows)),
            ),
            "fetching": View(CROWDED, FETCHING),
            "message_not_fetched": View(DEEPER, NOT_FETCHED),
            "home": View(FIRST, HOME_BODY),
            "home_my_data": View(replace(CROWDED, back=None, home=None, more=MORE), HOME_BODY),
            "staff_find": View(replace(NOTICED, finish=FINISH, more=FIND), STAFF),
            "home_crowded": View(
                CROWDED,
                replace(HOME_BODY, greeting="欧阳*珍，您好", points="12650"),
            ),
            "items": View(CROWDED, items(folder)),
            "items_searchable": View(
                DEEPER,
                replace(items(folder), page="第 1/4 页", groups=Button("分类找", ShowGroups())),
            ),
            "items_of_a_group": View(
                DEEPER, replace(few_items(folder), title="日用洗护用品", groups=Button("分类找", ShowGroups()))
            ),
            "groups": View(DEEPER, groups()),
            "item_pieces": View(DEEPER, stepped_item(folder)),
            "confirm_pieces": View(DEEPER, replace(confirm(folder), name="东北大米 5公斤\n2 袋")),
            "items_few": View(DEEPER, few_items(folder)),
            "item": View(DEEPER, item(folder)),
            "item_refused": View(CROWDED, refused_item(folder)),
            "confirm": View(DEEPER, confirm(folder)),
            "message_question": View(DEEPER, QUESTION),
            "message_later": View(DEEPER, LATER),
            "message_trouble": View(NOBODY, TROUBLE),
            "message_good": View(DEEPER, GOOD),
            "busy": View(FIRST, BUSY),
            "busy_looking": View(NOBODY, LOOKING),
            "done": View(FIRST, DONE),
            "done_pieces": View(DEEPER, replace(DONE, title="兑换成功：15 瓶", name="非转基因菜籽油家庭装 1.8升")),
            "done_jammed": View(CROWDED, JAMMED),
            "staff": View(replace(NOBODY, finish=FINISH), STAFF),
            "staff_behind": View(
                replace(NOBODY, finish=FINISH, notice="没有网络，11月19日 06:58 联系过总站"),
                replace(STAFF, report=REPORT),
            ),
            "staff_empty": View(
                replace(NOBODY, finish=FINISH),
                no_jobs,
            ),
            "looks": View(replace(NOBODY, back=BACK, tools=(REPEAT,)), LOOKS),
            "looks_visit": View(replace(CROWDED, tools=(REPEAT,)), LOOKS),
            "still_there": View(DEEPER, item(folder), overlay=STILL_THERE),
        }
    )
