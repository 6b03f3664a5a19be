"""Rights on their way between office and stations: nothing is handed out twice, and nothing is out of reach."""

from __future__ import annotations

import pytest
from django.db.models import F, Sum

from domain.facts import PointsAwarded, RecallAsked, VoucherListed, VoucherVoided, WishAnswered
from domain.ids import Epoch, ResidentId, StaffId, StationId
from domain.rights import AWARDS, Counter, Move, points_of
from office.books.models import Correction, Errand, Recall, Resident, Station
from office.books.models import Counter as Row
from office.faults import NotGranted
from office.services.corrections import absorb, merge, receivables, take_back
from office.services.grants import free_points, give_points, grant_budget
from office.services.homes import move_home
from office.services.rules import publish_rules
from tests.office.stations import Fleet
from tests.office.world import FIRST, SECOND, OfficeWorld


@pytest.fixture
def fleet(office: OfficeWorld) -> Fleet:
    """Chen's home is the first station; the second has somebody else's."""
    fleet = Fleet(office, FIRST, SECOND)
    fleet.run()
    return fleet


def chen(office: OfficeWorld) -> str:
    return str(office.residents["陈桂芳"].pk)


def points(office: OfficeWorld) -> str:
    return points_of(ResidentId(chen(office)))


def safe(office: OfficeWorld) -> bool:
    """What is out is never more than what was given, at any moment."""
    out = Row.objects.filter(thing=points(office)).aggregate(out=Sum(F("granted") - F("returned")))["out"] or 0
    return bool(out <= Resident.objects.get(pk=chen(office)).ceiling)


def left(fleet: Fleet, office: OfficeWorld) -> dict[str, int]:
    found = {name: one.available(points(office)) for name, one in fleet.stations.items()}
    return {**found, "office": free_points(Resident.objects.get(pk=chen(office)))}


def test_home_holds_up_to_its_cap_and_is_filled_again_after_spending(office: OfficeWorld, fleet: Fleet) -> None:
    publish_rules(office.parts, {"home_cap": 300})
    give_points(office.parts, chen(office), 1000, "巡逻")
    fleet.run()
    assert left(fleet, office) == {FIRST: 300, SECOND: 0, "office": 700}
    fleet.stations[FIRST].issue(1, chen(office), 250)
    fleet.run()
    assert left(fleet, office) == {FIRST: 300, SECOND: 0, "office": 450}
    assert safe(office)


def test_a_wish_elsewhere_is_granted_from_the_office_and_then_from_home(office: OfficeWorld, fleet: Fleet) -> None:
    publish_rules(office.parts, {"home_cap": 300})
    give_points(office.parts, chen(office), 500, "巡逻")
    fleet.run()
    fleet.wish(SECOND, points(office), 120)
    fleet.run()
    assert left(fleet, office) == {FIRST: 300, SECOND: 120, "office": 80}
    assert fleet.stations[SECOND].outcomes() == []
    fleet.wish(SECOND, points(office), 200)
    fleet.run()
    assert left(fleet, office) == {FIRST: 180, SECOND: 320, "office": 0}
    assert fleet.stations[SECOND].outcomes() == ["coming"]
    assert safe(office)


def test_a_wish_that_is_repeated_before_its_grant_arrived_is_granted_once(office: OfficeWorld, fleet: Fleet) -> None:
    publish_rules(office.parts, {"home_cap": 0})
    give_points(office.parts, chen(office), 500, "巡逻")
    for _ in range(3):
        fleet.wish(SECOND, points(office), 120)
    fleet.run()
    assert left(fleet, office)[SECOND] == 120
    fleet.wish(SECOND, points(office), 100, "v2")
    fleet.run()
    assert left(fleet, office)[SECOND] == 220


