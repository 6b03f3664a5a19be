"""What the screen says of the office: to residents that all goes on, to staff what has not arrived yet."""

from __future__ import annotations

from pathlib import Path

import pytest

from devices.ports import DeviceState, Health
from domain.ids import StaffId
from kiosk.flow.states import AtStaff, Idle, Office, Session
from kiosk.presenter.frame import frame_of
from kiosk.presenter.scene import Instant, Scene
from kiosk.texts import load_texts
from tests.support.system import START_MS

SCENE = Scene(load_texts(), "学田湾社区党群驿站", Path())
NOW = Instant(START_MS, 0.0)  # 2026-11-23 06:58 in China
HOUR, DAY = 3_600_000, 86_400_000


def notice(office: Office | None, *, staff: bool = False, printer: Health = Health.OK) -> str:
    state = AtStaff(StaffId("he"), "何静") if staff else Idle()
    device = DeviceState(printer, "printer.paper_out" if printer is Health.NOT_OK else "")
    return frame_of(Session(state, printer=device, office=office), SCENE, NOW).notice


@pytest.mark.parametrize(
    ("office", "resident", "staff"),
    [
        (None, "", ""),
        (Office(connected=False, heard_at=None, waiting=7), "", ""),
        (Office(connected=True, heard_at=START_MS, waiting=0), "已连上总站", "已连上总站，还有 0 条记录没送到"),
        (
            Office(connected=False, heard_at=START_MS - HOUR, waiting=3),
            "没有网络，照常兑换。05:58 联系过总站",
            "没有网络，3 条记录没送到。05:58 联系过总站",
        ),
        (
            Office(connected=False, heard_at=START_MS - DAY, waiting=3),
            "没有网络，照常兑换。昨天 06:58 联系过总站",
            "没有网络，3 条记录没送到。昨天 06:58 联系过总站",
        ),
        (
            Office(connected=False, heard_at=START_MS - 4 * DAY, waiting=30),
            "没有网络，照常兑换。11月19日 06:58 联系过总站",
            "没有网络，30 条记录没送到。11月19日 06:58 联系过总站",
        ),
    ],
)
def test_the_line(office: Office | None, resident: str, staff: str) -> None:
    assert notice(office) == resident
    assert notice(office, staff=True) == staff


def test_a_device_in_trouble_matters_more() -> None:
    office = Office(connected=False, heard_at=START_MS, waiting=3)
    assert "纸" in notice(office, printer=Health.NOT_OK)
