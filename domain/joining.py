"""Asking to join: what is kept of it, whether a guardian is needed, and the number that people read. Pure."""

from __future__ import annotations

import re

import msgspec

from domain.ids import Epoch, ResidentId
from domain.voucher_number import epoch_letters

NOTICE = 1  # version of what is read before anything is kept
GUARDED_YEARS = 14
KEEP_DAYS_MAX = 30
"""The notice promises it: what was given goes at the latest so long after the answer. The rules may say less."""
REASON_MAX = 40  # why a request was refused: as much as a screen can show in large type
NUMBER_MAX = 999_999
DIGEST = re.compile(r"[0-9]{1,5}:[0-9a-f]{64}")
REQUEST = re.compile(r"[0-9a-f]{32}")
_PHONE = re.compile(r"1[0-9]{10}")


class JoinPrivate(msgspec.Struct, frozen=True, omit_defaults=True):
    """What of a request can be erased: it lies beside its entry, at both sides, and never in it.

    ``id_card``: digest of an ID card; ``guardian``: who came along, if they are known here; ``guardian_card``: digest
    of their ID card if they are not; ``phone``: as it was typed, or empty.
    """

    id_card: str = ""
    guardian: ResidentId = ResidentId("")
    guardian_card: str = ""
    phone: str = ""

    def __post_init__(self) -> None:
        cards = [card for card in (self.id_card, self.guardian_card) if card]
        if not all(map(is_digest, cards)) or not (self.phone == "" or is_phone(self.phone)):
            raise ValueError("digests of cards, and a phone number of eleven digits or none")
        if (
            len(self.guardian) > 40
            or not self.guardian.isascii()
            or (self.guardian and not self.guardian.isprintable())
        ):
            raise ValueError("a guardian that cannot be")

    def __repr__(self) -> str:
        return "JoinPrivate(…)"


def decode_private(data: bytes) -> JoinPrivate | None:
    """Return the erasable part of a request, ``None`` for bytes that are none: they come from a station."""
    try:
        return msgspec.json.decode(data, type=JoinPrivate)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None


def is_digest(text: str) -> bool:
    """Whether this is the keyed digest of a card: version of the key, ``:``, 64 hex digits."""
    return DIGEST.fullmatch(text) is not None


def is_phone(digits: str) -> bool:
    """Whether these are the eleven digits of a mobile number in China."""
    return _PHONE.fullmatch(digits) is not None


def needs_guardian(birth_year: int, year: int) -> bool:
    """Whether somebody comes with a guardian (under 14: PIPL art. 31).

    Only the year of birth is known, so it holds until the end of the year in which they turn fourteen.
    """
    return year - birth_year <= GUARDED_YEARS


def join_number(epoch: Epoch, number: int) -> str:
    """Return the number of a request as people read it: ``A-0012``, the letters of the station's life and a count."""
    return f"{epoch_letters(epoch)}-{number:04d}"
