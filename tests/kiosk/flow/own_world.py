"""States and events of the resident's own pages, for the walk."""

from __future__ import annotations

from dataclasses import replace

from domain.ids import Epoch, ResidentId, VisitId
from domain.refusals import RefusalCode, Refused
from domain.voucher_number import VoucherNumber
from kiosk import actions as a
from kiosk.desk.mine_answers import (
    ElsewhereTold,
    HistoryLine,
    HistoryPage,
    PaperState,
    VoucherSeen,
    VouchersPage,
    VoucherState,
)
from kiosk.flow import events as e
from kiosk.flow import states as s
from kiosk.flow.visit import Elsewhere, Visit

NUMBER = VoucherNumber(Epoch(1), 1)
OPEN = VoucherSeen(
    NUMBER, "A-000001-0", "东北大米 5公斤", 2, "袋", 240, "学田湾社区党群驿站", "2026-11-23", "2026-12-23",
    VoucherState.OPEN,
)  # fmt: skip
ASKED = replace(OPEN, paper=PaperState.ASKED)
WAITS = replace(OPEN, paper=PaperState.WAITS, expires="", issued="")
SECOND, THIRD = (VoucherNumber(Epoch(1), number) for number in (2, 3))
SEEN = (
    OPEN,
    replace(ASKED, number=SECOND),
    replace(WAITS, number=THIRD),
    replace(OPEN, state=VoucherState.HONOURED, decided="2026-11-24"),
    replace(OPEN, state=VoucherState.VOID, proxy="李*"),
    replace(OPEN, state=VoucherState.EXPIRED),
)
VOUCHERS = VouchersPage(SEEN[:3], page=1, pages=3)
WHATS = ("issued", "void", "expired", "awarded", "undone", "granted", "returned", "handed_back", "other")
HISTORY = HistoryPage(
    tuple(
        HistoryLine(what, points, "2026-11-23" if points > 0 else "", item="东北大米 5公斤", why="扫雪", proxy="李*")
        for what in WHATS
        for points in (60, -60)
    ),
    380,
    page=0,
    pages=2,
)
TOLD = ElsewhereTold(140, "2026-11-24", fresh=True)
STALE = replace(TOLD, fresh=False)
CHEN, ZHANG, VISIT_ID = ResidentId("chen"), ResidentId("zhang"), VisitId("v1")
GONE = Refused(RefusalCode.CARD_UNKNOWN)
DECIDED = Refused(RefusalCode.VOUCHER_DECIDED, {"fate": "void"})


def own_states(visit: Visit, neighbour: Visit) -> tuple[s.State, ...]:
    """Every own page of a visit, and of a neighbour's what they can see."""
    home = s.AtHome(visit)
    list_page = s.AtVouchers(visit, VOUCHERS)
    return (
        s.AtMine(visit),
        s.AtHome(replace(visit, known=Elsewhere(TOLD, looked=True))),
        s.AtMine(replace(visit, known=Elsewhere(STALE, asked_at=1.0, looking=True, looked=True))),
        list_page,
        s.AtVouchers(visit, VouchersPage(())),
        s.AtVouchers(neighbour, VOUCHERS),
        s.AtVouchers(neighbour, VouchersPage(())),
        *(s.AtVoucher(visit, one, VOUCHERS) for one in SEEN),
        s.AtVoucher(visit, OPEN, VOUCHERS, busy=True),
        s.AtVoucher(neighbour, OPEN, VOUCHERS),
        s.AtHistory(visit, HISTORY),
        s.AtHistory(visit, HistoryPage((), 0)),
        s.Reading(visit, s.AtMine(visit), s.OwnPage.HISTORY),
        s.Reading(visit, list_page, s.OwnPage.VOUCHERS),
        s.Reading(neighbour, s.AtHome(neighbour), s.OwnPage.VOUCHERS),
        s.Reading(visit, home, s.OwnPage.VOUCHERS),
    )


OWN_ACTIONS: tuple[a.Action, ...] = (
    a.OpenMine(), a.OpenVouchers(), a.OpenHistory(), a.OpenVoucher(0), a.OpenVoucher(9), a.OpenVoucher(-1),
    a.AskPaper(),
)  # fmt: skip
OWN_EVENTS: tuple[e.Event, ...] = (
    *(e.PageRead(VISIT_ID, who, page) for who in (CHEN, ZHANG) for page in (VOUCHERS, HISTORY, GONE, DECIDED)),
    e.PageRead(VisitId("late"), CHEN, HISTORY),
    *(e.PaperAsked(VISIT_ID, NUMBER, answer) for answer in (None, GONE, DECIDED)),
    e.PaperAsked(VisitId("late"), NUMBER, GONE),
    *(e.ElsewhereLooked(VISIT_ID, CHEN, told) for told in (TOLD, STALE, None)),
    e.ElsewhereLooked(VISIT_ID, ZHANG, TOLD),
)
