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
        "idle": View(NOTICED, IDLE),
        "idle_long": View(
            NOTICED,
            replace(IDLE, offers=("商品  米面粮油，日用百货", "服务  理发陪诊，上门帮忙", "维修  缝补衣物，修理家用")),
        ),
        "idle_refused": View(
            NOBODY,
            replace(IDLE, message="这张卡没有认出来，请再试一次，或呼叫工作人员", message_tone=Tone.WARNING),
        ),
        "home": View(FIRST, HOME_BODY),
        "home_crowded": View(
            CROWDED,
            replace(HOME_BODY, greeting="欧阳*珍，您好", points="12650"),
        ),
        "items": View(CROWDED, items(folder)),
        "items_few": View(DEEPER, few_items(folder)),
        "item": View(DEEPER, item(folder)),
        "item_refused": View(CROWDED, refused_item(folder)),
        "confirm": View(DEEPER, confirm(folder)),
        "message_question": View(DEEPER, QUESTION),
        "message_trouble": View(NOBODY, TROUBLE),
        "message_good": View(DEEPER, GOOD),
        "busy": View(FIRST, BUSY),
        "busy_looking": View(NOBODY, LOOKING),
        "done": View(FIRST, DONE),
        "done_jammed": View(CROWDED, JAMMED),
        "staff": View(replace(NOBODY, finish=FINISH), STAFF),
        "staff_empty": View(
            replace(NOBODY, finish=FINISH),
            no_jobs,
        ),
        "still_there": View(DEEPER, item(folder), overlay=STILL_THERE),
    }
