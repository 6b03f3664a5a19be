"""States and events to walk the flow with: every state, and every event that can reach it."""

from __future__ import annotations

from dataclasses import replace

import msgspec

from devices.ports import DeviceState, Health, PrintState
from domain.board import Board, Featured, Notice, Span
from domain.catalogue import Catalogue, ItemClass
from domain.ids import CommandId, ItemId, ResidentId, StaffId, VisitId
from domain.refusals import RefusalCode, Refused
from domain.rules import Limit, Period, Rules
from kiosk import actions as a
from kiosk.desk.answers import (
    ActFor,
    FoundResident,
    Issued,
    Joined,
    LimitLeft,
    NotKnown,
    Request,
    ResidentHere,
    StaffHere,
    TornOff,
    UnknownCard,
    WaitingPaper,
)
from kiosk.desk.wish_states import Coming, Fetched, Granted, NoLine, Short, Unreachable, Waiting, WishState
from kiosk.flow import events as e
from kiosk.flow import join_states as j
from kiosk.flow import states as s
from kiosk.flow import trust_events as te
from kiosk.flow import trust_states as t
from kiosk.flow.visit import Visit
from kiosk.papers.slip import Slip
from tests.kiosk.flow.own_world import OWN_ACTIONS, OWN_EVENTS, own_states
from tests.support.desk import CATALOGUE

