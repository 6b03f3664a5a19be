"""What a resident is shown of their own: vouchers, everything that moved their points, and what lies elsewhere."""

from __future__ import annotations

import re
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.ports import PrintState
from domain.commands import VoidVoucher
from domain.decide_award import Award
from domain.decide_limits import proxy_limit
from domain.decide_place import Handing
from domain.facts import Granted, Proxy, RecallAsked, ResidentErased, ResidentListed, VoucherDecided, WishAnswered
from domain.ids import NOBODY, Epoch, ItemId, PlaceId, ResidentId, VisitId
from domain.refusals import RefusalCode, Refused
from domain.rights import AWARDS, RightKey, points_of, stock_of
from domain.rules import Rules
from domain.voucher_number import VoucherNumber
from kiosk.desk.award import award, undo_award
from kiosk.desk.elsewhere import elsewhere
from kiosk.desk.history import history
from kiosk.desk.mine_answers import HistoryLine, HistoryPage, PaperState, VouchersPage, VoucherState
from kiosk.desk.papers import reprint, set_aside, waiting_papers
from kiosk.desk.place import honour
from kiosk.desk.void import expire, void
from kiosk.desk.vouchers import ask_paper, vouchers
from kiosk.journal.ending import close, open_next
from kiosk.journal.journal import connection_of
from kiosk.journal.verify import verify
from tests.support.desk import CHEN, HE, LI, STATION, TestDesk

VISIT = VisitId("v1")


@pytest.fixture
def desk(tmp_path: Path) -> TestDesk:
    return TestDesk(tmp_path)


def lines(desk: TestDesk, resident: ResidentId = CHEN) -> list[HistoryLine]:
    """The whole history, page by page."""
    first = history(desk.parts, resident, 0)
    assert isinstance(first, HistoryPage)
    pages = [history(desk.parts, resident, page) for page in range(first.pages)]
    return [line for page in pages if isinstance(page, HistoryPage) for line in page.lines]


def listed(desk: TestDesk, resident: ResidentId = CHEN, proxy: ResidentId = NOBODY, page: int = 0) -> VouchersPage:
    found = vouchers(desk.parts, resident, proxy, page)
    assert isinstance(found, VouchersPage)
    return found


def heard(desk: TestDesk) -> None:
    with desk.journal.transaction("heard"):
        desk.journal.office.set_connected(1, desk.system.now_ms())


def number(at: int) -> VoucherNumber:
    return VoucherNumber(Epoch(1), at)


def test_every_entry_that_moved_points_is_a_line(desk: TestDesk) -> None:
    desk.receive([Granted(AWARDS, 50), Granted(points_of(CHEN), 440)])
    desk.issued("c1")
    desk.redeem("c2", item=201)
    void(desk.parts, VoidVoucher(number(1), HE, "拿错了"))
    award(desk.parts, Award("w1", CHEN, 30, HE, "扫雪"))
    undo_award(desk.parts, "w1", HE, "记错了")
    desk.receive([RecallAsked(points_of(CHEN), 40)])
    told = [(line.what, line.points, line.item, line.why) for line in lines(desk)]
    assert told == [
        ("returned", -40, "", ""),
        ("undone", -30, "", "记错了"),
        ("awarded", 30, "", "扫雪"),
        ("void", 120, "东北大米 5公斤", ""),
        ("issued", -20, "义剪理发", ""),
        ("issued", -120, "东北大米 5公斤", ""),
        ("granted", 60, "", ""),
        ("granted", 380, "", ""),
    ]
    assert {line.day for line in lines(desk)} == {"2026-11-23"}
    assert verify(desk.journal).sound


def test_a_day_of_a_wrong_clock_is_not_told(desk: TestDesk) -> None:
    desk.system.synchronised = False
    desk.issued()
    assert [line.day for line in lines(desk)] == ["", "2026-11-23"]


def test_what_another_place_took_back_is_told_too(desk: TestDesk) -> None:
    for command in ("c1", "c2"):
        desk.issued(command)
    decided = [
        VoucherDecided(Epoch(1), 1, "void", PlaceId(STATION)),
        VoucherDecided(Epoch(1), 2, "expired", PlaceId(STATION)),
    ]
    desk.receive(decided)
    assert [(line.what, line.points) for line in lines(desk)][:2] == [("expired", 120), ("void", 120)]


