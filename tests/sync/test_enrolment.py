"""Bundle, request and answer: what was changed on the way is seen, whatever it is."""

from __future__ import annotations

import random

import msgspec
import pytest

from sync.enrolment import (
    ENROL,
    NO_MAC,
    RENEW,
    VERSION,
    Answer,
    Bundle,
    EnrolmentError,
    Place,
    Request,
    asking_message,
    decode_answer,
    decode_bundle,
    decode_request,
    encode_answer,
    encode_bundle,
    encode_request,
    knows_secret,
    peppers_in,
)
from sync.identity import SigningKey, signed_by

STATION = "50019900100101"
KEY, OFFICE, SECRET = SigningKey(1, b"f" * 32), SigningKey(1, b"o" * 32), b"s" * 32
BUNDLE = Bundle(
    VERSION, STATION, 1, 1, "PEM", {"1": OFFICE.public.hex()}, Place("h", 1), "5", Place("h", 2), SECRET.hex(), 99
)
REQUEST = Request(
    kind=ENROL, station=STATION, epoch=1, voucher_key=b"v" * 32, frame_key=KEY.public, box_key=b"b" * 32, request=b"csr"
)
ANSWER = Answer(station=STATION, epoch=1, certificate=b"PEM", pepper=b"box")


def test_a_bundle_comes_back_as_it_was() -> None:
    assert decode_bundle(encode_bundle(BUNDLE)) == BUNDLE


@pytest.mark.parametrize(
    "change",
    [
        {"v": 2}, {"station": "5001990010010"}, {"station": "x" * 14}, {"epoch": 0}, {"epoch": 70000},
        {"down_epoch": 0}, {"secret": "ab"}, {"secret": "zz" * 32}, {"office_keys": {}}, {"office_keys": {"x": "00"}},
        {"office_keys": {"1": "00"}}, {"broker": {"host": 5}},
    ],
)  # fmt: skip
def test_a_bundle_that_says_nonsense_is_none(change: dict[str, object]) -> None:
    said = msgspec.json.decode(encode_bundle(BUNDLE)) | change
    with pytest.raises(EnrolmentError):
        decode_bundle(msgspec.json.encode(said))


def test_a_request_is_bound_to_the_secret_and_to_its_frame_key() -> None:
    request, body, mac, signature = decode_request(encode_request(REQUEST, SECRET, KEY.sign))
    assert request == REQUEST
    assert knows_secret(SECRET, body, mac)
    assert not knows_secret(b"t" * 32, body, mac)
    assert not knows_secret(SECRET, body + b"x", mac)
    assert signed_by(KEY.public, asking_message(body), signature)


def test_to_renew_carries_no_keys_and_no_secret() -> None:
    asked = Request(kind=RENEW, station=STATION, epoch=1, request=b"csr")
    _, body, mac, signature = decode_request(encode_request(asked, b"", KEY.sign))
    assert mac == NO_MAC
    assert signed_by(KEY.public, asking_message(body), signature)
    with pytest.raises(EnrolmentError):
        decode_request(encode_request(msgspec.structs.replace(REQUEST, kind=RENEW), b"", KEY.sign))


@pytest.mark.parametrize(
    "change",
    [
        {"v": 2}, {"kind": "x"}, {"station": "1"}, {"epoch": 0}, {"voucher_key": b"v"}, {"frame_key": b""},
        {"box_key": b"b" * 33},
    ],
)  # fmt: skip
def test_a_request_that_says_nonsense_is_none(change: dict[str, object]) -> None:
    with pytest.raises(EnrolmentError):
        decode_request(encode_request(msgspec.structs.replace(REQUEST, **change), SECRET, KEY.sign))


def test_noise_is_no_request_and_never_more_than_an_error() -> None:
    dice, sound = random.Random(1), encode_request(REQUEST, SECRET, KEY.sign)
    believed = 0
    for _ in range(3000):
        data = bytearray(sound)
        for _ in range(dice.randrange(1, 4)):
            data[dice.randrange(len(data))] = dice.randrange(256)
        try:
            _, body, mac, signature = decode_request(bytes(data[: dice.randrange(len(data) + 1)]))
        except EnrolmentError:
            continue
        signed = signed_by(KEY.public, asking_message(body), signature)
        believed += knows_secret(SECRET, body, mac) and signed and bytes(data) != sound
    assert believed == 0
    with pytest.raises(EnrolmentError, match="4096"):
        decode_request(bytes(5000))


def test_an_answer_is_the_offices_or_nothing() -> None:
    data = encode_answer(ANSWER, OFFICE.sign)
    verify = lambda message, signature: signed_by(OFFICE.public, message, signature)  # noqa: E731 - short
    assert decode_answer(data, verify) == ANSWER
    with pytest.raises(EnrolmentError, match="not signed"):
        decode_answer(encode_answer(ANSWER, KEY.sign), verify)
    for at in range(len(data)):
        changed = bytearray(data)
        changed[at] ^= 1
        with pytest.raises(EnrolmentError):
            decode_answer(bytes(changed), verify)


def test_a_box_may_hold_several_peppers_the_newest_last() -> None:
    old, new = b"a" * 32, b"b" * 32
    assert peppers_in(old, 1) == {1: old}
    assert peppers_in(old + new, 4) == {3: old, 4: new}
    for box, newest in ((b"", 1), (old + b"x", 2), (old + new, 1)):
        with pytest.raises(EnrolmentError):
            peppers_in(box, newest)
