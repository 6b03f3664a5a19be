from __future__ import annotations

from domain.card import Card, CardKind, code_of, pack, signed_message
from domain.identity_digest import Pepper
from domain.ids import Day
from domain.recognise import Recognised, read_card
from domain.refusals import RefusalCode, Refused

PEPPER = Pepper(1, bytes(32))
CARD = Card(CardKind.RESIDENT, "500199", b"12345678", Day(1), 1)
GOOD = code_of(pack(CARD), b"\x01" * 64)


def office_signed(key_id: int, message: bytes, signature: bytes) -> bool:
    return (key_id, message, signature) == (1, signed_message(pack(CARD)), b"\x01" * 64)


def read(code: str, county: str = "500199") -> object:
    return read_card(code, county, PEPPER, office_signed)


def test_a_card_is_known_by_its_digest() -> None:
    found = read(GOOD)
    assert isinstance(found, Recognised)
    assert found.kind is CardKind.RESIDENT
    assert b"12345678".hex() not in found.digest
    assert found != read_card(GOOD, "500199", Pepper(1, b"\x01" * 32), office_signed)


def test_every_way_in_which_a_code_is_not_a_card_of_ours() -> None:
    assert read("") == Refused(RefusalCode.CARD_MALFORMED)
    assert read("http://example.org") == Refused(RefusalCode.CARD_MALFORMED)
    assert read(GOOD[:-1]) == Refused(RefusalCode.CARD_MALFORMED)
    assert read("YZ1:" + "0" * 144) == Refused(RefusalCode.CARD_IS_VOUCHER)
    assert read(GOOD, county="500103") == Refused(RefusalCode.CARD_ELSEWHERE)
    assert read(code_of(pack(CARD), b"\x02" * 64)) == Refused(RefusalCode.CARD_FORGED)


def test_a_pepper_never_shows_itself() -> None:
    assert repr(Pepper(2, b"s" * 32)) == "Pepper(version=2)"