def test_a_wish_for_more_than_there_is_says_how_much_lies_elsewhere(office: OfficeWorld, fleet: Fleet) -> None:
    give_points(office.parts, chen(office), 100, "巡逻")
    fleet.run()
    fleet.wish(SECOND, points(office), 400)
    fleet.wish(SECOND, points(office), 400)
    fleet.wish(SECOND, "points/nobody", 5)
    fleet.wish(SECOND, "stock/101", 5)
    fleet.run()
    assert fleet.stations[SECOND].outcomes() == ["short", "short"]
    assert left(fleet, office) == {FIRST: 100, SECOND: 0, "office": 0}


def test_what_lies_at_a_station_that_is_not_heard_comes_when_it_is(office: OfficeWorld, fleet: Fleet) -> None:
    give_points(office.parts, chen(office), 100, "巡逻")
    fleet.run()
    Station.objects.filter(pk=FIRST).update(connected=False)
    fleet.wish(SECOND, points(office), 60)
    fleet.run(SECOND)
    assert fleet.stations[SECOND].outcomes() == ["unreachable"]
    fleet.run(passing=0.5)
    assert left(fleet, office)[SECOND] == 60
    assert safe(office)


def test_two_who_wish_for_the_same_points_never_both_get_them(office: OfficeWorld) -> None:
    third = "50019900100103"
    office.enrol(third)
    fleet = Fleet(office, FIRST, SECOND, third)
    give_points(office.parts, chen(office), 100, "巡逻")
    fleet.run()
    fleet.wish(SECOND, points(office), 70)
    fleet.wish(third, points(office), 70)
    fleet.run()
    held = left(fleet, office)
    assert sum(held.values()) == 100
    assert 70 in (held[SECOND], held[third])
    assert safe(office)


def test_a_wish_that_is_not_repeated_is_dropped_and_the_points_go_home(office: OfficeWorld, fleet: Fleet) -> None:
    give_points(office.parts, chen(office), 100, "巡逻")
    fleet.run()
    fleet.wish(SECOND, points(office), 60)  # home is asked
    fleet.now += 60
    fleet.run()
    assert left(fleet, office) == {FIRST: 100, SECOND: 0, "office": 0}
    assert fleet.stations[FIRST].said(RecallAsked)


def test_idle_points_come_home_by_the_clock_of_the_office(office: OfficeWorld, fleet: Fleet) -> None:
    give_points(office.parts, chen(office), 100, "巡逻")
    fleet.run()
    fleet.wish(SECOND, points(office), 60)
    fleet.run()
    fleet.stations[SECOND].issue(1, chen(office), 10)
    fleet.run()
    assert left(fleet, office)[SECOND] == 50
    office.parts.system.wall_ms += 3 * 86_400_000  # type: ignore[attr-defined]
    fleet.now += 4000
    fleet.run()
    assert left(fleet, office) == {FIRST: 90, SECOND: 0, "office": 0}


def test_another_home_gets_what_is_free_at_once_and_the_rest_as_it_comes(office: OfficeWorld, fleet: Fleet) -> None:
    give_points(office.parts, chen(office), 100, "巡逻")
    fleet.run()
    fleet.stations[FIRST].issue(1, chen(office), 30)
    assert move_home(office.parts, chen(office), SECOND, "搬家") == 0
    fleet.run()
    assert left(fleet, office) == {FIRST: 0, SECOND: 70, "office": 0}
    assert Resident.objects.get(pk=chen(office)).home_id == SECOND
    assert Recall.objects.get().answered == Recall.objects.get().asked


def test_taking_back_burns_what_returns_and_shows_what_is_owed(office: OfficeWorld, fleet: Fleet) -> None:
    publish_rules(office.parts, {"home_cap": 60})
    give_points(office.parts, chen(office), 100, "巡逻")
    fleet.run()
    fleet.stations[FIRST].answers = False
    row = take_back(office.parts, chen(office), 80, "记错了")
    assert (row.burnt, row.owed) == (40, 40)
    assert receivables() == [row]
    fleet.stations[FIRST].issue(1, chen(office), 50)
    fleet.run()
    fleet.stations[FIRST].answers = True
    for fact in fleet.stations[FIRST].said(RecallAsked):
        fleet.stations[FIRST]._return(fact)  # type: ignore[arg-type]
    fleet.run()
    row = Correction.objects.get()
    assert (row.burnt, row.owed) == (50, 30)  # 10 were left at the station
    give_points(office.parts, chen(office), 20, "清洁")  # what is given goes into what is owed
    assert Correction.objects.get().owed == 10
    assert absorb(office.parts, row.pk, "算了").owed == 0
    give_points(office.parts, chen(office), 20, "清洁")
    fleet.run()
    assert left(fleet, office) == {FIRST: 20, SECOND: 0, "office": 0}
    assert safe(office)