RICE = CATALOGUE.items[0]
VISIT = Visit(VisitId("v1"), ResidentId("chen"), "陈*芳", 380, CATALOGUE, {ItemId(101): 2})
FAR = replace(VISIT, points=100, away=True)
ZHANG = ActFor(ResidentId("zhang"), "张*三", 500, allowance=300)
NEIGHBOUR = replace(VISIT, choices=(ActFor(ResidentId("chen"), "陈*芳", 380), ZHANG))
FOR_ZHANG = NEIGHBOUR.acting_for(ZHANG)
LONG = Catalogue(
    2,
    tuple(
        msgspec.structs.replace(RICE, id=ItemId(101 + at), group=group, pieces_max=3, stocked=False)
        for at, group in enumerate(("粮油", "日用", "", "粮油", "日用", "厨房", "文具", "粮油", "洗护", "床品"))
    ),
)
LIMITED = replace(
    VISIT,
    catalogue=LONG,
    rules=Rules(limits=(Limit("rice", 2, Period.MONTH, items=(RICE.id,)),)),
    limits=(LimitLeft("rice", 1, 1),),
    recent=(ItemId(104),),
    id_card=True,
)
HEARD = s.Office(connected=True, heard_at=0, waiting=0)
CUT_OFF = replace(HEARD, connected=False)
ALONE = replace(CUT_OFF, stopped=Refused(RefusalCode.STATION_ALONE, {"days": 31}))
WISHES: tuple[WishState, ...] = (
    Waiting(), Coming("江北社区驿站"), Coming(), Granted(), Short(0), Short(5), Short(500), Unreachable("江北社区驿站"),
    Unreachable(), NoLine(),
)  # fmt: skip
WISH = VisitId("press")
ISSUED = Issued("A-000001-0", RICE.name, 120, 260, "2026-12-23", 7)
PAPERS = tuple(
    WaitingPaper(job, f"A-00000{job}-0", RICE.name, PrintState.UNCERTAIN, "printer.paper_out", 0) for job in range(1, 6)
)
REFUSED = Refused(RefusalCode.POINTS_SHORT, {"missing": 20})
BOARD = Board(
    1, ((Span(540, 720),),) * 7, (), (Notice("免费量血压", "周三上午"),), Featured("改衣裳"), off=(Span(0, 1440),)
)
OK, OUT = DeviceState(Health.OK), DeviceState(Health.NOT_OK, "printer.paper_out")
LAID = e.CardLaid("1:" + "a" * 64, VisitId("v9"))
DIGEST = "1:" + "d" * 64
ASK = VisitId("ask")
REQUESTS = tuple(Request("r1", "A-0001", state, "请带户口本") for state in ("asked", "accepted", "refused"))
STRANGER = UnknownCard((DIGEST,), id_card=True, minor=False)
CHILD = replace(STRANGER, minor=True)
OLD_CARD = UnknownCard((DIGEST,), id_card=False)
ASKED_BEFORE = replace(STRANGER, request=REQUESTS[0])
SLIP = Slip("r1", "A-0001", "YZR1:X", "驿站", "2026-11-23 06:58", "2026-12-23")
JOINED = Joined(REQUESTS[0], SLIP)
DRAFT = j.Draft((DIGEST,), minor=False)
CHILDS = j.Draft((DIGEST,), minor=True)
OWN_WORD = j.Draft(no_card=True, minor=True, asked_age=True, guardian=ResidentId("chen"), phone="13800138000")
JOINING: tuple[s.State, ...] = (
    j.Asking(ASK, STRANGER),
    j.Asking(ASK, OLD_CARD, looked=False),
    *(j.AtUnknown(card, why) for card in (STRANGER, CHILD, OLD_CARD) for why in j.WhyUnknown),
    *(j.AtRequest(request) for request in REQUESTS),
    j.AtWithdrawQuestion(REQUESTS[0]),
    j.TakingBack(REQUESTS[0]),
    j.AtWithdrawn(),
    j.AtJoinNotice(j.Draft()),
    j.AtJoinNotice(DRAFT),
    j.AtJoinCard(j.Draft()),
    j.AtJoinCard(j.Draft(), unread="idcard.unreadable"),
    j.AtJoinAge(j.Draft(no_card=True)),
    j.AtJoinGuardian(CHILDS),
    j.AtJoinGuardian(CHILDS, wrong=True),
    j.AtJoinGuardian(CHILDS, unread="idcard.unreadable"),
    j.AtJoinPhone(DRAFT),
    j.AtJoinPhone(OWN_WORD),
    j.AtJoinPhone(replace(DRAFT, phone="138")),
    j.Joining(CommandId("press")),
    j.JoinPrinting(JOINED),
    j.AtJoined(JOINED),
    j.AtJoined(JOINED, "printer.paper_out"),
    j.AtNotJoined(Refused(RefusalCode.JOIN_FULL)),
    s.Looking(VisitId("v2"), j.AtJoinGuardian(CHILDS)),
    s.Looking(VisitId("v2"), j.AtJoinCard(j.Draft())),
    s.AtHelp(j.AtUnknown(STRANGER, j.WhyUnknown.SLOW)),
    s.AtHelp(j.AtJoinPhone(OWN_WORD)),
)
STAFF = s.AtStaff(StaffId("he"), "何静", PAPERS)

