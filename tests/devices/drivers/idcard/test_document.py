from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.drivers.idcard.document import card_read
from devices.drivers.idcard.trouble import Trouble
from devices.ports import DocumentType, IdCardRead
from devices.simulated.idcard.card import SimulatedCard
from devices.simulated.idcard.people import CHAN, JOHN, MARIA, PEOPLE, WANG, ZHANG, citizen_number
from tests.devices.drivers.idcard.helpers import digest, told

LENGTHS = b"\x01\x00\x04\x00"
PHOTO = bytes(1024)


def parsed(text: bytes) -> IdCardRead | Trouble:
    return card_read(memoryview(LENGTHS + text + PHOTO), digest)


class Noting:
    """A digest that notes what it was asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, number: str) -> str:
        self.asked.append(number)
        return digest(number)


def put(text: bytes, at: int, value: str) -> bytes:
    written = value.encode("utf-16-le", "surrogatepass")
    return text[:at] + written + text[at + len(written) :]


@pytest.mark.parametrize("card", PEOPLE, ids=lambda card: card.document.value)
def test_every_kind_is_read(card: SimulatedCard) -> None:
    assert parsed(card.text) == told(card)


@pytest.mark.parametrize(
    "other",
    [
        replace(ZHANG, valid_to="长期"),
        replace(ZHANG, valid_to="19990101"),
        replace(ZHANG, valid_to="", valid_from=""),
        replace(ZHANG, name="𠮷" * 7),
        replace(ZHANG, name="一" * 15),
        replace(ZHANG, name="", address="", issuer="", nation=""),
        replace(ZHANG, nation="57"),
        replace(ZHANG, sex="9"),
    ],
)
def test_what_is_not_wanted_stops_nothing(other: SimulatedCard) -> None:
    assert parsed(other.text) == told(ZHANG)


def test_half_a_surrogate_in_a_name_stops_nothing() -> None:
    assert parsed(put(ZHANG.text, 0, "\ud842")) == told(ZHANG)


@pytest.mark.parametrize("letter", [" ", "\0"])
def test_a_resident_card_has_nothing_at_the_place_of_the_kind(letter: str) -> None:
    assert parsed(put(ZHANG.text, 248, letter)) == told(ZHANG)


@pytest.mark.parametrize("letter", ["A", "身", "j"])
def test_a_right_resident_card_may_have_anything_there(letter: str) -> None:
    assert parsed(put(ZHANG.text, 248, letter)) == told(ZHANG)
    assert parsed(put(b" \x00" * 128, 248, letter)) is Trouble.UNKNOWN_KIND


@pytest.mark.parametrize(
    ("card", "at", "value"),
    [
        (ZHANG, 122, "2"),  # the number's first digit
        (ZHANG, 122 + 34, "Y"),
        (ZHANG, 122, "１"),  # full width
        (ZHANG, 122, "ı"),
        (ZHANG, 36, "19491002"),  # the birth
        (ZHANG, 36, "长期长期"),
        (ZHANG, 30, "2"),  # the sex
        (WANG, 30, "1"),
        (CHAN, 30, "1"),
        (CHAN, 122 + 34, "Z"),
        (JOHN, 122, "8"),
        (JOHN, 36, "19630431"),
        (MARIA, 220, "19700116"),
        (MARIA, 122, "xAA"),
    ],
)
def test_a_card_that_contradicts_itself(card: SimulatedCard, at: int, value: str) -> None:
    changed = put(card.text, at, value)
    assert changed != card.text
    assert parsed(changed) is Trouble.INCONSISTENT


def test_kinds_are_not_taken_for_one_another() -> None:
    assert parsed(put(MARIA.text, 248, "Y")) is Trouble.INCONSISTENT
    assert parsed(put(JOHN.text, 248, "I")) is Trouble.INCONSISTENT
    permit = parsed(put(ZHANG.text, 248, "J"))
    assert isinstance(permit, IdCardRead)
    assert permit.document is DocumentType.PERMIT


@pytest.mark.parametrize(
    "data",
    [
        b"",
        LENGTHS,
        LENGTHS + ZHANG.text[:-1],
        LENGTHS + ZHANG.text,  # a photo is announced
        LENGTHS + ZHANG.text + PHOTO + b"\x00",
        b"\x00\xff\x04\x00" + ZHANG.text + PHOTO,
        b"\x01\x02\x04\x00" + b"\x00\x00" + ZHANG.text + PHOTO,  # a third length: an answer with fingerprints
    ],
)
def test_data_of_another_shape(data: bytes) -> None:
    assert card_read(memoryview(data), digest) is Trouble.UNREADABLE


def test_a_card_without_photo_is_a_card() -> None:
    assert card_read(memoryview(b"\x01\x00\x00\x00" + ZHANG.text), digest) == told(ZHANG)


def test_the_digest_is_asked_only_for_a_number_that_holds() -> None:
    noting = Noting()
    card_read(memoryview(LENGTHS + put(ZHANG.text, 36, "19491002") + PHOTO), noting)
    assert noting.asked == []
    assert card_read(memoryview(LENGTHS + MARIA.text + PHOTO), noting) == told(MARIA)
    assert noting.asked == [MARIA.number]


def test_nothing_of_a_card_shows() -> None:
    event = parsed(ZHANG.text)
    assert f"{event!r} {event}" == "IdCardRead() IdCardRead()"


def survives(text: bytes) -> None:
    """Whatever a text holds: a trouble, or a card whose number passes its checks by the independent generator."""
    noting = Noting()
    outcome = card_read(memoryview(LENGTHS + text + PHOTO), noting)
    if isinstance(outcome, Trouble):
        assert noting.asked == []
        return
    (number,) = noting.asked
    if outcome.document is not DocumentType.FOREIGNER_2017:
        assert number == citizen_number(number[:6], number[6:14], int(number[14:17]))
        assert outcome.birth_year == int(number[6:10])


spots = st.tuples(st.integers(0, 255), st.binary(min_size=1, max_size=8))


def spoilt(card: SimulatedCard, changes: list[tuple[int, bytes]]) -> bytes:
    text = card.text
    for at, value in changes:
        text = (text[:at] + value + text[at + len(value) :])[:256]
    return text


@given(st.sampled_from(PEOPLE), st.lists(spots, max_size=4))
def test_spoilt_cards_break_nothing(card: SimulatedCard, changes: list[tuple[int, bytes]]) -> None:
    survives(spoilt(card, changes))


@given(st.binary(min_size=256, max_size=256))
def test_any_text_breaks_nothing(text: bytes) -> None:
    survives(text)
