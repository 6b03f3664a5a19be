"""What enrolment carries, over HTTPS or on a stick: a bundle to the station, its request, the office's answer. Pure.

A request is msgpack ``[body, mac, signature]``: ``mac`` is HMAC-SHA-256 of the bundle's one-time secret over
``"yizhan enrol 1\\0" + body`` (32 zero bytes to renew a certificate), ``signature`` is by the station's frame key over
the same. An answer is ``[body, signature]`` by the office's key over ``"yizhan answer 1\\0" + body``. Private keys are
in none of them; the pepper is in the answer, sealed for the station alone.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Callable
from typing import TypeVar

import msgspec

VERSION = 1
BUNDLE_BYTES_MAX = 16 * 1024
REQUEST_BYTES_MAX = 4 * 1024
ANSWER_BYTES_MAX = 16 * 1024
SECRET_SIZE = MAC_SIZE = KEY_SIZE = 32
NO_MAC = bytes(MAC_SIZE)
ENROL, RENEW = "enrol", "renew"
_STATION = re.compile(r"[0-9]{14}")
_ASKING, _ANSWERING = b"yizhan enrol 1\0", b"yizhan answer 1\0"

T = TypeVar("T")


class EnrolmentError(ValueError):
    """Bytes that are no bundle, request or answer, or are not signed by whom they should be."""


class Place(msgspec.Struct, frozen=True):
    """Where something of the office listens."""

    host: str
    port: int


class _Asked(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    body: bytes
    mac: bytes
    signature: bytes


class _Answered(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    body: bytes
    signature: bytes


class Bundle(msgspec.Struct, frozen=True):
    """What is carried to a station, as JSON. Whoever has it before it is used can enrol in the station's place."""

    v: int
    station: str
    epoch: int
    down_epoch: int
    authority: str  # certificate of the office's authority, PEM: nothing else is believed
    office_keys: dict[str, str]  # key id → public Ed25519 key, hex
    broker: Place
    mqtt: str
    door: Place  # HTTPS /enrol; an empty host: by stick alone
    secret: str  # hex
    expires_at: int  # milliseconds since 1970 UTC, by the office's clock


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """What a station asks with. ``kind`` is ``enrol`` or ``renew``."""

    v: int = VERSION
    kind: str
    station: str
    epoch: int
    voucher_key: bytes = b""  # public keys, 32 bytes; to renew: none
    frame_key: bytes = b""
    box_key: bytes = b""  # to renew: none, or one for the peppers that came meanwhile
    request: bytes  # PKCS#10, DER


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What a station is given."""

    v: int = VERSION
    station: str
    epoch: int
    certificate: bytes  # PEM
    office_keys: dict[str, str] = {}
    pepper: bytes = b""  # sealed for the request's box key: see ``peppers_in``
    pepper_version: int = 1  # of the newest one in it


def encode_bundle(bundle: Bundle) -> bytes:
    """Return the file to carry."""
    return msgspec.json.format(msgspec.json.encode(bundle)) + b"\n"


def decode_bundle(data: bytes) -> Bundle:
    """Return a bundle. Raises ``EnrolmentError``."""
    bundle = _decode(data, BUNDLE_BYTES_MAX, Bundle, msgspec.json.decode)
    _check(bundle.v, bundle.station, bundle.epoch)
    try:
        sound = len(bytes.fromhex(bundle.secret)) == SECRET_SIZE and 1 <= bundle.down_epoch <= 0xFFFF
        keys = {int(key_id): bytes.fromhex(key) for key_id, key in bundle.office_keys.items()}
    except ValueError as error:
        raise EnrolmentError(f"not a bundle: {error}") from error
    if not sound or not keys or any(len(key) != KEY_SIZE for key in keys.values()):
        raise EnrolmentError("not a bundle: a secret or key has another length")
    return bundle


def encode_request(request: Request, secret: bytes, sign: Callable[[bytes], bytes]) -> bytes:
    """Return a request. ``secret`` is empty to renew."""
    body = msgspec.msgpack.encode(request)
    mac = _mac(secret, body) if secret else NO_MAC
    return msgspec.msgpack.encode([body, mac, sign(_ASKING + body)])


def decode_request(data: bytes) -> tuple[Request, bytes, bytes, bytes]:
    """Return request, body, mac and signature; neither is checked yet. Raises ``EnrolmentError``."""
    asked = _decode(data, REQUEST_BYTES_MAX, _Asked, msgspec.msgpack.decode)
    request = _decode(asked.body, REQUEST_BYTES_MAX, Request, msgspec.msgpack.decode)
    _check(request.v, request.station, request.epoch)
    sizes = (len(request.voucher_key), len(request.frame_key), len(request.box_key))
    allowed = {ENROL: {(KEY_SIZE,) * 3}, RENEW: {(0, 0, 0), (0, 0, KEY_SIZE)}}.get(request.kind, set())
    if sizes not in allowed or len(asked.mac) != MAC_SIZE:
        raise EnrolmentError("not a request: a key has another length")
    return request, asked.body, asked.mac, asked.signature


def knows_secret(secret: bytes, body: bytes, mac: bytes) -> bool:
    """Whether who made a request had the bundle; takes the same time either way."""
    return hmac.compare_digest(_mac(secret, body), mac)


def asking_message(body: bytes) -> bytes:
    """Return what the station's frame key signs."""
    return _ASKING + body


