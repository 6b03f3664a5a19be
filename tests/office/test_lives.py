"""How lives of stations end at the office: fenced, released, imported; and what turns up too late."""

from __future__ import annotations

from pathlib import Path

import pytest

from domain.entries import decode_entry
from domain.facts import (
    DOWN,
    EpochClosed,
    EpochOpened,
    Fenced,
    RightsHandedBack,
    VoucherHonoured,
    VoucherListed,
    VoucherRefunded,
    fact_of,
)
from domain.ids import Epoch, StaffId, StationId
from domain.rights import Counter as Names
from domain.rights import Move, points_of
from domain.voucher import unpack
from office.books.models import (
    Certificate,
    Correction,
    Counter,
    DownEntry,
    Holding,
    LateClaim,
    Life,
    Station,
    UpEntry,
    Voucher,
)
from office.faults import BadJournal, LifeEnded, NotGranted
from office.services.claims import absorb, accept
from office.services.documents import publish
from office.services.fates import list_voucher
from office.services.grants import free_points, give_points, grant_stock
from office.services.lives import fence, revoke_told
from office.services.overview import overview
from office.services.recovering import merge, recover
from office.services.releasing import exposures, release
from office.worker.carrying import read_sticks, write_stick
from office.worker.importing import import_journal
from office.worker.lives import look_after
from office.worker.writing import apply_entries
from sync.carrying import carried_frame
from sync.chain import Direction
from sync.frame import Private
from sync.stick import OFFICE_FILE, UP_FILE, Stick, StickHead
from sync.store import Position
from sync.tail import Gathered, Gathering, decode_tail, is_tail, tail_want
from tests.office.world import FIRST, SECOND, OfficeWorld, StationEnd


@pytest.fixture
def busy(office: OfficeWorld) -> OfficeWorld:
    """One station with 100 points of a resident and some pieces, 30 points of them spent and heard of."""
    give_points(office.parts, resident(office), 100, "义务巡逻")
    grant_stock(office.parts, FIRST, 101, 9, "送货")
    end = office.ends[FIRST]
    end.open()
    end.write(end.issue(1, resident(office), 30))
    office.talk()
    return office


def resident(office: OfficeWorld) -> str:
    return str(office.residents["陈桂芳"].pk)


def free(office: OfficeWorld) -> int:
    row = office.residents["陈桂芳"]
    row.refresh_from_db()
    return free_points(row)


def carry(end: StationEnd, root: Path, *privates: Private) -> Path:
    """The end's journal on a stick, as its station writes it."""
    own = end.store
    stick, before, messages = Stick(root, end.station, 1), Position(1, 0, own.own[0]), []
    while written := own.own_entries(before.number, 2):
        data, before = carried_frame(end.station, Direction.UP, before, written, 1, end.key.sign)
        messages.append(data)
    size = stick.append(UP_FILE, 0, messages)
    head = StickHead(station=end.station, epoch=1, up=before.number, up_hash=before.hash.hex(), up_bytes=size)
    stick.finish(head, [*privates], None)
    return root


def test_a_fenced_life_is_told_and_nothing_more_is_taken_of_it(busy: OfficeWorld) -> None:
    end = busy.ends[FIRST]
    life = fence(busy.parts, FIRST, "读卡器丢失")
    assert (life.state, life.last_good) == ("fenced", 1)
    end.write(end.issue(2, resident(busy), 10))
    assert "frame.epoch_closed" in busy.talk()
    assert Voucher.objects.count() == 1
    fact = fact_of(decode_entry(end.store.applied[-1]), DOWN)
    assert fact == Fenced(epoch=1, reason="读卡器丢失")  # type: ignore[arg-type]
    row = Station.objects.get(pk=FIRST)
    assert row.waiting == 0  # its acknowledgement is read
    with pytest.raises(NotGranted):
        grant_stock(busy.parts, FIRST, 101, 1, "送货")


def test_points_given_while_the_home_is_shut_wait_at_the_office(busy: OfficeWorld) -> None:
    fence(busy.parts, FIRST, "丢失")
    give_points(busy.parts, resident(busy), 5, "帮工")
    assert free(busy) == 5


def test_what_a_fenced_life_could_still_spend_is_seen_and_stays_frozen_until_it_is_released(busy: OfficeWorld) -> None:
    fence(busy.parts, FIRST, "丢失")
    seen = next(row for row in exposures() if row.station == FIRST)
    assert (seen.state, seen.points, seen.pieces) == ("fenced", 70, 8)
    assert free(busy) == 0
    with pytest.raises(LifeEnded):
        release(busy.parts, SECOND, 1, "还在用")
    assert release(busy.parts, FIRST, 1, "卡已烧毁") == 70
    assert free(busy) == 70
    with pytest.raises(LifeEnded):
        release(busy.parts, FIRST, 1, "再来一次")
    assert next(row for row in exposures() if row.station == FIRST).points == 0


