"""From a scanned code to whom it belongs: every step that needs no list. Pure; the signature check is handed in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from domain import card, slip, voucher
from domain.card import CardKind
from domain.identity_digest import Pepper, identity_digest
from domain.refusals import RefusalCode, Refused

SOURCE, ID_SOURCE = "card", "idcard"


@dataclass(frozen=True, slots=True)
class Recognised:
    """A card that the office really signed: whose list to look into, and under which digest."""

    kind: CardKind
    digest: str


def id_card_digest(pepper: Pepper, number: str) -> str:
    """Return the digest under which an ID card is listed, from its number: 18 characters, or the 15 of older kinds."""
    return identity_digest(pepper, ID_SOURCE, number.upper().encode("ascii"))


def id_card_digests(peppers: Sequence[Pepper], number: str) -> str:
    """Return the digests of an ID card under every version of the pepper, newest first, joined by commas."""
    return ",".join(id_card_digest(pepper, number) for pepper in peppers)


def read_card(
    code: str, county: str, pepper: Pepper, verify: Callable[[int, bytes, bytes], bool]
) -> Recognised | Refused:
    """Check a scanned code. ``verify(key_id, message, signature)`` says whether the office signed it."""
    if code.startswith(voucher.PREFIX):
        return Refused(RefusalCode.CARD_IS_VOUCHER)
    if code.startswith(slip.PREFIX):
        return _read_slip(code, county, pepper)
    try:
        found, data, signature = card.parse_code(code)
    except ValueError:
        return Refused(RefusalCode.CARD_MALFORMED)
    if found.county != county:
        return Refused(RefusalCode.CARD_ELSEWHERE)
    if not verify(found.key_id, card.signed_message(data), signature):
        return Refused(RefusalCode.CARD_FORGED)
    return Recognised(found.kind, identity_digest(pepper, SOURCE, found.number))


def _read_slip(code: str, county: str, pepper: Pepper) -> Recognised | Refused:
    """A temporary slip: whoever asked to join has it, and it is a card once the office accepted them."""
    try:
        area, number = slip.parse_code(code)
    except ValueError:
        return Refused(RefusalCode.CARD_MALFORMED)
    if area != county:
        return Refused(RefusalCode.CARD_ELSEWHERE)
    return Recognised(CardKind.RESIDENT, identity_digest(pepper, slip.SOURCE, number))