def encode_answer(answer: Answer, sign: Callable[[bytes], bytes]) -> bytes:
    """Return an answer, signed by the office."""
    body = msgspec.msgpack.encode(answer)
    return msgspec.msgpack.encode([body, sign(_ANSWERING + body)])


def decode_answer(data: bytes, verify: Callable[[bytes, bytes], bool]) -> Answer:
    """Return an answer that the office signed. Raises ``EnrolmentError``."""
    answered = _decode(data, ANSWER_BYTES_MAX, _Answered, msgspec.msgpack.decode)
    if not verify(_ANSWERING + answered.body, answered.signature):
        raise EnrolmentError("the answer is not signed by the office")
    answer = _decode(answered.body, ANSWER_BYTES_MAX, Answer, msgspec.msgpack.decode)
    _check(answer.v, answer.station, answer.epoch)
    return answer


def box_context(station: str, epoch: int) -> bytes:
    """Return what the sealed pepper is bound to."""
    return b"pepper\0" + station.encode("ascii") + epoch.to_bytes(4, "big")


def peppers_in(box: bytes, newest: int) -> dict[int, bytes]:
    """Return the secrets of an opened box by version: 32 bytes each, the newest last, none left out between.

    Raises ``EnrolmentError``.
    """
    count, rest = divmod(len(box), KEY_SIZE)
    if rest or not 1 <= count <= newest:
        raise EnrolmentError("the peppers have another length")
    first = newest - count + 1
    return {first + index: box[index * KEY_SIZE : (index + 1) * KEY_SIZE] for index in range(count)}


def _mac(secret: bytes, body: bytes) -> bytes:
    return hmac.new(secret, _ASKING + body, hashlib.sha256).digest()


def _check(version: int, station: str, epoch: int) -> None:
    if version != VERSION:
        raise EnrolmentError(f"version {version} of enrolment; this software knows {VERSION}")
    if _STATION.fullmatch(station) is None or not 1 <= epoch <= 0xFFFF:
        raise EnrolmentError("no station of 14 digits, or no life of one")


def _decode(data: bytes, limit: int, kind: type[T], decode: Callable[..., T]) -> T:
    if len(data) > limit:
        raise EnrolmentError(f"at most {limit} bytes were expected, {len(data)} came")
    try:
        return decode(data, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise EnrolmentError(f"not what was expected: {error}") from error
