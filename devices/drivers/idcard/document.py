"""The text of a card → the three things that are wanted of it. Pure.

The text is 256 bytes of UTF-16LE, padded with spaces (GA/T 490; makers' field tables). The letter at 248 tells the
four kinds apart. Only number, birth and sex are ever taken out of it: name, address, nation, issuer and validity are
not decoded, so whatever they hold (characters of four bytes, 长期) cannot stop a card from being read.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from devices.drivers.idcard.number import (
    CITIZEN_BYTES,
    FOREIGNER_2017_BYTES,
    citizen_number_holds,
    foreigner_2017_number_holds,
    year_of,
)
from devices.drivers.idcard.sealed import Sealed
from devices.drivers.idcard.trouble import Trouble
from devices.ports import DocumentType, IdCardRead

TEXT_BYTES = 256
_LENGTHS_BYTES = 4  # of text and photo, before them
_NUMBER_AT = 122
_KIND_AT = 248
_PADDING = (0x20, 0x00)
_OTHER = 0xFF


@dataclass(frozen=True, slots=True)
class Layout:
    """Where in the text of one kind of card something stands."""

    document: DocumentType
    sex_at: int
    birth_at: int
    number_bytes: int = CITIZEN_BYTES


_RESIDENT = Layout(DocumentType.RESIDENT, sex_at=30, birth_at=36)
_LAYOUTS = {
    ord("J"): Layout(DocumentType.PERMIT, sex_at=30, birth_at=36),
    ord("I"): Layout(DocumentType.FOREIGNER_2017, sex_at=120, birth_at=220, number_bytes=FOREIGNER_2017_BYTES),
    ord("Y"): Layout(DocumentType.FOREIGNER_2023, sex_at=30, birth_at=36),
}


def card_read(data: memoryview, digest: Callable[[str], str]) -> IdCardRead | Trouble:
    """What may be told of a card, from the data of a good answer to "read": two lengths, text, photo.

    The number exists as text only in the call of ``digest``. Raises what ``digest`` raises.
    """
    if len(data) < _LENGTHS_BYTES + TEXT_BYTES:
        return Trouble.UNREADABLE
    text_bytes, photo_bytes = (int.from_bytes(data[at : at + 2], "big") for at in (0, 2))
    if text_bytes != TEXT_BYTES or len(data) != _LENGTHS_BYTES + TEXT_BYTES + photo_bytes:
        return Trouble.UNREADABLE
    text = data[_LENGTHS_BYTES : _LENGTHS_BYTES + TEXT_BYTES]
    kind = text[_KIND_AT] if not text[_KIND_AT + 1] else _OTHER
    layout = _LAYOUTS.get(kind, _RESIDENT)  # a resident card may have anything there, mostly a space
    with (
        _ascii(text, _NUMBER_AT, layout.number_bytes) as number,
        _ascii(text, layout.birth_at, 8) as birth,
        _ascii(text, layout.sex_at, 1) as sex,
    ):
        if _holds(layout, number, birth, sex):
            return IdCardRead(digest(number.decode("ascii")), layout.document, year_of(birth))
    return Trouble.INCONSISTENT if kind in _LAYOUTS or kind in _PADDING else Trouble.UNKNOWN_KIND


def _holds(layout: Layout, number: Sealed, birth: Sealed, sex: Sealed) -> bool:
    if layout.document is DocumentType.FOREIGNER_2017:
        return foreigner_2017_number_holds(number, birth=birth)
    return citizen_number_holds(number, birth=birth, sex=sex[0])


def _ascii(text: memoryview, at: int, count: int) -> Sealed:
    """``count`` characters at a byte offset; 0xFF stands for one beyond ASCII, which is in none of these fields."""
    characters = Sealed(text[at : at + 2 * count : 2])
    for place, high in enumerate(text[at + 1 : at + 2 * count : 2]):
        if high:
            characters[place] = 0xFF
    return characters