def test_points_earned_at_a_station_are_burnt_too(office: OfficeWorld, fleet: Fleet) -> None:
    grant_budget(office.parts, FIRST, 100, "十一月")
    fleet.run()
    one = fleet.stations[FIRST]
    one.write(
        PointsAwarded("a1", ResidentId(chen(office)), 30, StaffId("he"), "巡逻"),
        Move(AWARDS, Counter.SPENT, 30),
        Move(points_of(ResidentId(chen(office))), Counter.EARNED, 30),
    )
    fleet.run()
    take_back(office.parts, chen(office), 30, "重复")
    fleet.run()
    resident = Resident.objects.get(pk=chen(office))
    assert (resident.credits, resident.burnt, receivables()) == (0, 30, [])
    assert left(fleet, office) == {FIRST: 0, SECOND: 0, "office": 0}
    assert one.available(AWARDS) == 70


def test_two_accounts_become_one_without_a_point_more(office: OfficeWorld, fleet: Fleet) -> None:
    li = str(office.residents["李明"].pk)
    give_points(office.parts, chen(office), 100, "巡逻")
    fleet.run()
    fleet.stations[FIRST].issue(1, chen(office), 30)
    merge(office.parts, chen(office), li, "同一个人")
    fleet.run()
    assert left(fleet, office) == {FIRST: 0, SECOND: 0, "office": 0}
    assert fleet.stations[SECOND].available(points_of(ResidentId(li))) == 70
    with pytest.raises(NotGranted, match="closed"):
        give_points(office.parts, chen(office), 1, "?")
    assert safe(office)


@pytest.mark.parametrize("late", ["void", "award"])
def test_what_comes_to_an_account_after_it_was_merged_is_the_other_ones_too(
    office: OfficeWorld, fleet: Fleet, late: str
) -> None:
    li, first = str(office.residents["李明"].pk), fleet.stations[FIRST]
    give_points(office.parts, chen(office), 100, "巡逻")
    grant_budget(office.parts, FIRST, 50, "奖励")
    fleet.run()
    moves = first.issue(1, chen(office), 30)
    fleet.run()
    merge(office.parts, chen(office), li, "同一个人")
    fleet.run()
    if late == "void":
        void = VoucherVoided(StationId(FIRST), Epoch(1), 1, StaffId("he"), "坏了")
        first.write(void, *(Move(move.right, Counter.REFUNDED, move.amount) for move in moves))
    else:  # written before the station heard of the merging
        award = PointsAwarded("a1", ResidentId(chen(office)), 30, StaffId("he"), "帮工")
        first.write(
            award, Move(AWARDS, Counter.SPENT, 30), Move(points_of(ResidentId(chen(office))), Counter.EARNED, 30)
        )
    fleet.run()
    assert left(fleet, office) == {FIRST: 0, SECOND: 0, "office": 0}
    assert fleet.stations[SECOND].available(points_of(ResidentId(li))) == 100


def test_an_errand_that_fails_keeps_no_other_waiting(office: OfficeWorld, fleet: Fleet) -> None:
    Errand.objects.create(kind="list", key="not a voucher", at=office.parts.now())
    give_points(office.parts, chen(office), 100, "巡逻")
    fleet.run()
    fleet.wish(SECOND, points(office), 60)
    fleet.run()
    assert left(fleet, office)[SECOND] == 60
    assert list(Errand.objects.values_list("key", flat=True)) == ["not a voucher"]


