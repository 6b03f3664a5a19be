"""Vouchers that are not what they seem, and what a station without a line does with each."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.calendar import UNKNOWN_DAY
from domain.decide_place import Handing
from domain.facts import StationListed, VoucherListed
from domain.ids import Day, Epoch, ItemId, PlaceId, StationId
from domain.refusals import RefusalCode, Refused
from domain.voucher import STRUCT_SIZE, ItemKind, Voucher, code_of, pack, parse_code, signed_message
from domain.voucher_number import VoucherNumber
from kiosk.desk.place import Good, check, honour
from kiosk.desk.void import void_shown
from kiosk.journal.verify import verify
from sync.identity import SigningKey
from tests.support.desk import HE, STATION, TestDesk

ELSEWHERE = StationId("50019900100202")
THEIRS, THIEF = SigningKey(1, b"w" * 32), SigningKey(1, b"t" * 32)
TODAY = Day(2517)  # of the test's clock
HANDING = Handing(HE)
VOUCHER = Voucher(
    ELSEWHERE, VoucherNumber(Epoch(3), 7), PlaceId(STATION), ItemKind.GOODS, ItemId(101), 1, 120, TODAY, Day(2547), 1
)


def paper(voucher: Voucher, key: SigningKey = THEIRS) -> str:
    data = pack(voucher)
    return code_of(data, key.sign(signed_message(data)))


def listed(last_good: int | None = None) -> StationListed:
    return StationListed(ELSEWHERE, "北门驿站", Epoch(3), 1, THEIRS.public.hex(), last_good)


def numbered(number: int, **changes: object) -> Voucher:
    return replace(VOUCHER, number=VoucherNumber(Epoch(3), number), **changes)  # type: ignore[arg-type]


@pytest.fixture
def place(desk: TestDesk) -> TestDesk:
    desk.receive([listed(), VoucherListed(pack(VOUCHER).hex())])
    return desk


def refused(desk: TestDesk, code: str) -> str:
    """Why a paper is not honoured; looking and handing over must agree, and neither may leave a trace."""
    before = desk.journal.chain.head()
    looked, handed = check(desk.parts, code), honour(desk.parts, code, HANDING)
    assert looked == handed
    assert isinstance(handed, Refused)
    assert desk.journal.chain.head() == before
    return handed.code.value


def test_a_listed_voucher_is_honoured_once_without_a_line(place: TestDesk) -> None:
    assert check(place.parts, paper(VOUCHER)) == Good(VOUCHER, known=True)
    assert honour(place.parts, paper(VOUCHER), HANDING) == VOUCHER
    again = honour(place.parts, paper(VOUCHER), HANDING)
    assert again == Refused(RefusalCode.VOUCHER_DECIDED, {"fate": "honoured", "at": place.system.now_ms()})
    assert refused(place, VOUCHER.text) == "voucher.decided"
    assert verify(place.journal).sound


def test_a_photocopy_of_an_own_voucher_is_worth_nothing_the_second_time(desk: TestDesk) -> None:
    number = desk.issued().number
    code = desk.journal.vouchers.code(VoucherNumber(Epoch(1), 1))
    assert isinstance(honour(desk.parts, code, HANDING), Voucher)
    assert refused(desk, code) == refused(desk, number) == "voucher.decided"
    assert verify(desk.journal).sound


def test_a_paper_with_any_byte_changed_is_forged_or_no_voucher(place: TestDesk) -> None:
    _, data, signature = parse_code(paper(VOUCHER))
    for index in range(STRUCT_SIZE):
        changed = bytearray(data)
        changed[index] ^= 1
        assert refused(place, code_of(bytes(changed), signature)) in (
            "voucher.forged",
            "voucher.elsewhere",
            "voucher.unknown",
        )
    for index in range(len(signature)):
        broken = bytearray(signature)
        broken[index] ^= 1
        assert refused(place, code_of(data, bytes(broken))) == "voucher.forged"


def test_another_fields_value_under_a_good_key_is_forged_where_the_issue_is_known(place: TestDesk) -> None:
    for changes in ({"points": 20}, {"pieces": 2}, {"item": ItemId(102)}, {"expires": Day(2600)}):
        assert refused(place, paper(numbered(7, **changes))) == "voucher.forged"


@pytest.mark.parametrize(
    ("voucher", "key", "code"),
    [
        (VOUCHER, THIEF, "voucher.forged"),  # signed by somebody else
        (replace(VOUCHER, station=StationId("50019900100303")), THEIRS, "voucher.forged"),  # an issuer nobody listed
        (numbered(7, place=PlaceId(ELSEWHERE)), THEIRS, "voucher.elsewhere"),
        (numbered(7, place=PlaceId("P12")), THEIRS, "voucher.elsewhere"),
        (numbered(8, expires=Day(TODAY - 1)), THEIRS, "voucher.expired"),
        (replace(VOUCHER, number=VoucherNumber(Epoch(4), 7)), THEIRS, "voucher.forged"),  # a life nobody listed
    ],
)
def test_what_is_not_ours_is_refused(place: TestDesk, voucher: Voucher, key: SigningKey, code: str) -> None:
    assert refused(place, paper(voucher, key)) == code


def test_at_the_issuer_a_voucher_must_stand_in_its_own_journal(desk: TestDesk) -> None:
    desk.issued()
    own = desk.parts.signer  # the very key, as somebody has it who copied the card
    for number in (1, 2, 99):
        made = replace(VOUCHER, station=StationId(STATION), number=VoucherNumber(Epoch(1), number))
        data = pack(made)
        assert refused(desk, code_of(data, own.sign(signed_message(data)))) == "voucher.forged"


def test_a_stolen_key_is_held_to_a_few_a_day_until_its_life_is_fenced(place: TestDesk) -> None:
    worth = [numbered(number, points=100) for number in range(100, 110)]
    outcome = [honour(place.parts, paper(one), HANDING) for one in worth]
    assert outcome[:5] == worth[:5]
    assert outcome[5:] == [Refused(RefusalCode.VOUCHER_UNCONFIRMED)] * 5
    assert refused(place, paper(numbered(200, points=1))) == "voucher.unconfirmed"
    place.system.advance(86_400)
    assert honour(place.parts, paper(worth[5]), HANDING) == worth[5]
    place.receive([listed(last_good=7)])
    assert refused(place, paper(worth[6])) == "voucher.revoked"
    assert check(place.parts, paper(VOUCHER)) == Good(VOUCHER, known=True)
    assert verify(place.journal).sound


def test_points_of_unconfirmed_vouchers_are_capped_too(place: TestDesk) -> None:
    assert isinstance(honour(place.parts, paper(numbered(100, points=400)), HANDING), Voucher)
    assert refused(place, paper(numbered(101, points=101))) == "voucher.unconfirmed"
    assert isinstance(honour(place.parts, paper(numbered(102, points=100)), HANDING), Voucher)


@pytest.mark.parametrize("clock_ok", [True, False])
def test_a_life_on_new_hardware_takes_no_paper_that_a_former_one_may_have_decided(
    place: TestDesk, clock_ok: bool
) -> None:
    with place.journal.transaction("end"):
        place.journal.begin_epoch()
    place.system.synchronised = clock_ok
    place.reopen()
    place.system.synchronised = True
    assert refused(place, paper(numbered(100))) == "voucher.unconfirmed"
    assert refused(place, paper(numbered(101, issued=UNKNOWN_DAY))) == "voucher.unconfirmed"
    place.system.advance(86_400)
    later = numbered(102, issued=Day(TODAY + 2))
    if clock_ok:
        assert honour(place.parts, paper(later), HANDING) == later
    else:
        assert refused(place, paper(later)) == "voucher.unconfirmed"
    place.receive([VoucherListed(pack(numbered(100)).hex())])
    assert honour(place.parts, paper(numbered(100)), HANDING) == numbered(100)
    assert verify(place.journal).sound


def test_a_paper_that_was_honoured_before_its_issue_came_is_not_listed_as_another(place: TestDesk) -> None:
    forged = numbered(100)
    assert honour(place.parts, paper(forged), HANDING) == forged
    place.receive([VoucherListed(pack(numbered(100, points=1)).hex()), VoucherListed(pack(forged).hex())])
    assert place.journal.down.parked() == 1
    assert refused(place, paper(forged)) == "voucher.decided"
    assert verify(place.journal).sound


def test_without_a_right_clock_nobody_is_refused_for_the_day(place: TestDesk) -> None:
    place.system.synchronised = False
    old = numbered(8, expires=Day(TODAY - 1))
    place.receive([VoucherListed(pack(old).hex())])
    assert honour(place.parts, paper(old), HANDING) == old
    assert place.parts.desk(place.parts.stamp()).today == UNKNOWN_DAY


def test_what_nobody_listed_cannot_be_taken_back(place: TestDesk) -> None:
    assert void_shown(place.parts, paper(numbered(50)), HE, "") == Refused(RefusalCode.VOUCHER_UNKNOWN)
    assert void_shown(place.parts, paper(VOUCHER), HE, "送错了") is None
    assert refused(place, paper(VOUCHER)) == "voucher.decided"
    assert verify(place.journal).sound
