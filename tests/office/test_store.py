"""What stations send, in the books: applied once, or parked with a reason; nothing a station says blocks it."""

from __future__ import annotations

import msgspec
import pytest

from domain.facts import DocumentRefused, DocumentTaken, EpochOpened, PaperSettled, VoucherVoided
from domain.ids import Epoch, ItemId, ResidentId, StaffId, StationId
from domain.rights import Counter as Names
from domain.rights import Move, points_of, stock_of
from office.books.models import Alarm, Counter, DownEntry, Station, UpEntry, Voucher
from office.services.grants import give_points, grant_stock
from sync.chain import Direction, first_hash, next_hash
from sync.store import AlarmCode
from tests.office.world import FIRST, SECOND, OfficeWorld, StationEnd


@pytest.fixture
def ready(office: OfficeWorld) -> StationEnd:
    """The first station, open, with 380 points of a resident and two sacks of rice."""
    give_points(office.parts, chen(office), 380, "测试")
    grant_stock(office.parts, FIRST, 101, 2, "送货")
    end = office.ends[FIRST]
    end.open()
    return end


def chen(office: OfficeWorld) -> str:
    return str(office.residents["陈桂芳"].pk)


def parked() -> list[tuple[int, str]]:
    rows = UpEntry.objects.exclude(parked="").order_by("number").values_list("number", "parked")
    return [(number, reason.partition(":")[0]) for number, reason in rows]


def spent(thing: str) -> int:
    return sum(Counter.objects.filter(thing=thing).values_list("spent", flat=True))


def test_a_voucher_stands_in_the_books_once(office: OfficeWorld, ready: StationEnd) -> None:
    ready.write(ready.issue(1, chen(office), 120))
    assert office.talk() == []
    assert office.talk(now=100.0) == []  # heartbeats and greetings again
    row = Voucher.objects.get()
    assert (row.number, row.points, row.item, row.resident, row.fate) == (1, 120, 101, chen(office), "")
    assert spent(points_of(ResidentId(chen(office)))) == 120
    assert spent(stock_of(ItemId(101))) == 1
    assert parked() == []
    station = Station.objects.get(pk=FIRST)
    assert station.up_last == 2
    assert bytes(station.up_hash) == ready.store.own[-1]
    assert station.down_acked == station.down_last == DownEntry.objects.filter(station=FIRST).count()


def test_the_entries_are_kept_byte_for_byte(office: OfficeWorld, ready: StationEnd) -> None:
    for number in range(1, 121):
        ready.write(ready.issue(number, chen(office), 1, item=201, pieces=1))
    office.talk()
    kept = [bytes(row.data) for row in UpEntry.objects.filter(station=FIRST).order_by("number")]
    assert kept == ready.store.own_data
    hash_ = first_hash(Direction.UP, FIRST, 1)
    for row in UpEntry.objects.filter(station=FIRST).order_by("number"):
        hash_ = next_hash(hash_, bytes(row.data))
        assert bytes(row.hash) == hash_


def test_a_void_refunds(office: OfficeWorld, ready: StationEnd) -> None:
    ready.write(ready.issue(1, chen(office), 120))
    office.talk()
    fact = VoucherVoided(StationId(FIRST), Epoch(1), 1, StaffId("he"), "拿错了")
    moves = (
        Move(points_of(ResidentId(chen(office))), Names.REFUNDED, 120),
        Move(stock_of(ItemId(101)), Names.REFUNDED, 1),
    )
    ready.write(ready.entry(fact, *moves))
    ready.write(ready.entry(fact, *moves))  # a second fate
    office.talk(now=100.0)
    assert Voucher.objects.get().fate == "void"
    assert Counter.objects.get(thing=points_of(ResidentId(chen(office)))).refunded == 120
    assert parked() == [(4, "entry.twice")]


def test_issued_and_void_in_one_frame(office: OfficeWorld, ready: StationEnd) -> None:
    ready.write(ready.issue(1, chen(office), 120))
    fact = VoucherVoided(StationId(FIRST), Epoch(1), 1, StaffId("he"), "拿错了")
    moves = (
        Move(points_of(ResidentId(chen(office))), Names.REFUNDED, 120),
        Move(stock_of(ItemId(101)), Names.REFUNDED, 1),
    )
    ready.write(ready.entry(fact, *moves))
    office.talk()
    assert Voucher.objects.get().fate == "void"
    assert parked() == []


def test_each_bad_entry_is_parked_with_its_reason_and_blocks_nothing(office: OfficeWorld, ready: StationEnd) -> None:
    resident = chen(office)
    good, overspent = ready.issue(1, resident, 100), ready.issue(2, resident, 9999)
    settled = PaperSettled(Epoch(1), 1, StaffId("he"))
    points = points_of(ResidentId(resident))
    for data in (
        good,  # 2
        overspent,  # 3
        ready.entry(settled, kind="from_the_future"),  # 4
        b"not even JSON",  # 5
        b"\xff\xfe\x00",  # 6
        ready.issue(1, resident, 5),  # 7: the number again
        ready.entry(settled, Move(points, Names.SPENT, 1)),  # 8: moves that mean nothing
        ready.entry(VoucherVoided(StationId(FIRST), Epoch(1), 77, StaffId("he"), "?")),  # 9
        ready.entry(EpochOpened(StationId(FIRST), Epoch(1), "test", 1, "00" * 32)),  # 10
        ready.issue(2**24, resident, 5),  # 11: no voucher has such a number
        good.replace(b'"points":100', b'"points":"x"'),  # 12
        ready.issue(3, resident, 7).replace(b'"points":7', b'"points":8'),  # 13: says 8, moves 7
        ready.issue(4, "nobody", 5).replace(b'"resident":"nobody"', b'"resident":"no\\u0000body"'),  # 14
        ready.entry(settled),  # 15
        ready.issue(5, resident, 280),  # 16: everything that is left
    ):
        ready.write(data)
    assert office.talk() == []
    assert parked() == [
        (3, "entry.overspent"),
        (4, "entry.unknown_kind"),
        (5, "entry.malformed"),
        (6, "entry.malformed"),
        (7, "entry.twice"),
        (8, "entry.moves"),
        (9, "entry.unknown_voucher"),
        (10, "entry.foreign"),
        (11, "entry.range"),
        (12, "entry.malformed"),
        (13, "entry.moves"),
        (14, "entry.range"),
    ]
    assert Station.objects.get(pk=FIRST).up_last == 16
    assert spent(points) == 380
    assert sorted(Voucher.objects.values_list("number", flat=True)) == [1, 5]