def test_many_errands_that_fail_keep_no_other_waiting(office: OfficeWorld, fleet: Fleet) -> None:
    give_points(office.parts, chen(office), 100, "巡逻")
    fleet.run()
    for number in range(120):  # as when the second disk is away: no purse can be settled
        Errand.objects.create(kind="list", key=f"not a voucher {number}", at=office.parts.now())
    fleet.stations[FIRST].issue(1, chen(office), 10, SECOND)
    for _ in range(4):
        fleet.run()
    assert len(fleet.stations[SECOND].said(VoucherListed)) == 1


def test_two_corrections_at_once_ask_for_both(office: OfficeWorld, fleet: Fleet) -> None:
    give_points(office.parts, chen(office), 200, "巡逻")
    fleet.run()
    take_back(office.parts, chen(office), 50, "记错")
    take_back(office.parts, chen(office), 60, "又记错")
    fleet.run()
    assert receivables() == []
    assert left(fleet, office) == {FIRST: 90, SECOND: 0, "office": 0}


def test_a_wish_does_not_get_what_is_owed(office: OfficeWorld, fleet: Fleet) -> None:
    give_points(office.parts, chen(office), 100, "巡逻")
    fleet.run()
    fleet.stations[FIRST].answers = False
    fleet.wish(SECOND, points(office), 80)
    take_back(office.parts, chen(office), 80, "记错")
    fleet.stations[FIRST].answers = True
    first = fleet.stations[FIRST]
    fleet.run(FIRST)
    fleet.run()
    assert receivables() == []
    assert (first.available(points(office)), fleet.stations[SECOND].available(points(office))) == (20, 0)
    assert safe(office)


def test_what_came_back_too_little_is_asked_for_again(office: OfficeWorld, fleet: Fleet) -> None:
    give_points(office.parts, chen(office), 100, "巡逻")
    fleet.run()
    first = fleet.stations[FIRST]
    moves = first.issue(1, chen(office), 80)
    take_back(office.parts, chen(office), 100, "记错")
    fleet.run()
    assert [row.owed for row in receivables()] == [80]
    void = VoucherVoided(StationId(FIRST), Epoch(1), 1, StaffId("he"), "坏了")
    first.write(void, *(Move(move.right, Counter.REFUNDED, move.amount) for move in moves))
    fleet.run()
    assert receivables() == []


def test_nothing_is_granted_by_hand_to_a_station_that_is_not_merged(office: OfficeWorld, fleet: Fleet) -> None:
    Station.objects.filter(pk=FIRST).update(unmerged=1)
    with pytest.raises(NotGranted):
        grant_budget(office.parts, FIRST, 10, "活动")


def test_whoever_asks_is_told_how_much_lies_elsewhere_once_and_nothing_moves(office: OfficeWorld, fleet: Fleet) -> None:
    publish_rules(office.parts, {"home_cap": 300})
    give_points(office.parts, chen(office), 500, "巡逻")
    fleet.run()
    for right in (points(office), points(office), "points/nobody", "limit/h1/rice/2026-11"):
        fleet.wish(SECOND, right, 0)
    fleet.wish(FIRST, points(office), 0)
    fleet.run()
    for station, lies in ((SECOND, 500), (FIRST, 200)):
        told = [fact for fact in fleet.stations[station].said(WishAnswered) if isinstance(fact, WishAnswered)]
        assert [(fact.right, fact.outcome, fact.elsewhere) for fact in told] == [(points(office), "told", lies)]
    assert left(fleet, office) == {FIRST: 300, SECOND: 0, "office": 200}


def test_an_office_that_does_not_know_where_points_lie_says_nothing_of_them(office: OfficeWorld, fleet: Fleet) -> None:
    give_points(office.parts, chen(office), 100, "巡逻")
    fleet.run()
    Station.objects.filter(pk=FIRST).update(unmerged=1)
    fleet.wish(SECOND, points(office), 0)
    fleet.run(SECOND)
    assert fleet.stations[SECOND].outcomes() == []