def test_the_journal_of_a_dead_card_is_carried_in_and_the_rest_returns(busy: OfficeWorld, tmp_path: Path) -> None:
    end = busy.ends[FIRST]
    for number in (2, 3):
        end.write(end.issue(number, resident(busy), 10))  # never sent
    stick = carry(end, tmp_path)
    with pytest.raises(LifeEnded, match="fence it first"):
        import_journal(busy.parts, stick, "卡坏了")
    fence(busy.parts, FIRST, "卡坏了")
    done = import_journal(busy.parts, stick, "卡坏了")
    assert (done.held, done.applied, done.parked, done.claims, done.state) == (2, 2, 0, 0, "imported")
    assert Voucher.objects.filter(epoch=1).count() == 3
    assert free(busy) == 50
    life = Life.objects.get(station=FIRST, epoch=1)
    assert (life.last, life.last_good) == (4, 3)


def test_what_turns_up_after_a_release_is_a_claim_that_a_named_person_settles(
    busy: OfficeWorld, tmp_path: Path
) -> None:
    end = busy.ends[FIRST]
    for number in (2, 3):
        end.write(end.issue(number, resident(busy), 10))
    fence(busy.parts, FIRST, "卡丢了")
    release(busy.parts, FIRST, 1, "找不到了")
    for _ in range(2):  # the same card once more brings nothing new
        import_journal(busy.parts, carry(end, tmp_path), "又找到了")
    claims = list(LateClaim.objects.order_by("number"))
    assert [(row.number, row.points, row.why, row.state) for row in claims] == [
        (3, 10, "late", "open"),
        (4, 10, "late", "open"),
    ]
    assert (Voucher.objects.count(), free(busy)) == (1, 70)  # released rights are never taken back
    accept(busy.parts, claims[0].pk, "本人承认")
    absorb(busy.parts, claims[1].pk, "站点承担")
    owed = Correction.objects.get(resident=resident(busy))
    assert (owed.points, owed.burnt, owed.reason, free(busy)) == (10, 10, "本人承认", 60)
    assert [row.state for row in LateClaim.objects.order_by("number")] == ["accepted", "absorbed"]
    with pytest.raises(LifeEnded):
        absorb(busy.parts, claims[0].pk, "再来")


def test_a_forked_journal_is_kept_from_the_fork_on_and_changes_nothing(busy: OfficeWorld, tmp_path: Path) -> None:
    end = busy.ends[FIRST]
    other = end.store.image()
    end.write(end.issue(2, resident(busy), 10))
    busy.talk()
    end.store = other
    end.store.write(end.issue(2, resident(busy), 25))
    fence(busy.parts, FIRST, "两张卡")
    done = import_journal(busy.parts, carry(end, tmp_path), "两张卡")
    assert (done.applied, done.claims, done.state) == (0, 1, "imported")
    claim = LateClaim.objects.get()
    assert (claim.number, claim.points, claim.why) == (3, 25, "fork")
    assert free(busy) == 60


def test_a_stick_that_the_station_did_not_sign_is_turned_away(busy: OfficeWorld, tmp_path: Path) -> None:
    end = busy.ends[FIRST]
    end.key = busy.ends[SECOND].key
    fence(busy.parts, FIRST, "丢失")
    with pytest.raises(BadJournal, match="not signed"):
        import_journal(busy.parts, carry(end, tmp_path), "假的")
    assert Life.objects.get(station=FIRST).state == "fenced"


def test_entries_travel_both_ways_on_a_stick(busy: OfficeWorld, tmp_path: Path) -> None:
    end = busy.ends[FIRST]
    end.write(end.issue(2, resident(busy), 10))
    assert read_sticks(busy.parts, carry(end, tmp_path)) == [(FIRST, 1, 1, "")]
    assert Voucher.objects.count() == 2
    give_points(busy.parts, resident(busy), 5, "帮工")
    assert write_stick(busy.parts, tmp_path, FIRST) > 0
    heard = [end.log.receive(message, 0.0) for message in Stick(tmp_path, FIRST, 1).messages(OFFICE_FILE, None)]
    assert [one.code for one in heard] == [""]
    assert len(end.store.applied) == DownEntry.objects.filter(station=FIRST).count()


