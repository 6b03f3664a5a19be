"""Agreement, PIN and look-up as the presenter makes them, with the real texts and the hard cases."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from domain.ids import CommandId, ResidentId, StaffId
from domain.refusals import RefusalCode, Refused
from domain.rules import Rules
from kiosk.desk.answers import FoundResident
from kiosk.flow import states as s
from kiosk.flow import trust_states as t
from kiosk.presenter.scene import Instant, Scene
from kiosk.presenter.view import present
from kiosk.texts import load_texts
from kiosk.views import View
from tests.kiosk.flow.world import RICE, VISIT

LONG = replace(VISIT, name="欧阳*珍", points=12650, rules=Rules(pin_above=100))
DUE = t.Due(RICE, LONG.command(CommandId("c1"), RICE))
LOCKED = Refused(RefusalCode.PIN_LOCKED, {"minutes": 30, "clock": "10:54"})
WRONG = Refused(RefusalCode.PIN_WRONG, {"left": 4})
HE = StaffId("he")
SURNAMES = tuple("王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁")
W = (
    "王",
    "吴",
    "魏",
    "汪",
    "万",
    "武",
    "韦",
    "卫",
    "温",
    "文",
    "翁",
    "巫",
    "邬",
    "伍",
    "闻",
    "危",
    "乌",
    "隗",
    "沃",
    "毋",
    "蔚",
    "欧阳",
)
FOUND = tuple(
    FoundResident(ResidentId(f"r{at}"), name, points, home)
    for at, (name, points, home) in enumerate(
        [("王*芳", 380, True), ("王*", 12650, True), ("王*珍", 5, True), ("王**江", 0, True), ("王*民", 90, False)] * 2
    )
)
FINDING = t.AtFinding(HE, "何静", SURNAMES)

STATES: dict[str, s.State] = {
    "consent": t.AtConsent(LONG, 1),
    "withdraw": t.AtWithdraw(LONG),
    "message_declined": t.AtFarewell(t.DECLINED),
    "message_withdrawn": t.AtFarewell(t.WITHDRAWN),
    "pin": t.AtPin(LONG, DUE, "482"),
    "pin_full": t.AtPin(LONG, DUE, "482913"),
    "pin_wrong": t.AtPin(LONG, DUE, refused=WRONG),
    "pin_set": t.AtPinSet(LONG, DUE, HE),
    "pin_set_trivial": t.AtPinSet(LONG, DUE, HE, refused=Refused(RefusalCode.PIN_TRIVIAL)),
    "pin_set_again": t.AtPinSet(LONG, DUE, HE, digits="48", first="482913"),
    "pin_set_differs": t.AtPinSet(LONG, DUE, HE, differs=True),
    "message_pin_staff": t.AtPinStaff(LONG, DUE),
    "message_pin_forgotten": t.AtPinStaff(LONG, DUE, forgotten=True),
    "message_pin_locked": t.AtPinLocked(LONG, DUE, LOCKED),
    "busy_pin": t.PinUnderWay(LONG, DUE, t.AtPin(LONG, DUE)),
    "staff_finding_letters": FINDING,
    "staff_finding_surnames": replace(FINDING, surnames=W, letter="W"),
    "staff_finding_names": replace(FINDING, surnames=W, letter="W", surname="王", found=FOUND),
    "staff_finding_nobody": replace(FINDING, surnames=()),
}


def trust_views() -> dict[str, View]:
    """Every sample by name."""
    scene = Scene(load_texts(), "城东街道第二社区综合服务站", Path("/nowhere"), demo=True)
    instant = Instant(1_795_388_316_000, 100.0)
    return {name: present(s.Session(state), scene, instant) for name, state in STATES.items()}
