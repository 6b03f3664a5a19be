"""A card that went back in time, cut off at every instant of being put right: nothing is lost and nothing twice."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from domain.entries import Stamp, decode_entry, encode_entry
from domain.facts import UP, ConsentGiven, EpochOpened, Granted, ResidentErased, VoucherDecided, fact_of
from domain.ids import Epoch, PlaceId, ResidentId
from domain.refusals import RefusalCode, Refused
from domain.rights import points_of
from domain.voucher_number import VoucherNumber
from kiosk import faults
from kiosk.closing import Closing
from kiosk.desk.answers import Issued
from kiosk.durable import write_durably
from kiosk.journal.ending import is_closed
from kiosk.journal.journal import Journal, connection_of
from kiosk.journal.verify import verify
from kiosk.station import Folder
from kiosk.stick import AHEAD, StickFault, check_stick, copy, is_ahead, read_back, stick_of
from sync.chain import Direction, next_hash
from sync.frame import SignedHead, Want, head_message
from sync.identity import SigningKey, signed_by
from sync.stick import UP_FILE, StickError
from sync.store import AlarmCode, Position, Written
from sync.tail import encode_tail, make_tail, wanted_tail
from tests.support.desk import CHEN, LI, STATION, TestDesk

FRAME, OFFICE = SigningKey(1, b"f" * 32), SigningKey(1, b"d" * 32)
POINTS = [("replay.entry", 1), ("replay.entry", 2), ("close.part", 1)]
POINTS += [("closing.replayed", 1), ("closing.closed", 1), ("closing.before_commit", 1), ("closing.after_commit", 1)]
POINTS += [("next.begun", 1), ("next.opened", 1), ("next.before_commit", 1), ("next.after_commit", 1)]


class Cut(Exception):
    """The power went."""


class Went:
    """A station whose card is an image: the present one and what the office has of it."""

    def __init__(self, root: Path) -> None:
        (root / "data" / "secrets").mkdir(parents=True)
        self.commands = 0
        self.desk = TestDesk(root / "data")
        self.folder = Folder(self.desk.path.parent)
        write_durably(self.folder.voucher_key, b"v" * 32, 0o600)
        self.bought = [self.buy(LI, 201)]
        image = root / "image.db"
        self.desk.journal.close()
        shutil.copy(self.desk.path, image)
        self.desk.reopen()
        self.bought += [self.buy(CHEN, 101), self.buy(CHEN, 201)]
        self.office = list(self.desk.journal.chain.read())
        self.left = {who: self.points(self.desk.journal, who) for who in (CHEN, LI)}
        self.codes = codes(self.desk.journal)
        self.desk.journal.close()
        for end in ("-wal", "-shm"):
            self.desk.path.with_name(self.desk.path.name + end).unlink(missing_ok=True)
        shutil.copy(image, self.desk.path)
        self.journal = Journal(self.desk.path)
        self.stamps = 100

    def buy(self, who: ResidentId, item: int) -> Issued:
        self.commands += 1
        answer = self.desk.redeem(f"c{self.commands}", who, item)
        assert isinstance(answer, Issued), answer
        return answer

    @staticmethod
    def points(journal: Journal, who: ResidentId) -> int:
        return journal.rights.get(points_of(who)).available

    def stamp(self) -> Stamp:
        self.stamps += 1
        return Stamp(self.stamps.to_bytes(16, "big"), 1, 1, clock_ok=True)

    def closing(self, stick: Path | None = None) -> Closing:
        office, own = partial(signed_by, OFFICE.public), partial(signed_by, FRAME.public)
        return Closing(self.journal, self.folder, "学田湾", self.stamp, office, own, stick)

    def answer(self, want: Want | None, down_last: int | None = None) -> bytes:
        place = None if want is None else wanted_tail(want, Direction.UP)
        assert place is not None
        number, hash_ = place[1], self.office[place[1] - 1][2]
        last, head = self.office[-1][0], self.office[-1][2]
        signature = FRAME.sign(head_message(Direction.UP, STATION, 1, last, head))
        written = [Written(n, data) for n, data, _ in self.office[number:]]
        down = (1, self.journal.down.head().number if down_last is None else down_last)
        head_ = SignedHead(last, head, signature)
        tail = make_tail(STATION, Direction.UP, Position(1, number, hash_), written, head_, down)
        return encode_tail(tail, OFFICE.sign)

    def put_right(self) -> None:
        """As ``kiosk sync`` does it from any state in which it may be started."""
        closing = self.closing()
        if closing.needed and not is_closed(self.journal):
            want = closing.wish(0.0)
            assert want is not None
            assert closing.take(self.answer(want)) == ""
            assert closing.turn()
        if closing.needed:
            if self.journal.office.holds() < self.journal.chain.head().number:
                assert not closing.turn()  # the office has not acknowledged the end
            with self.journal.transaction("test"):
                self.journal.office.set_holds(self.journal.chain.head().number)
            assert closing.turn()

    def reopen(self) -> None:
        self.journal.close()
        self.journal = Journal(self.desk.path)


@pytest.fixture
def went(tmp_path: Path) -> Iterator[Went]:
    made = Went(tmp_path)
    with made.journal.transaction("test"):
        made.journal.office.raise_alarm(AlarmCode.WENT_BACK, "")
    yield made
    faults.listen(None)
    made.journal.close()


def codes(journal: Journal) -> list[str]:
    return [journal.vouchers.code(VoucherNumber(Epoch(1), number)) for number in (1, 2, 3)]


def is_right(went: Went) -> None:
    journal = went.journal
    assert journal.identity.epoch == 2
    assert journal.office.alarm() == ""
    assert codes(journal) == went.codes
    returned = {
        who: connection_of(journal)
        .execute("SELECT returned FROM counters WHERE epoch = 1 AND thing = ?", (points_of(who),))
        .fetchone()[0]
        for who in (CHEN, LI)
    }
    assert returned == went.left
    assert {went.points(journal, who) for who in (CHEN, LI)} == {0}  # until the office grants it again
    first = next(data for _, data, _ in journal.chain.read())
    opened = fact_of(decode_entry(first), UP)
    assert isinstance(opened, EpochOpened)
    assert (opened.epoch, opened.before_epoch) == (2, 1)
    report = verify(journal, signed_by)
    assert report.sound, report.faults


@pytest.mark.parametrize(("name", "hit"), POINTS, ids=str)
def test_the_power_goes_in_the_middle(went: Went, name: str, hit: int) -> None:
    left = hit

    def cut(passed: str) -> None:
        nonlocal left
        left -= passed == name
        if passed == name and left == 0:
            raise Cut

    faults.listen(cut)
    with pytest.raises(Cut):
        went.put_right()
    faults.listen(None)
    went.reopen()
    went.put_right()
    is_right(went)


def test_the_screens_process_sells_nothing_in_the_former_life(went: Went) -> None:
    went.desk.reopen()  # the other process, which opened the journal before
    halted = went.desk.redeem("next", CHEN, 201)
    assert isinstance(halted, Refused)
    assert halted.code is RefusalCode.STATION_HALTED
    went.put_right()
    sold = went.desk.redeem("next", CHEN, 201)
    assert isinstance(sold, Refused)  # nothing was granted to the new life yet
    assert went.desk.journal.identity.epoch == 2
    is_right(went)


def test_a_tail_of_somebody_else_changes_nothing(went: Went) -> None:
    closing = went.closing()
    assert closing.take(b"\x93\x01") == "frame.malformed"
    want = closing.wish(0.0)
    went.office[-1] = (went.office[-1][0], b"{}", went.office[-1][2])
    assert closing.take(went.answer(want)) == "frame.tail"
    assert not closing.turn()
    assert went.journal.identity.epoch == 1


def test_nothing_is_handed_back_before_all_that_was_granted_has_come(went: Went) -> None:
    closing = went.closing()
    more = went.journal.down.head().number + 1
    assert closing.take(went.answer(closing.wish(0.0), down_last=more)) == ""
    assert not closing.turn()
    granted = Granted(right=points_of(CHEN), total=500)
    with went.journal.transaction("test"):
        went.journal.down.receive([encode_entry(went.stamp(), granted.KIND, granted)])
    assert closing.turn()
    assert is_closed(went.journal)
    returned = went.journal.rights.get(points_of(CHEN)).returned
    assert returned == went.left[CHEN] + 120


class TestAStick:
    """The second copy."""

    def test_it_grows_with_the_journal_and_is_read_back(self, went: Went, tmp_path: Path) -> None:
        head = copy(went.journal, tmp_path, FRAME.sign)
        assert copy(went.journal, tmp_path, FRAME.sign) == head
        carried, _ = read_back(went.journal, tmp_path, partial(signed_by, FRAME.public))
        assert list(carried.entries) == [data for _, data, _ in went.journal.chain.read()]
        assert not is_ahead(went.journal, head)

    def test_a_torn_end_is_written_over(self, went: Went, tmp_path: Path) -> None:
        def cut(passed: str) -> None:
            if passed == "stick.appended":
                raise Cut

        faults.listen(cut)
        with pytest.raises(Cut):
            copy(went.journal, tmp_path, FRAME.sign)
        faults.listen(None)
        with (stick_of(went.journal, tmp_path).folder / UP_FILE).open("ab") as file:
            file.write(b"\x00\x00")
        head = copy(went.journal, tmp_path, FRAME.sign)
        carried, _ = read_back(went.journal, tmp_path, partial(signed_by, FRAME.public))
        assert carried.last == head.up == went.journal.chain.head().number

    def test_one_that_is_ahead_halts_and_is_never_written_over(self, went: Went, tmp_path: Path) -> None:
        behind = tmp_path / "behind.db"
        went.journal.close()
        shutil.copy(went.desk.path, behind)
        went.journal = Journal(went.desk.path)
        with went.journal.transaction("test"):
            went.journal.chain.append(went.office[-1][1])
        copy(went.journal, tmp_path, FRAME.sign)
        kept = (stick_of(went.journal, tmp_path).folder / UP_FILE).read_bytes()
        journal = Journal(behind)
        with journal.transaction("test"):
            journal.office.clear_alarm(AlarmCode.WENT_BACK)
        check_stick(journal, tmp_path)
        assert journal.office.alarm() == AHEAD
        with pytest.raises(StickError):
            copy(journal, tmp_path, FRAME.sign)
        assert (stick_of(journal, tmp_path).folder / UP_FILE).read_bytes() == kept
        with journal.transaction("test"):
            assert journal.office.raise_alarm(AlarmCode.WENT_BACK, "")  # what the office says goes before it
        journal.close()

    def test_a_flipped_byte_is_seen(self, went: Went, tmp_path: Path) -> None:
        copy(went.journal, tmp_path, FRAME.sign)
        path = stick_of(went.journal, tmp_path).folder / UP_FILE
        data = bytearray(path.read_bytes())
        data[len(data) // 2] ^= 1
        path.write_bytes(bytes(data))
        with pytest.raises(StickFault):
            read_back(went.journal, tmp_path, partial(signed_by, FRAME.public))


def test_what_was_decided_about_a_lost_voucher_is_refunded_before_the_end(went: Went) -> None:
    void = VoucherDecided(Epoch(1), 3, "void", PlaceId(STATION))
    with went.journal.transaction("test"):
        went.journal.down.receive([encode_entry(went.stamp(), void.KIND, void)])
    assert went.journal.down.parked() == 1  # the voucher is not in this journal yet
    went.put_right()
    went.left[CHEN] += 20
    is_right(went)
    assert went.journal.down.parked() == 0


def test_a_consent_that_comes_back_after_its_resident_was_erased_is_left_out(went: Went) -> None:
    given = ConsentGiven(CHEN, 1)
    data = encode_entry(went.stamp(), given.KIND, given)
    number, _, hash_ = went.office[-1]
    went.office.append((number + 1, data, next_hash(hash_, data)))
    erased = ResidentErased(CHEN, ())
    with went.journal.transaction("test"):
        went.journal.down.receive([encode_entry(went.stamp(), erased.KIND, erased)])
    went.put_right()
    assert went.journal.awards.notice(CHEN) == 0
    is_right(went)