class TestAnOldImage:
    """The station's card went back: the office gives the tail, hears the end, and opens the next life."""

    def give_tail(self, office: OfficeWorld) -> list[bytes]:
        end, log = office.ends[FIRST], office.logs[FIRST]
        store = log._store
        end.log.connected(1.0)
        end.log.want((tail_want(Direction.UP, 1, len(end.store.own_data)),))
        frame = end.log.due(1.0)
        assert frame is not None
        log.receive(frame, 1.0)
        return list(store.tails)  # type: ignore[attr-defined]

    def test_from_the_tail_on_nothing_is_granted_until_the_next_life(self, busy: OfficeWorld) -> None:
        end = busy.ends[FIRST]
        image = end.store.image()
        end.write(end.issue(2, resident(busy), 10))
        end.write(end.issue(3, resident(busy), 10))
        busy.talk()
        whole = [*end.store.own_data]
        end.store = end.log._store = image
        tails = self.give_tail(busy)
        assert len(tails) == 1
        assert is_tail(tails[0])
        assert Station.objects.get(pk=FIRST).life == "closing"
        with pytest.raises(NotGranted):
            grant_stock(busy.parts, FIRST, 101, 1, "送货")
        gathering = Gathering(FIRST, Direction.UP, 1, len(image.own_data), image.own[-1])
        public = busy.parts.signer.public
        from sync.identity import signed_by

        tail = decode_tail(tails[0], FIRST, Direction.UP, lambda m, s: signed_by(public, m, s))
        assert gathering.take(tail, lambda m, s: signed_by(end.key.public, m, s)) is Gathered.WHOLE
        assert image.own_data + gathering.entries == whole

    def test_a_copy_that_asks_for_the_tail_and_vanishes_does_not_stop_the_station_that_is_in_step(
        self, busy: OfficeWorld
    ) -> None:
        end = busy.ends[FIRST]
        image = end.store.image()
        end.write(end.issue(2, resident(busy), 10))
        busy.talk()
        healthy, end.store = end.store, image
        end.log._store = image
        self.give_tail(busy)
        assert (Station.objects.get(pk=FIRST).life, overview()[0].wrong) == ("closing", "closing")

        end.store = end.log._store = healthy
        held = len(healthy.own_data)
        end.write(end.issue(3, resident(busy), 10))
        assert busy.talk(now=2.0) == []
        assert (Station.objects.get(pk=FIRST).life, overview()[0].wrong) == ("open", "")
        assert Life.objects.get(station=FIRST).state == "open"
        grant_stock(busy.parts, FIRST, 101, 1, "送货")
        before = {row.thing: row.returned for row in Counter.objects.filter(station=FIRST)}

        copy = end.store = end.log._store = healthy.image()  # the copy has its tail, and ends its life after all
        del copy.own_data[held:], copy.own[held + 1 :]
        end.write(end.entry(RightsHandedBack(1), Move(points_of(resident(busy)), Names.RETURNED, 50)))  # type: ignore[arg-type]
        end.write(end.entry(EpochClosed("log.went_back")))
        copy.holds = held
        assert "log.fork" in busy.talk(now=3.0)
        assert {row.thing: row.returned for row in Counter.objects.filter(station=FIRST)} == before
        assert Station.objects.get(pk=FIRST).life == "open"

    def test_a_station_that_ends_goes_on_ending_though_it_refunds_first(self, busy: OfficeWorld) -> None:
        end = busy.ends[FIRST]
        whole = end.store
        end.write(end.issue(2, resident(busy), 10))
        busy.talk()
        image = whole.image()
        del image.own_data[-1:], image.own[-1:]
        end.store = end.log._store = image
        self.give_tail(busy)
        end.store = end.log._store = whole
        end.write(end.entry(VoucherRefunded(Epoch(1), 2, "void")))
        busy.talk(now=2.0)
        assert Station.objects.get(pk=FIRST).life == "closing"

    def test_what_was_handed_back_is_granted_again_to_the_next_life(self, busy: OfficeWorld) -> None:
        end = busy.ends[FIRST]
        left = {row.thing: row.counters.available for row in Counter.objects.filter(station=FIRST)}
        moves = tuple(Move(thing, Names.RETURNED, amount) for thing, amount in sorted(left.items()))  # type: ignore[arg-type]
        end.write(end.entry(RightsHandedBack(1), *moves))
        end.write(end.entry(EpochClosed("log.went_back")))
        end.write(end.issue(2, resident(busy), 10))
        busy.talk()
        row = Station.objects.get(pk=FIRST)
        assert (row.epoch, row.life) == (1, "closed")
        assert UpEntry.objects.get(station=FIRST, number=5).parked.startswith("entry.")
        log = busy.logs[FIRST]
        ended = Life.objects.get(station=FIRST, epoch=1)
        with log._store.transaction():
            assert not log._store.may_begin(3)
            assert log._store.may_begin(2)
            log._store.begin(2)
        look_after(busy.parts)
        look_after(busy.parts)  # a kill between costs nothing: what is owed is done once
        row.refresh_from_db()
        assert (row.epoch, row.life, row.line, row.up_last) == (2, "open", 1, 0)
        there = {row.thing: row.counters.available for row in Counter.objects.filter(station=FIRST, epoch=2)}
        assert there == left
        assert points_of(resident(busy)) in there  # type: ignore[arg-type]
        assert [life.state for life in Life.objects.filter(station=FIRST).order_by("epoch")] == ["closed", "open"]
        where = (1, ended.last, bytes(ended.hash).hex())
        for before, parked in (
            (where, ""),
            ((1, ended.last - 1, where[2]), "entry.foreign"),
            ((0, 0, ""), "entry.foreign"),
        ):
            fact = EpochOpened(StationId(FIRST), Epoch(2), "test", 1, row.voucher_key, *before)
            (read,), _ = apply_entries(row, 1, [end.entry(fact)], busy.parts.now())
            assert read.parked.partition(":")[0] == parked
        enrolled = EpochOpened(
            StationId(SECOND), Epoch(1), "test", 1, busy.ends[SECOND].voucher_key.public.hex(), *where
        )
        (read,), _ = apply_entries(Station.objects.get(pk=SECOND), 1, [end.entry(enrolled)], busy.parts.now())
        assert read.parked.startswith("entry.foreign")  # it was enrolled, and follows nothing


