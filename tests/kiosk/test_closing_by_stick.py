"""A card that went back and a stick that knows more: the life ends only by what the stick really holds."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from domain.entries import encode_entry
from domain.facts import Granted, PaperSettled
from domain.rights import points_of
from kiosk.closing import STICK_SECONDS, Closing
from kiosk.copying import AGAIN_SECONDS, Copying
from kiosk.journal.ending import is_closed, replay
from kiosk.journal.journal import Journal, connection_of
from kiosk.journal.verify import verify
from kiosk.stick import AHEAD, check_stick, copy
from sync.chain import Direction
from sync.frame import SignedHead, head_message
from sync.stick import UP_FILE
from sync.store import AlarmCode
from tests.kiosk.test_closing import FRAME, Went
from tests.support.desk import CHEN, HE, LI, STATION, VOUCHER_KEY

WHOLE = 3  # vouchers, of which the image has the first


class Behind:
    """The image is in the station again; only the stick has the two sales behind it."""

    def __init__(self, root: Path) -> None:
        self.went = Went(root)
        self.stick = root / "stick"
        self.stick.mkdir()
        whole = root / "whole.db"
        shutil.copy(self.went.desk.path, whole)
        journal = Journal(whole)
        lost = [data for number, data, _ in self.went.office if number > journal.chain.head().number]
        with journal.transaction("test"):
            replay(journal, lost, {}, VOUCHER_KEY.sign, lambda _fact, _number, code, _at: code.encode("ascii"))
        down = journal.down.head()
        signature = FRAME.sign(head_message(Direction.DOWN, STATION, 1, down.number, down.hash))
        with journal.transaction("test"):
            journal.office.keep_head(SignedHead(down.number, down.hash, signature))
        copy(journal, self.stick, FRAME.sign)
        journal.close()
        check_stick(self.journal, self.stick)
        self.closing = self.heard()

    @property
    def journal(self) -> Journal:
        return self.went.journal

    @property
    def vouchers(self) -> int:
        return int(connection_of(self.journal).execute("SELECT count(*) FROM vouchers").fetchone()[0])

    def heard(self) -> Closing:
        closing = self.went.closing(self.stick)
        closing.heard()
        return closing

    @property
    def up(self) -> Path:
        return next(self.stick.glob(f"*/{UP_FILE}"))

    def waits(self) -> None:
        """Nothing was handed back, and nothing is sold."""
        assert not self.closing.turn()
        assert not is_closed(self.journal)
        assert self.journal.rights.get(points_of(CHEN)).returned == 0
        assert self.journal.office.mute()


@pytest.fixture
def behind(tmp_path: Path) -> Iterator[Behind]:
    made = Behind(tmp_path)
    yield made
    made.journal.close()


def test_what_the_stick_holds_is_done_again_and_the_life_ends(behind: Behind) -> None:
    assert behind.journal.office.alarm() == AHEAD
    assert behind.closing.turn()
    assert is_closed(behind.journal)
    assert behind.vouchers == WHOLE
    assert behind.journal.rights.get(points_of(CHEN)).returned == behind.went.left[CHEN]
    assert verify(behind.journal).sound


def test_a_stick_that_was_pulled_out_is_waited_for(behind: Behind) -> None:
    away = behind.stick.rename(behind.stick.with_name("away"))
    behind.waits()
    away.rename(behind.stick)
    assert behind.closing.turn(STICK_SECONDS)
    assert behind.vouchers == WHOLE


def test_a_stick_that_is_torn_ends_nothing_and_kills_nothing(behind: Behind) -> None:
    data = behind.up.read_bytes()
    behind.up.write_bytes(data[: len(data) // 2])
    behind.waits()


def test_a_stick_without_a_setting_ends_nothing(behind: Behind) -> None:
    behind.closing = behind.went.closing()
    behind.closing.heard()
    behind.waits()


def test_two_different_continuations_wait_for_people(behind: Behind) -> None:
    fact = PaperSettled(epoch=behind.journal.identity.epoch, number=1, staff=HE)
    with behind.journal.transaction("test"):
        behind.journal.chain.append(encode_entry(behind.went.stamp(), fact.KIND, fact))
    behind.waits()


def test_what_was_spent_from_a_later_grant_waits_for_that_grant(tmp_path: Path) -> None:
    behind = Behind(tmp_path)
    more = Granted(right=points_of(LI), total=700)
    head = next(behind.stick.glob("*/head"))
    down = behind.journal.down.head().number
    head.write_text(head.read_text().replace(f'"down":{down},', f'"down":{down + 1},'))
    assert not behind.closing.turn()
    with behind.journal.transaction("test"):
        behind.journal.down.receive([encode_entry(behind.went.stamp(), more.KIND, more)])
    assert behind.closing.turn()
    behind.journal.close()


def test_what_was_spent_from_a_grant_of_a_life_that_the_office_closed_waits_until_that_is_said_again(
    behind: Behind,
) -> None:
    went, thing = behind.went, points_of(CHEN)
    granted = behind.journal.rights.get(thing).granted
    with behind.journal.transaction("test"):
        # As on a card that is older than a grant: what the stick spent is not there.
        connection_of(behind.journal).execute("UPDATE counters SET spent = granted + earned WHERE thing = ?", (thing,))
        behind.journal.down.begin(9)  # the office was restored, and has said nothing of what it granted yet
    behind.waits()
    behind.waits()
    more = Granted(right=thing, total=2 * granted)
    with behind.journal.transaction("test"):
        behind.journal.down.receive([encode_entry(went.stamp(), more.KIND, more)])
    assert behind.closing.turn(STICK_SECONDS)
    assert behind.vouchers == WHOLE


def test_an_unreadable_stick_beside_what_the_office_gave_back_is_waited_for(behind: Behind) -> None:
    with behind.journal.transaction("test"):
        behind.journal.office.raise_alarm(AlarmCode.WENT_BACK, "")
    data = behind.up.read_bytes()
    behind.up.write_bytes(data[: len(data) // 2])
    assert behind.closing.take(behind.went.answer(behind.closing.wish(0.0))) == ""
    behind.waits()
    shutil.rmtree(behind.stick)  # broken for good: people take it out
    assert behind.closing.turn(STICK_SECONDS)
    assert behind.vouchers == WHOLE


def test_a_stick_that_is_put_in_later_halts_as_one_at_the_start(behind: Behind) -> None:
    with behind.journal.transaction("test"):
        behind.journal.office.clear_alarm(AHEAD)
    away = behind.stick.rename(behind.stick.with_name("away"))
    copying = Copying(behind.journal, behind.stick, FRAME.sign)
    copying.look(0.0)
    assert not behind.journal.office.alarm()
    away.rename(behind.stick)
    copying.look(AGAIN_SECONDS)
    assert behind.journal.office.alarm() == AHEAD