def test_documents_taken_and_refused_are_noted(office: OfficeWorld, ready: StationEnd) -> None:
    from office.books.models import Holding

    for name in ("catalogue", "notices"):
        Holding.objects.create(station_id=FIRST, name=name, version=3, at=office.parts.now())
    ready.write(ready.entry(DocumentTaken("catalogue", 3, "a" * 64)))
    ready.write(ready.entry(DocumentRefused("notices", 3, "b" * 64, "document.malformed", "bad\x00 bytes")))
    ready.write(ready.entry(DocumentRefused("catalogue", 2, "c" * 64, "document.malformed", "of an older one")))
    ready.write(ready.entry(DocumentTaken("cata\x00logue", 3, "a" * 64)))
    ready.write(ready.entry(DocumentTaken("catalogue", 2**63 - 1, "a" * 64)))
    office.talk()
    assert parked() == [(5, "entry.range"), (6, "entry.range")]
    rows = Holding.objects.order_by("name").values_list("name", "state", "reason")
    assert list(rows) == [
        ("catalogue", "taken", ""),
        ("notices", "refused", "document.malformed: bad· bytes"),
    ]


def test_nobody_speaks_for_another_station(office: OfficeWorld, ready: StationEnd) -> None:
    other = office.ends[SECOND]
    other.open()
    other.log.connected(0)
    frame = other.log.due(0)
    assert frame is not None
    heard = office.logs[FIRST].receive(frame, 0)
    assert heard.code == "frame.unsigned"
    assert UpEntry.objects.count() == 0


def test_bad_bytes_change_nothing(office: OfficeWorld, ready: StationEnd) -> None:
    ready.log.connected(0)
    frame = ready.log.due(0)
    assert frame is not None
    body, signature = msgspec.msgpack.decode(frame)
    bad = {
        frame[:-1]: "frame.malformed",
        b"": "frame.malformed",
        frame + b"\0" * 60_000: "frame.oversize",
        msgspec.msgpack.encode([body, bytes(64)]): "frame.unsigned",
        msgspec.msgpack.encode([body[:-1] + b"\0", signature]): "frame.unsigned",
    }
    for data, code in bad.items():
        assert office.logs[FIRST].receive(data, 0).code == code
    assert UpEntry.objects.count() == 0
    assert office.logs[FIRST].receive(frame, 0).taken == 1
    assert office.logs[FIRST].receive(frame, 0).taken == 0  # replayed: hashed through, not applied again
    assert UpEntry.objects.count() == 1


def test_an_old_card_after_a_new_enrolment_is_not_heard(office: OfficeWorld, ready: StationEnd) -> None:
    ready.write(ready.issue(1, chen(office), 100))
    office.talk()
    old = ready
    office.enrol(FIRST)
    old.write(old.issue(2, chen(office), 50))
    old.log.connected(0)
    frame = old.log.due(0)
    assert frame is not None
    assert office.logs[FIRST].receive(frame, 0).code == "frame.unsigned"  # its key is not the new life's
    station = Station.objects.get(pk=FIRST)
    assert (station.epoch, station.up_last, station.down_epoch) == (2, 0, 2)
    held = Counter.objects.get(thing=points_of(ResidentId(chen(office))))
    assert (held.epoch, held.counters.available) == (1, 280)  # what the old one holds stays visible


def test_a_station_that_went_back_raises_an_alarm_once(office: OfficeWorld, ready: StationEnd) -> None:
    image = ready.store.image()
    ready.write(ready.issue(1, chen(office), 100))
    office.talk()
    ready.store.own, ready.store.own_data = image.own, image.own_data
    office.talk(now=100.0)
    assert AlarmCode.WENT_BACK in ready.store.alarms  # only the receiver of an acknowledgement may judge this
    other = ready.issue(1, chen(office), 50)
    ready.write(other)
    for now in (200.0, 300.0):
        office.talk(now=now)
    assert list(Alarm.objects.values_list("code", flat=True)) == [AlarmCode.FORK.value]
    assert Voucher.objects.get().points == 100


def test_an_entry_nested_without_end_blocks_nothing(office: OfficeWorld, ready: StationEnd) -> None:
    deep = b"[" * 1900 + b"]" * 1900
    ready.write(b'{"kind":"x","nonce":"%s","boot":1,"at":1,"clock_ok":true,"body":%s}' % (b"0" * 32, deep))
    ready.write(b'{"kind":"x","nonce":"%s","boot":1,"at":1,"clock_ok":true,"more":%s,"body":{}}' % (b"1" * 32, deep))
    ready.write(ready.issue(1, chen(office), 5))
    office.talk()
    assert Station.objects.get(pk=FIRST).up_last == 4
    assert {number for number, _ in parked()} == {2, 3}
    assert Voucher.objects.count() == 1