VISITING: tuple[s.State, ...] = (
    s.AtHome(VISIT),
    s.AtItems(VISIT, ItemClass.GOODS),
    s.AtItem(VISIT, RICE),
    s.AtItem(VISIT, RICE, 0, 2),
    s.AtItem(VISIT, RICE, 0, 9),
    s.AtItems(LIMITED, ItemClass.GOODS, 1),
    s.AtItems(replace(LIMITED, group="粮油"), ItemClass.GOODS),
    s.AtItems(replace(LIMITED, group=""), ItemClass.GOODS),
    s.AtGroups(LIMITED, ItemClass.GOODS),
    s.AtGroups(LIMITED, ItemClass.GOODS, 1),
    s.AtItem(LIMITED, LONG.items[0], 1),
    s.AtConfirm(LIMITED, LONG.items[3], 1, 3),
    s.AtLaterQuestion(LIMITED, LONG.items[3], 1, 3),
    s.Redeeming(LIMITED, LONG.items[3], 3),
    s.AtDone(LIMITED, ISSUED),
    s.AtConfirm(VISIT, RICE),
    s.AtLaterQuestion(VISIT, RICE),
    s.AtWhom(NEIGHBOUR),
    s.AtHome(FOR_ZHANG),
    s.AtItem(FOR_ZHANG, RICE),
    s.AtConfirm(FOR_ZHANG, RICE),
    s.AtItems(FAR, ItemClass.GOODS),
    s.AtItem(FAR, RICE),
    s.Fetching(FAR, RICE, WISH),
    s.Fetching(FAR, RICE, WISH, place="江北社区驿站", looked=False),
    s.Fetching(FOR_ZHANG, RICE, WISH, allowance=True),
    s.Fetching(FAR, RICE, WISH, pieces=2),
    *(
        s.AtNotFetched(FAR, RICE, 0, why, allowance)
        for why in WISHES
        if not isinstance(why, Coming | Granted)
        for allowance in (False, True)
    ),
    s.Redeeming(VISIT, RICE),
    s.Printing(VISIT, RICE, ISSUED),
    s.AtDone(VISIT, ISSUED),
    s.AtDone(VISIT, ISSUED, "printer.paper_out"),
    s.AtRefusal(VISIT, REFUSED),
    *own_states(VISIT, FOR_ZHANG),
)
# --- agreement, PIN, look-up by staff ---
PIN_VISIT = replace(VISIT, pin=True, rules=Rules(pin_above=100))
DUE = t.Due(RICE, PIN_VISIT.command(CommandId("press"), RICE))
LOCKED = Refused(RefusalCode.PIN_LOCKED, {"minutes": 30, "clock": "10:54"})
PIN_WRONG = Refused(RefusalCode.PIN_WRONG, {"left": 4})
AT_PIN = t.AtPin(PIN_VISIT, DUE, "482913")
AT_PIN_SET = t.AtPinSet(PIN_VISIT, DUE, StaffId("he"), "482913", "482913")
AT_LOCKED = t.AtPinLocked(PIN_VISIT, DUE, LOCKED)
FOUND = tuple(FoundResident(ResidentId(f"wang{at}"), f"王*{at}", at, home=bool(at % 2)) for at in range(8))
FINDING = t.AtFinding(StaffId("he"), "何静", ("王", "魏", "李", "䶮"))
TRUST_VISITING: tuple[s.State, ...] = (
    t.AtConsent(VISIT, 1),
    t.AtConsent(NEIGHBOUR, 2),
    t.AtWithdraw(VISIT),
    t.Withdrawing(VISIT),
    AT_PIN,
    replace(AT_PIN, digits="48", refused=PIN_WRONG),
    t.AtPinStaff(PIN_VISIT, DUE),
    AT_PIN_SET,
    replace(AT_PIN_SET, digits="111111", first=""),
    AT_LOCKED,
    t.PinUnderWay(PIN_VISIT, DUE, AT_PIN),
    t.PinUnderWay(PIN_VISIT, DUE, AT_PIN_SET),
    t.PinUnderWay(PIN_VISIT, DUE, AT_LOCKED),
    s.AtConfirm(PIN_VISIT, RICE),
    s.AtConfirm(replace(PIN_VISIT, pin=False), RICE),
    s.AtConfirm(replace(PIN_VISIT, pin_locked=LOCKED), RICE),
)
TRUST_STATES: tuple[s.State, ...] = (
    *TRUST_VISITING,
    t.AtFarewell(t.DECLINED),
    t.AtFarewell(t.WITHDRAWN),
    s.AtHelp(t.AtConsent(VISIT, 1)),
    s.AtHelp(AT_PIN),
    s.AtHelp(AT_LOCKED),
    s.AtHelp(t.AtFarewell(t.DECLINED)),
    s.Looking(VisitId("v2"), t.AtConsent(VISIT, 1)),
    s.Looking(VisitId("v2"), t.AtPinStaff(PIN_VISIT, DUE)),
    s.Looking(VisitId("v2"), AT_LOCKED),
    s.Looking(VisitId("v2"), FINDING),
    FINDING,
    replace(FINDING, surnames=None),
    replace(FINDING, letter="W"),
    replace(FINDING, letter="W", surname="王"),
    replace(FINDING, letter="W", surname="王", found=FOUND),
)
TRUST_ACTIONS: tuple[a.Action, ...] = (
    a.AgreeNotice(), a.DeclineNotice(), a.Withdraw(), a.ConfirmWithdraw(), a.PressDigit(7), a.PressDigit(10),
    a.EraseDigit(), a.ClearDigits(), a.EnterPin(), a.ForgotPin(), a.TryPin(), a.FindResident(), a.ChooseLetter("W"),
    a.ChooseLetter("Q"), a.ChooseSurname("王"), a.ChooseSurname("张"), a.ChooseFound(0), a.ChooseFound(99),
)  # fmt: skip
TRUST_EVENTS: tuple[e.Event, ...] = (
    *(te.ConsentKept(VisitId(visit), refused) for visit in ("v1", "late") for refused in (None, REFUSED)),
    *(te.PinAnswered(CommandId("press"), refused) for refused in (None, PIN_WRONG, LOCKED, REFUSED)),
    te.PinAnswered(CommandId("press"), Refused(RefusalCode.PIN_NONE)),
    te.PinAnswered(CommandId("press"), Refused(RefusalCode.PIN_TRIVIAL)),
    te.PinAnswered(CommandId("late"), None),
    te.SurnamesListed(("王", "魏", "李")),
    te.ResidentsListed("王", FOUND),
    te.ResidentsListed("李", ()),
)