def test_the_certificates_go_when_the_station_has_heard(busy: OfficeWorld) -> None:
    life = fence(busy.parts, FIRST, "停用")
    now = busy.parts.now()
    Certificate.objects.create(
        station_id=FIRST, epoch=life.enrolled, serial="1f", public=b"k", pem="-", issued_at=now, expires_at=now
    )  # fmt: skip
    assert revoke_told(busy.parts) == []
    busy.talk()
    assert revoke_told(busy.parts) == [FIRST]
    assert Certificate.objects.get().revoked_at is not None
    assert revoke_told(busy.parts) == []


def listed_to(station: str) -> list[tuple[str, int, int]]:
    """What the present down-log of a station lists: issuer, epoch, number."""
    down = DownEntry.objects.filter(station=station, epoch=Station.objects.get(pk=station).down_epoch)
    facts = [fact_of(decode_entry(bytes(row.data)), DOWN) for row in down.order_by("number")]
    papers = [unpack(bytes.fromhex(fact.packed)) for fact in facts if isinstance(fact, VoucherListed)]
    return [(paper.station, paper.number.epoch, paper.number.number) for paper in papers]


@pytest.mark.parametrize("end", ["imported", "released"])
def test_new_hardware_hears_of_open_vouchers_when_it_is_known_how_the_former_life_ended(
    busy: OfficeWorld, tmp_path: Path, end: str
) -> None:
    former = busy.ends[FIRST]
    former.write(former.issue(2, resident(busy), 10))
    busy.talk()
    former.write(
        former.entry(VoucherHonoured(StationId(FIRST), Epoch(1), 1, StaffId("he"), known=True))
    )  # only on its card
    stick = carry(former, tmp_path)
    busy.enrol(FIRST)
    assert listed_to(FIRST) == []
    if end == "imported":
        import_journal(busy.parts, stick, "卡坏了")
        assert listed_to(FIRST) == [(FIRST, 1, 2)]
    else:
        release(busy.parts, FIRST, 1, "找不到了")  # whoever releases answers for what the card may still say
        assert listed_to(FIRST) == [(FIRST, 1, 1), (FIRST, 1, 2)]


def test_what_a_former_life_of_a_place_honoured_before_its_issue_came_is_not_listed_to_the_next(
    busy: OfficeWorld, tmp_path: Path
) -> None:
    place = busy.ends[SECOND]
    place.open()
    place.write(place.entry(VoucherHonoured(StationId(FIRST), Epoch(1), 1, StaffId("he"), known=True)))
    busy.talk(SECOND)
    fence(busy.parts, SECOND, "换机器")
    import_journal(busy.parts, carry(place, tmp_path), "换机器")
    busy.enrol(SECOND)
    Voucher.objects.filter(number=1).update(place=SECOND)
    list_voucher(busy.parts, FIRST, 1, 1)
    assert listed_to(SECOND) == []


def test_after_a_restore_a_station_that_has_a_document_is_not_waited_for_again(busy: OfficeWorld) -> None:
    for name in ("guide", "notices"):
        publish(busy.parts, name, 1, b'{"version":1}', {})
    Holding.objects.filter(station=FIRST, name="guide").update(state="taken")
    recover(busy.parts, "恢复")
    merge(busy.parts, FIRST)
    rows = Holding.objects.filter(station=FIRST).order_by("name").values_list("name", "state")
    assert list(rows) == [("guide", "taken"), ("notices", "waiting")]
    busy.enrol(FIRST)  # another machine has nothing of it
    assert set(Holding.objects.filter(station=FIRST).values_list("state", flat=True)) == {"waiting"}