def test_a_new_life_of_the_station_keeps_the_history_and_its_sum(desk: TestDesk) -> None:
    desk.issued()
    with desk.journal.transaction("close"):
        close(desk.journal, desk.parts.stamp, "log.went_back")
        open_next(desk.journal, desk.parts.stamp, "test")
    desk.receive([Granted(points_of(CHEN), 260, epoch=2), Granted(points_of(CHEN), 999, epoch=1)])
    told = [(line.what, line.points) for line in lines(desk)]
    assert told == [("granted", 260), ("handed_back", -260), ("issued", -120), ("granted", 380)]
    assert listed(desk).vouchers[0].text.startswith("A-000001-")


redeems = st.tuples(st.just("redeem"), st.sampled_from([CHEN, LI]), st.sampled_from([101, 102, 201]), st.integers(1, 2))
voids = st.tuples(st.just("void"), st.integers(1, 8))
expiries = st.tuples(st.just("expire"))
recalls = st.tuples(st.just("recall"), st.sampled_from([CHEN, LI]), st.integers(1, 90))
decided = st.tuples(st.just("decided"), st.integers(1, 8), st.sampled_from(["honoured", "void", "expired"]))
awards = st.tuples(st.just("award"), st.integers(1, 3), st.integers(1, 30))
undos = st.tuples(st.just("undo"), st.integers(1, 3))
grants = st.tuples(st.just("grant"), st.sampled_from([CHEN, LI]), st.integers(1, 200))
honours = st.tuples(st.just("honour"), st.integers(1, 8))


@settings(max_examples=25, deadline=None, derandomize=True)
@given(
    st.lists(
        st.one_of(redeems, redeems, voids, expiries, recalls, decided, awards, undos, grants, honours),
        min_size=4,
        max_size=30,
    )
)
def test_the_lines_add_up_to_the_balance_that_is_shown(doings: list[tuple[object, ...]]) -> None:
    with TemporaryDirectory() as folder:
        desk = TestDesk(Path(folder))
        desk.receive([Granted(AWARDS, 100), Granted(stock_of(ItemId(102)), 5)])
        asked, granted = {CHEN: 0, LI: 0}, {CHEN: 380, LI: 100}
        for at, doing in enumerate(doings):
            match doing:
                case ("grant", str() as who, int() as points):
                    granted[ResidentId(who)] += points
                    desk.receive([Granted(points_of(ResidentId(who)), granted[ResidentId(who)])])
                case ("recall", str() as who, int() as points):
                    asked[ResidentId(who)] += points
                    desk.receive([RecallAsked(points_of(ResidentId(who)), asked[ResidentId(who)])])
                case _:
                    do(desk, at, doing)
        for who in (CHEN, LI):
            page = history(desk.parts, who, 0)
            assert isinstance(page, HistoryPage)
            assert sum(line.points for line in lines(desk, who)) == page.balance
            assert page.balance == desk.journal.rights.get(points_of(who)).available
            assert all(line.points for line in lines(desk, who))
        assert verify(desk.journal).faults == ()
        desk.journal.close()


def do(desk: TestDesk, at: int, doing: tuple[object, ...]) -> None:
    match doing:
        case ("redeem", str() as resident, int() as item, int() as pieces):
            desk.redeem(f"c{at}", ResidentId(resident), item, pieces)
        case ("void", int() as voucher):
            void(desk.parts, VoidVoucher(number(voucher), HE, "test"))
        case ("honour", int() as voucher):
            honour(desk.parts, number(voucher).text(desk.journal.identity.station), Handing(HE))
        case ("expire",):
            desk.system.advance(40 * 86_400)
            expire(desk.parts, desk.parts.desk(desk.parts.stamp()).today)
        case ("decided", int() as voucher, str() as fate):
            desk.receive([VoucherDecided(Epoch(1), voucher, fate, PlaceId(STATION))])
        case ("award", int() as given_award, int() as points):
            award(desk.parts, Award(f"w{given_award}", CHEN, points, HE, "test"))
        case ("undo", int() as given_award):
            undo_award(desk.parts, f"w{given_award}", HE, "test")


