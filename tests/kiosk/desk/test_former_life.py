"""Vouchers that a former life of this very station issued: the journal still has them, and so it knows their fate."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from domain.decide_place import Handing
from domain.facts import StationListed, VoucherDecided, VoucherListed
from domain.ids import Epoch, PlaceId, StationId
from domain.refusals import RefusalCode, Refused
from domain.voucher import code_of as voucher_code
from domain.voucher import pack, parse_code, signed_message
from domain.voucher_number import VoucherNumber
from kiosk.desk.papers import waiting_papers
from kiosk.desk.place import honour
from kiosk.desk.void import expire, void_shown
from kiosk.journal.ending import close, open_next
from kiosk.journal.journal import connection_of
from kiosk.journal.verify import verify
from sync.identity import signed_by
from tests.support.desk import HE, STATION, VOUCHER_KEY, TestDesk

KEY = StationListed(StationId(STATION), "学田湾", Epoch(1), 1, VOUCHER_KEY.public.hex())


class Former:
    """Life 1 issued two vouchers and honoured the first; life 2 goes on in the same journal."""

    def __init__(self, folder: Path, *, told: bool) -> None:
        self.desk = TestDesk(folder)
        for command in ("c1", "c2"):
            self.desk.issued(command)
        journal = self.desk.journal
        self.codes = [journal.vouchers.code(VoucherNumber(Epoch(1), number)) for number in (1, 2)]
        self.honour(0)
        with journal.transaction("test"):
            close(journal, self.desk.parts.stamp, "test")
        with journal.transaction("test"):
            open_next(journal, self.desk.parts.stamp, "test")
        if told:
            self.desk.receive([KEY])

    def honour(self, index: int) -> object:
        return honour(self.desk.parts, self.codes[index], Handing(HE))

    def tell(self, index: int) -> None:
        self.desk.receive([VoucherListed(pack(parse_code(self.codes[index])[0]).hex())])

    def is_sound(self) -> None:
        report = verify(self.desk.journal, signed_by)
        assert report.sound, report.faults

    @property
    def fates(self) -> list[str | None]:
        rows = connection_of(self.desk.journal).execute("SELECT fate FROM vouchers ORDER BY number")
        return [row[0] for row in rows]


@pytest.fixture(params=[True, False], ids=["key told", "key not told"])
def former(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Former]:
    made = Former(tmp_path / "data", told=request.param)
    yield made
    made.desk.journal.close()


def is_refused(answer: object, code: RefusalCode) -> None:
    assert isinstance(answer, Refused)
    assert answer.code is code


def test_what_the_former_life_honoured_is_not_honoured_again(former: Former) -> None:
    is_refused(former.honour(0), RefusalCode.VOUCHER_DECIDED)
    is_refused(void_shown(former.desk.parts, former.codes[0], HE, "test"), RefusalCode.VOUCHER_DECIDED)


@pytest.mark.parametrize("listed", [True, False])
def test_an_open_one_is_honoured_once_and_the_journal_stays_sound(former: Former, *, listed: bool) -> None:
    if listed:
        former.tell(1)
    assert not isinstance(former.honour(1), Refused)
    is_refused(former.honour(1), RefusalCode.VOUCHER_DECIDED)
    assert former.fates == ["honoured", "honoured"]
    former.is_sound()
    former.desk.receive([VoucherDecided(Epoch(1), 2, "honoured", PlaceId(STATION))])
    former.is_sound()


def test_one_that_was_honoured_before_it_was_listed_stays_so(former: Former) -> None:
    assert not isinstance(former.honour(1), Refused)
    former.tell(1)
    former.is_sound()
    is_refused(former.honour(1), RefusalCode.VOUCHER_DECIDED)
    former.desk.system.advance(400 * 86_400)
    assert expire(former.desk.parts, former.desk.parts.desk(former.desk.parts.stamp()).today) == 0


def test_it_is_found_by_its_number(former: Former) -> None:
    number = VoucherNumber(Epoch(1), 2).text(StationId(STATION))
    assert not isinstance(honour(former.desk.parts, number, Handing(HE)), Refused)
    is_refused(honour(former.desk.parts, number, Handing(HE)), RefusalCode.VOUCHER_DECIDED)


def test_no_paper_of_it_waits_for_staff_any_more(former: Former) -> None:
    former.desk.reopen()
    assert len(waiting_papers(former.desk.parts)) == 1
    former.tell(1)
    assert void_shown(former.desk.parts, former.codes[1], HE, "test") is None
    assert not waiting_papers(former.desk.parts)
    former.is_sound()


def test_one_that_is_not_in_the_former_lifes_journal_is_forged(former: Former) -> None:
    voucher, _, _ = parse_code(former.codes[1])
    packed = pack(voucher)[:11] + bytes([9]) + pack(voucher)[12:]
    code = voucher_code(packed, VOUCHER_KEY.sign(signed_message(packed)))
    is_refused(honour(former.desk.parts, code, Handing(HE)), RefusalCode.VOUCHER_FORGED)
