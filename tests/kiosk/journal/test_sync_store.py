"""The journal as one end of the link: real logs between a real journal and an office in memory."""

from __future__ import annotations

import random
from dataclasses import dataclass

import pytest

from domain.entries import Stamp, decode_entry, encode_entry
from domain.facts import ConsentGiven, DocumentAnnounced, Fact, Granted
from domain.refusals import RefusalCode, Refused
from domain.rights import points_of
from kiosk import faults
from kiosk.desk.answers import Issued
from kiosk.journal.announcements import Announcement
from kiosk.journal.ending import close, open_next
from kiosk.journal.journal import connection_of
from kiosk.journal.sync_store import SyncStore
from kiosk.journal.verify import verify
from sync.chain import Direction, first_hash
from sync.frame import SignedHead
from sync.identity import SigningKey, signed_by
from sync.log import Log
from sync.store import AlarmCode, Position
from tests.simulation.memory import MemoryStore
from tests.support.desk import CHEN, STATION, TestDesk

YEAR_MS = 365 * 86_400_000
UP, DOWN = SigningKey(1, b"u" * 32), SigningKey(1, b"d" * 32)


@dataclass
class Pair:
    """A station and an office that hear each other at once."""

    desk: TestDesk
    office: MemoryStore

    def __post_init__(self) -> None:
        # The desk's fixture heard its first people from this office.
        for (data,) in connection_of(self.desk.journal).execute("SELECT bytes FROM down_entries ORDER BY number"):
            self.office.write(data)
        self.log = Log(
            station=STATION,
            writes=Direction.UP,
            store=SyncStore(self.desk.journal, self.desk.journal.begin_sync_boot()),
            sign=UP.sign,
            verify=lambda message, signature: signed_by(DOWN.public, message, signature),
            random=random.Random(1).random,
        )
        self.far = Log(
            station=STATION,
            writes=Direction.DOWN,
            store=self.office,
            sign=DOWN.sign,
            verify=lambda message, signature: signed_by(UP.public, message, signature),
            random=random.Random(2).random,
        )

    def write(self, fact: Fact) -> None:
        nonce = len(self.office.own_data).to_bytes(16, "big")
        self.office.write(encode_entry(Stamp(nonce, 1, 1, clock_ok=True), fact.KIND, fact))

    def meet(self, now: float = 0.0) -> None:
        """Connect and talk until nobody has anything to say."""
        self.log.connected(now)
        self.far.connected(now)
        for _ in range(50):
            up, down = self.log.due(now), self.far.due(now)
            if up is not None:
                self.far.receive(up, now)
            if down is not None:
                self.log.receive(down, now)
            if up is None and down is None:
                return
        raise AssertionError("they never come to an end")


@pytest.fixture
def pair(desk: TestDesk) -> Pair:
    return Pair(desk, MemoryStore(STATION, Direction.DOWN))


def test_what_was_done_here_arrives_there_and_the_screen_knows(pair: Pair) -> None:
    desk = pair.desk
    desk.issued("a")
    assert desk.journal.office.seen().waiting == 2  # the epoch and the voucher
    pair.meet()
    assert [decode_entry(data).kind for data in pair.office.applied] == ["epoch_opened", "voucher_issued"]
    assert desk.journal.office.seen().waiting == 0
    desk.issued("b")
    assert desk.journal.office.seen().waiting == 1


def test_what_the_office_grants_can_be_spent(pair: Pair) -> None:
    pair.write(Granted(right=points_of(CHEN), total=1000))
    pair.meet()
    assert pair.desk.journal.rights.get(points_of(CHEN)).granted == 1000
    assert pair.office.holds == len(pair.office.own_data)
    assert verify(pair.desk.journal).sound


def test_an_announcement_waits_until_it_is_marked_and_a_newer_one_takes_its_place(pair: Pair) -> None:
    announcements = pair.desk.journal.announcements
    pair.write(DocumentAnnounced("catalogue", 2, "a" * 64, 10))
    pair.write(DocumentAnnounced("catalogue", 2, "a" * 64, 10))  # the same again changes nothing
    pair.meet()
    assert announcements.all() == (Announcement("catalogue", 2, "a" * 64, 10, None, "pending"),)
    announcements.mark("catalogue", 1, "taken")  # of an older one: too late
    assert announcements.all()[0].state == "pending"
    announcements.mark("catalogue", 2, "taken")
    pair.write(DocumentAnnounced("catalogue", 1, "b" * 64, 10))  # older: parked
    pair.write(DocumentAnnounced("catalogue", 2, "b" * 64, 10))  # another under the same version: parked
    pair.meet(100)
    assert announcements.all() == (Announcement("catalogue", 2, "a" * 64, 10, None, "taken"),)
    assert pair.desk.journal.down.parked() == 2
    pair.write(DocumentAnnounced("catalogue", 3, "c" * 64, 11, effective_from=5))
    pair.meet(200)
    assert announcements.all() == (Announcement("catalogue", 3, "c" * 64, 11, 5, "pending"),)
    assert verify(pair.desk.journal).sound


def test_a_card_that_went_back_in_time_sells_nothing_any_more(pair: Pair) -> None:
    desk = pair.desk
    pair.meet()
    # The office holds an entry of ours that we do not have: our storage is an older image.
    ghost = encode_entry(Stamp(b"g" * 16, 1, 1, clock_ok=True), "ghost", {})
    pair.office.peer.append(b"x" * 32)
    pair.office.applied.append(ghost)
    pair.meet(100)
    seen = desk.journal.office.seen()
    assert seen.alarm == AlarmCode.WENT_BACK
    assert desk.redeem() == Refused(RefusalCode.STATION_HALTED)
    desk.reopen()
    assert desk.journal.office.alarm() == AlarmCode.WENT_BACK  # also after a restart


