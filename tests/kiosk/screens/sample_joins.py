"""The screens of whoever is not known here, made by the presenter itself."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from devices.ports import DeviceState, Health
from domain.refusals import RefusalCode, Refused
from kiosk.flow import join_states as j
from kiosk.flow import states as s
from kiosk.presenter.scene import Instant, Scene
from kiosk.presenter.view import present
from kiosk.texts import load_texts
from kiosk.views import View
from tests.kiosk.flow.world import ASK, CHILDS, DRAFT, HEARD, JOINED, OLD_CARD, REQUESTS, STRANGER

STATES: dict[str, s.State] = {
    "asking": j.Asking(ASK, STRANGER),
    "unknown_not_known": j.AtUnknown(STRANGER, j.WhyUnknown.NOT_KNOWN),
    "unknown_no_line": j.AtUnknown(STRANGER, j.WhyUnknown.NO_LINE),
    "unknown_slow": j.AtUnknown(OLD_CARD, j.WhyUnknown.SLOW),
    "request_asked": j.AtRequest(REQUESTS[0]),
    "request_accepted": j.AtRequest(REQUESTS[1]),
    "request_refused": j.AtRequest(
        replace(REQUESTS[2], reason="请带户口本和身份证，星期一到星期五上午九点到十一点半到社区一楼找何静")
    ),
    "withdraw_question": j.AtWithdrawQuestion(REQUESTS[0]),
    "withdrawn": j.AtWithdrawn(),
    "join_notice": j.AtJoinNotice(DRAFT),
    "join_card": j.AtJoinCard(j.Draft()),
    "join_card_unread": j.AtJoinCard(j.Draft(), unread="idcard.unreadable"),
    "join_age": j.AtJoinAge(j.Draft(no_card=True)),
    "join_guardian": j.AtJoinGuardian(CHILDS),
    "join_guardian_wrong": j.AtJoinGuardian(CHILDS, wrong=True),
    "join_phone": j.AtJoinPhone(DRAFT),
    "join_phone_typing": j.AtJoinPhone(replace(DRAFT, phone="138001")),
    "join_phone_full": j.AtJoinPhone(replace(DRAFT, phone="13800138000")),
    "join_printing": j.JoinPrinting(JOINED),
    "joined": j.AtJoined(JOINED),
    "joined_without_slip": j.AtJoined(JOINED, "printer.paper_out"),
    "not_joined": j.AtNotJoined(Refused(RefusalCode.JOIN_FULL)),
}


def sample_joins() -> dict[str, View]:
    """All of them by name, as a station with a reader for ID cards shows them."""
    scene = Scene(load_texts(), "学田湾社区党群驿站", Path(), demo=True, id_cards=True)
    well = DeviceState(Health.OK)
    return {
        name: present(
            s.Session(state, office=HEARD, printer=well, card_reader=well), scene, Instant(1_795_388_316_000, 4.0)
        )
        for name, state in STATES.items()
    }
