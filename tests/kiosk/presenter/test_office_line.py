"""What the screen says of the office: to residents that all goes on, to staff what has not arrived yet."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from devices.ports import DeviceState, Health
from domain.ids import StaffId
from kiosk.flow.states import AtStaff, Idle, Office, Session
from kiosk.presenter.ending import staff as staff_page
from kiosk.presenter.frame import frame_of
from kiosk.presenter.scene import Instant, Scene
from kiosk.texts import load_texts
from tests.support.system import START_MS

SCENE = Scene(load_texts(), "学田湾社区党群驿站", Path())
NOW = Instant(START_MS, 0.0)  # 2026-11-23 06:58 in China
HEARD = Office(connected=True, heard_at=START_MS, waiting=0, done=20)
HE = AtStaff(StaffId("he"), "何静")
HOUR, DAY = 3_600_000, 86_400_000


def notice(office: Office | None, *, staff: bool = False, printer: Health = Health.OK) -> str:
    state = HE if staff else Idle()
    device = DeviceState(printer, "printer.paper_out" if printer is Health.NOT_OK else "")
    return frame_of(Session(state, printer=device, office=office), SCENE, NOW).notice


def report(office: Office | None) -> str:
    body = staff_page(Session(HE, office=office), HE, SCENE)
    return body.report


@pytest.mark.parametrize(
    ("office", "resident", "staff", "counts"),
    [
        (None, "", "", ""),
        (Office(connected=False, heard_at=None, waiting=7, done=7), "", "", ""),
        (HEARD, "已连上总站", "已连上总站", "本站已记 20 笔 · 总站已知 20 笔"),
        (
            replace(HEARD, waiting=2, oldest_ms=900),
            "已连上总站",
            "已连上总站",
            "本站已记 20 笔 · 总站已知 18 笔 · 最早未确认的是 刚才",
        ),
        (
            replace(HEARD, waiting=2, oldest_ms=5 * 60_000),
            "已连上总站\n已记 20 笔 · 总站知 18 笔 · 最早 5 分钟前",
            "已连上总站",
            "本站已记 20 笔 · 总站已知 18 笔 · 最早未确认的是 5 分钟前",
        ),
        (
            replace(HEARD, parked=1),
            "已连上总站\n已记 20 笔 · 总站知 20 笔 · 搁置 1 笔",
            "已连上总站",
            "本站已记 20 笔 · 总站已知 20 笔 · 搁置 1 笔",
        ),
        (
            Office(connected=False, heard_at=START_MS - HOUR, waiting=3, done=20, oldest_ms=HOUR),
            "没有网络，照常兑换。05:58 联系过总站\n已记 20 笔 · 总站知 17 笔 · 最早 1 小时前",
            "没有网络，05:58 联系过总站",
            "本站已记 20 笔 · 总站已知 17 笔 · 最早未确认的是 1 小时前",
        ),
        (
            Office(connected=False, heard_at=START_MS - DAY, waiting=0, done=20),
            "没有网络，照常兑换。昨天 06:58 联系过总站",
            "没有网络，昨天 06:58 联系过总站",
            "本站已记 20 笔 · 总站已知 20 笔",
        ),
        (
            Office(connected=False, heard_at=START_MS - 4 * DAY, waiting=30, done=90, parked=2, oldest_ms=4 * DAY),
            "没有网络，照常兑换。11月19日 06:58 联系过总站\n已记 90 笔 · 总站知 60 笔 · 搁置 2 笔 · 最早 4 天前",
            "没有网络，11月19日 06:58 联系过总站",
            "本站已记 90 笔 · 总站已知 60 笔 · 搁置 2 笔 · 最早未确认的是 4 天前",
        ),
    ],
)
def test_the_line(office: Office | None, resident: str, staff: str, counts: str) -> None:
    assert notice(office) == resident
    assert notice(office, staff=True) == staff
    assert report(office) == counts


def test_a_device_in_trouble_matters_more() -> None:
    office = Office(connected=False, heard_at=START_MS, waiting=3)
    assert "纸" in notice(office, printer=Health.NOT_OK)