STATES: tuple[s.State, ...] = (
    *TRUST_STATES,
    s.Idle(),
    s.Idle(REFUSED),
    s.Looking(VisitId("v2"), s.Idle()),
    s.Looking(VisitId("v2"), s.AtConfirm(VISIT, RICE)),
    s.Looking(VisitId("v2"), s.AtGroups(LIMITED, ItemClass.GOODS), id_card=True),
    *VISITING,
    *JOINING,
    s.AtHelp(s.Idle()),
    s.AtHelp(s.AtItem(VISIT, RICE)),
    s.AtHelp(STAFF),
    s.AtHelp(replace(STAFF, busy=1)),
    s.AtHelp(s.AtDone(VISIT, ISSUED)),
    *(s.AtHelp(state) for state in own_states(VISIT, FOR_ZHANG) if not isinstance(state, s.Reading)),
    *(s.Looking(VisitId("v2"), state) for state in own_states(VISIT, FOR_ZHANG) if not isinstance(state, s.Reading)),
    STAFF,
    replace(STAFF, busy=1),
    replace(STAFF, papers=()),
    s.OutOfOrder("journal.damaged"),
    s.OutOfOrder("journal.unwritable", number="A-000001-0"),
    s.OutOfOrder("journal.unwritable", unsure=True),
)
ACTIONS: tuple[a.Action, ...] = (
    a.Back(), a.Home(), a.Finish(), a.CallStaff(), a.MoreTime(), a.Wake(),
    a.ChooseClass("goods"), a.ChooseClass("nonsense"), a.ChooseWhom(0), a.ChooseWhom(1), a.ChooseWhom(9),
    a.TurnPage(1), a.TurnPage(-5), a.TurnPage(99), a.ChooseItem(101), a.ChooseItem(999), a.Redeem(), a.Confirm(),
    a.ShowGroups(), a.ChooseGroup(None), a.ChooseGroup(""), a.ChooseGroup("粮油"), a.ChooseGroup("胡扯"),
    a.SetPieces(0), a.SetPieces(2), a.SetPieces(99),
    a.AcceptLater(), a.Reprint(1), a.SetAside(1), *OWN_ACTIONS, *TRUST_ACTIONS, a.Join(), a.Agree(), a.NoIdCard(),
    a.OfAge(adult=True),
    a.OfAge(adult=False), a.PhoneDigit(0), a.PhoneDigit(99), a.PhoneErase(), a.SendRequest(), a.PrintSlipAgain(),
    a.TakeBack(), a.ConfirmTakeBack(),
    a.ToggleLarge(), a.ToggleContrast(), a.ToggleLanguage(), a.ToggleMute(), a.RepeatLine(), a.ChooseLook(),
)  # fmt: skip
HERE = ResidentHere(ResidentId("chen"), "陈*芳", 380, CATALOGUE, {ItemId(101): 2})
EVENTS: tuple[e.Event, ...] = (
    *TRUST_EVENTS,
    *(e.Pressed(action, CommandId("press")) for action in ACTIONS),
    e.Scanned("YZC1:X", VisitId("v3")),
    e.Recognised(VisitId("v2"), HERE),
    e.Recognised(VisitId("v2"), replace(HERE, resident=ResidentId("li"), name="李*")),
    e.Recognised(VisitId("v2"), replace(HERE, may_act_for=(ZHANG,))),
    e.Recognised(VisitId("v2"), replace(HERE, notice=1)),
    e.Recognised(VisitId("v2"), StaffHere(StaffId("he"), "何静")),
    e.Recognised(VisitId("v2"), REFUSED),
    e.Recognised(VisitId("late"), HERE),
    *(e.Recognised(VisitId("v2"), card) for card in (STRANGER, CHILD, OLD_CARD, ASKED_BEFORE)),
    *(e.OfficeAnswered(ASK, answer) for answer in (Waiting(), NoLine(), NotKnown(), HERE, REFUSED)),
    e.OfficeAnswered(VisitId("late"), HERE),
    e.JoinReported(CommandId("press"), JOINED),
    e.JoinReported(CommandId("press"), Joined(REQUESTS[0])),
    e.JoinReported(CommandId("press"), Refused(RefusalCode.JOIN_FULL)),
    e.SlipReported("r1"),
    e.SlipReported("r1", "printer.paper_out"),
    e.SlipReported("late"),
    e.WithdrawReported(None),
    e.WithdrawReported(Refused(RefusalCode.JOIN_DECIDED)),
    e.Redeemed(CommandId("press"), ISSUED),
    e.Redeemed(CommandId("press"), REFUSED),
    e.Redeemed(CommandId("press"), Refused(RefusalCode.STOCK_OUT, {"left": 0})),
    e.Redeemed(CommandId("press"), Refused(RefusalCode.LIMIT_REACHED, {"limit": "大米", "left": 0})),
    *(e.PrintReported(7, state, "printer.paper_out") for state in PrintState),
    e.PrintReported(99, PrintState.PRINTED),
    e.PapersListed(PAPERS),
    e.PapersListed(()),
    *OWN_EVENTS,
    e.StaffAnswered(None),
    e.StaffAnswered(REFUSED),
    *(e.WishLooked(WISH, Fetched(state, 150)) for state in WISHES),
    *(e.WishLooked(WISH, Fetched(state, 500, 300)) for state in WISHES),
    e.WishLooked(WISH, Fetched(Granted(), 500, 300, (LimitLeft("rice", 2, 0),))),
    e.WishLooked(VisitId("late"), Fetched(Granted(), 150)),
    e.OfficeLooked(HEARD),
    e.OfficeLooked(CUT_OFF),
    e.OfficeLooked(ALONE),
    e.BoardTold(BOARD),
    e.PrinterReported(OK),
    e.PrinterReported(OUT),
    e.ScannerReported(OK),
    e.CardReaderReported(OK),
    LAID,
    e.CardUnread("idcard.unreadable"),
    e.FoundTornOff(TornOff("A-000001-0")),
    e.FoundTornOff(TornOff()),
    e.ScreenFailed(),
    e.JournalFailed("journal.unwritable"),
    e.JournalRecovered("journal.unwritable"),
    e.JournalRecovered("journal.fault"),
    e.Ticked(),
)