def test_two_processes_write_one_journal(pair: Pair, desk: TestDesk) -> None:
    """The desk sells on its own connection while the office's entries come in on another."""
    other = TestDesk.open(desk)
    before = desk.journal.data_version()
    store = SyncStore(other.journal, 1)
    far = Log(
        station=STATION,
        writes=Direction.UP,
        store=store,
        sign=UP.sign,
        verify=lambda message, signature: signed_by(DOWN.public, message, signature),
        random=random.Random(3).random,
    )
    far.connected(0)
    pair.write(Granted(right=points_of(CHEN), total=2000))
    pair.far.connected(0)
    assert isinstance(desk.redeem("a"), Issued)
    down = pair.far.due(0)
    assert down is not None
    taken = far.receive(down, 0).taken
    assert taken == 1  # the rest was held already, and was hashed through
    assert desk.journal.data_version() != before
    assert isinstance(desk.redeem("b", item=201), Issued)
    assert desk.journal.rights.get(points_of(CHEN)).granted == 2000
    assert verify(desk.journal).sound
    other.journal.close()


def test_an_epoch_of_the_office_begins_anew(pair: Pair) -> None:
    desk = pair.desk
    pair.meet()
    store = SyncStore(desk.journal, 1)
    assert not store.may_begin(1)
    with store.transaction():
        store.begin(2)
    assert store.peer_head().epoch == 2
    assert store.peer_head().number == 0
    with store.transaction():
        desk.journal.down.receive(
            [encode_entry(Stamp(b"n" * 16, 1, 1, clock_ok=True), "granted", Granted(points_of(CHEN), 500))]
        )
    desk.reopen()
    assert desk.journal.identity.down_epoch == 2
    assert desk.journal.rights.get(points_of(CHEN)).granted == 500
    assert verify(desk.journal).sound


def test_what_the_office_signed_stands_beside_every_acknowledgement(pair: Pair) -> None:
    pair.write(Granted(right=points_of(CHEN), total=2000))
    pair.meet()
    journal, store = pair.desk.journal, SyncStore(pair.desk.journal, 1)
    signed = journal.office.head()
    assert signed is not None
    assert store.peer_signature() == signed.signature
    begun = SignedHead(0, b"h" * 32, b"s" * 64)
    with store.transaction():
        store.begin(2, begun)
    assert store.peer_signature() == b""  # what does not fit the place proves nothing
    with store.transaction():
        store.begin(3, SignedHead(0, first_hash(Direction.DOWN, journal.identity.station, 3), b"s" * 64))
    assert store.peer_signature() == b"s" * 64
    with store.transaction():
        store.begin(4, SignedHead(7, b"h" * 32, b"s" * 64))
    assert store.peer_signature() == b""


def test_an_office_that_forgot_how_a_life_ended_hears_of_it_before_the_next_one(pair: Pair) -> None:
    journal = pair.desk.journal
    pair.meet()
    stamps = iter(range(10**6, 2 * 10**6))

    def stamp() -> Stamp:
        return Stamp(next(stamps).to_bytes(16, "big"), 1, 1, clock_ok=True)

    forgets = len(pair.office.peer)
    for n in range(70):
        with journal.transaction("test"):
            fact = ConsentGiven(CHEN, n)
            journal.chain.append(encode_entry(stamp(), fact.KIND, fact))
    with journal.transaction("test"):
        close(journal, stamp, "log.went_back")
    pair.log.poke()
    pair.meet(20.0)
    with journal.transaction("test"):
        open_next(journal, stamp, "test")
    office, last = pair.office, len(pair.office.peer)
    del office.peer[forgets:], office.applied[forgets - 1 :]
    pair.far._timing.greet = True
    for now in range(100, 200, 20):
        pair.meet(float(now))
    assert len(office.peer) == last  # the whole of it, and each entry once
    assert office.alarms == [AlarmCode.EPOCH_UNKNOWN]  # this office does not begin the next one
    assert SyncStore(journal, 1).former(Position(1, 1, b"x" * 32), 50) is None


def test_a_beginning_that_was_rolled_back_has_not_begun(desk: TestDesk) -> None:
    store = SyncStore(desk.journal, 1)
    before = store.peer_head()

    def fails(passed: str) -> None:
        if passed == "sync.life_begun":
            raise OSError("the disk")

    faults.listen(fails)
    with pytest.raises(OSError, match="the disk"), store.transaction():
        store.begin(2)
    faults.listen(None)
    with store.transaction():
        assert store.peer_head() == before
        assert store.may_begin(2)


def test_the_graver_alarm_stands(desk: TestDesk) -> None:
    office, raised = desk.journal.office, []
    for code in (
        "log.fork",
        "stick.ahead",
        "log.fork",
        "log.went_back",
        "stick.ahead",
        "log.own_fork",
        "log.went_back",
    ):
        with desk.journal.transaction("test"):
            raised.append(office.raise_alarm(code, ""))
    assert raised == [True, True, False, True, False, False, False]
    assert office.alarm() == "log.went_back"
    assert office.mute()


def test_a_contact_that_a_clock_ahead_noted_is_noted_again(desk: TestDesk) -> None:
    minute, now = 60_000, desk.system.now_ms()
    for heard, noted in ((now, True), (now - minute, True), (now - minute - 1, False), (now + 10 * YEAR_MS, False)):
        with desk.journal.transaction("test"):
            desk.journal.office.set_connected(1, heard)
        assert desk.journal.office.seen().noted(now) is noted