def test_vouchers_are_listed_newest_first_with_their_states(desk: TestDesk) -> None:
    desk.receive([Granted(stock_of(ItemId(101)), 9), Granted(points_of(CHEN), 900)])
    for command in ("c1", "c2", "c3", "c4"):
        desk.issued(command)
    void(desk.parts, VoidVoucher(number(2), HE, "拿错了"))
    honour(desk.parts, number(3).text(desk.journal.identity.station), Handing(HE))
    first, second = listed(desk), listed(desk, page=7)
    assert (first.page, first.pages, second.page) == (0, 2, 1)
    assert [(one.number.number, one.state.value, one.decided) for one in first.vouchers] == [
        (4, "open", ""),
        (3, "honoured", "2026-11-23"),
        (2, "void", "2026-11-23"),
    ]
    shown = second.vouchers[0]
    assert (shown.item, shown.pieces, shown.unit, shown.points) == ("东北大米 5公斤", 1, "袋", 120)
    assert (shown.place, shown.issued, shown.expires) == ("学田湾社区党群驿站", "2026-11-23", "2026-12-23")
    assert listed(desk, LI).vouchers == ()


def test_a_voucher_whose_last_day_has_passed_is_shown_so_at_once(desk: TestDesk) -> None:
    desk.issued()
    desk.system.advance(31 * 86_400)
    assert listed(desk).vouchers[0].state is VoucherState.EXPIRED
    desk.system.synchronised = False
    assert listed(desk).vouchers[0].state is VoucherState.OPEN


def test_a_paper_that_is_asked_for_waits_for_staff_and_is_printed_by_them(desk: TestDesk) -> None:
    job = desk.issued().job
    with desk.journal.transaction("test"):
        desk.journal.jobs.mark(job, PrintState.SENDING)
        desk.journal.jobs.mark(job, PrintState.PRINTED)
    assert listed(desk).vouchers[0].paper is PaperState.OUT
    for _ in range(2):
        assert ask_paper(desk.parts, CHEN, NOBODY, number(1)) is None
    assert listed(desk).vouchers[0].paper is PaperState.ASKED
    waiting = waiting_papers(desk.parts)
    assert [(paper.job, paper.asked, paper.state) for paper in waiting] == [(job, True, PrintState.PRINTED)]
    assert desk.journal.jobs.of_voucher(number(1)) is not None
    assert isinstance(reprint(desk.parts, job, HE), int)
    assert waiting_papers(desk.parts) == ()
    assert verify(desk.journal).sound


def test_what_staff_set_aside_can_be_asked_for_again(desk: TestDesk) -> None:
    job = desk.issued().job
    with desk.journal.transaction("test"):
        desk.journal.jobs.mark(job, PrintState.FAILED, "printer.paper_out")
    assert listed(desk).vouchers[0].paper is PaperState.WAITS
    assert set_aside(desk.parts, job, HE) is None
    assert listed(desk).vouchers[0].paper is PaperState.OUT
    assert ask_paper(desk.parts, CHEN, NOBODY, number(1)) is None
    assert len(waiting_papers(desk.parts)) == 1


def test_no_paper_is_asked_for_of_somebody_elses_voucher_or_a_decided_one(desk: TestDesk) -> None:
    desk.issued()
    for who, by, which in ((LI, NOBODY, 1), (CHEN, NOBODY, 2)):
        assert ask_paper(desk.parts, who, by, number(which)) == Refused(RefusalCode.VOUCHER_UNKNOWN)
    void(desk.parts, VoidVoucher(number(1), HE, "拿错了"))
    refused = ask_paper(desk.parts, CHEN, NOBODY, number(1))
    assert isinstance(refused, Refused)
    assert refused.code is RefusalCode.VOUCHER_DECIDED


def test_a_neighbour_sees_the_vouchers_that_they_took_and_no_others(desk: TestDesk) -> None:
    named = ResidentListed(CHEN, "陈*芳", (), proxies=(Proxy(LI, spend=True, collect=False),))
    desk.receive([named, Granted(points_of(CHEN), 900), Granted(stock_of(ItemId(101)), 9)])
    desk.rules = Rules(proxy_points=500)
    desk.issued("c1")
    desk.receive([Granted(limit_of(desk), 500)])
    taken = desk.redeem("c2", proxy=LI)
    assert not isinstance(taken, Refused)
    assert [one.number.number for one in listed(desk, CHEN, LI).vouchers] == [2]
    assert [one.number.number for one in listed(desk).vouchers] == [2, 1]
    assert ask_paper(desk.parts, CHEN, LI, number(1)) == Refused(RefusalCode.VOUCHER_UNKNOWN)
    assert ask_paper(desk.parts, CHEN, LI, number(2)) is None
    desk.receive([ResidentListed(CHEN, "陈*芳", ())])
    for answer in (vouchers(desk.parts, CHEN, LI, 0), ask_paper(desk.parts, CHEN, LI, number(2))):
        assert answer == Refused(RefusalCode.PROXY_NOT_ALLOWED)


def limit_of(desk: TestDesk) -> RightKey:
    right = proxy_limit(desk.rules, CHEN, LI, desk.parts.desk(desk.parts.stamp()).today)
    assert right is not None
    return right


def test_nothing_is_shown_of_somebody_who_was_erased(desk: TestDesk) -> None:
    desk.issued()
    desk.receive([WishAnswered(VISIT, points_of(CHEN), "told", elsewhere=70), ResidentErased(CHEN)])
    gone = Refused(RefusalCode.CARD_UNKNOWN)
    assert vouchers(desk.parts, CHEN, NOBODY, 0) == gone
    assert history(desk.parts, CHEN, 0) == gone
    assert ask_paper(desk.parts, CHEN, NOBODY, number(1)) == gone
    assert elsewhere(desk.parts, VISIT, CHEN, ask=False) is None


def test_what_lies_elsewhere_is_asked_once_a_day_and_told_with_its_day(desk: TestDesk) -> None:
    heard(desk)
    assert elsewhere(desk.parts, VISIT, CHEN, ask=True) is None
    assert desk.journal.elsewhere.asked() == (VISIT, points_of(CHEN))
    desk.receive([WishAnswered(VISIT, points_of(CHEN), "told", elsewhere=140)])
    assert desk.journal.elsewhere.asked() is None
    told = elsewhere(desk.parts, VISIT, CHEN, ask=True)
    assert told is not None
    assert (told.points, told.day, told.fresh) == (140, "2026-11-23", True)
    assert desk.journal.elsewhere.asked() is None
    desk.system.advance(86_400)
    told = elsewhere(desk.parts, VISIT, CHEN, ask=True)
    assert told is not None
    assert (told.points, told.fresh) == (140, False)
    assert desk.journal.elsewhere.asked() is not None


def test_what_was_said_of_elsewhere_is_not_told_any_more_once_points_moved(desk: TestDesk) -> None:
    said = WishAnswered(VISIT, points_of(CHEN), "told", elsewhere=140)
    for moving in (Granted(points_of(CHEN), 480), RecallAsked(points_of(CHEN), 10)):
        desk.receive([said])
        desk.issued(f"c{moving.KIND}")  # spending here moves nothing elsewhere
        assert elsewhere(desk.parts, VISIT, CHEN, ask=False) is not None
        desk.receive([moving])
        assert elsewhere(desk.parts, VISIT, CHEN, ask=False) is None


def test_nobody_is_asked_without_a_line_and_nothing_is_kept_of_strangers(desk: TestDesk) -> None:
    elsewhere(desk.parts, VISIT, CHEN, ask=True)
    assert desk.journal.elsewhere.asked() is None
    stranger = ResidentId("nobody")
    desk.receive([WishAnswered(VISIT, points_of(stranger), "told", elsewhere=1)])
    assert desk.journal.elsewhere.get(stranger) is None
    assert desk.journal.down.parked() == 0


def test_no_page_is_read_by_walking_the_journal(desk: TestDesk) -> None:
    """However long the journal is, only rows of this resident are looked at, and the entries of one page."""
    asked: list[str] = []
    connection = connection_of(desk.journal)
    desk.issued()
    connection.set_trace_callback(asked.append)
    history(desk.parts, CHEN, 0)
    vouchers(desk.parts, CHEN, LI, 0)
    vouchers(desk.parts, CHEN, NOBODY, 0)
    connection.set_trace_callback(None)
    read = [statement for statement in asked if statement.startswith("SELECT")]
    assert len(read) > 10
    for statement in read:
        for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}"):
            scanned = re.match(r"SCAN (\S+)", row[3])
            small = {"station", "office", "move"} | {"CONSTANT"}  # one row, and the page itself
            assert scanned is None or scanned[1] in small, (statement, row[3])
