"""What is on the chip of an ID card: 256 bytes of text in one of four layouts, and a photo. Pure."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from devices.ports import DocumentType

PHOTO_BYTES = 1024


@dataclass(frozen=True, slots=True)
class SimulatedCard:
    """The fields of a card; which of them it has depends on ``document``. Dates are YYYYMMDD, or 长期."""

    document: DocumentType
    name: str
    sex: str
    born: str
    number: str
    valid_from: str
    valid_to: str
    nation: str = ""
    address: str = ""
    issuer: str = ""
    travel_number: str = ""
    issues: str = ""
    english_name: str = ""
    nationality: str = ""

    @property
    def text(self) -> bytes:
        """The text block, UTF-16LE, each field padded with spaces (GA/T 490 and the rules for the other kinds)."""
        match self.document:
            case DocumentType.RESIDENT:
                return self._as_resident((("", 36),))
            case DocumentType.PERMIT:
                return self._as_resident(((self.travel_number, 18), (self.issues, 4), ("", 6), ("J", 2), ("", 6)))
            case DocumentType.FOREIGNER_2017:
                return _fields(
                    (self.english_name, 120),
                    (self.sex, 2),
                    (self.number, 30),
                    (self.nationality, 6),
                    (self.name, 30),
                    (self.valid_from, 16),
                    (self.valid_to, 16),
                    (self.born, 16),
                    ("01", 4),
                    ("1500", 8),
                    ("I", 2),
                    ("", 6),
                )
            case DocumentType.FOREIGNER_2023:
                return _fields(
                    (self.name, 30),
                    (self.sex, 2),
                    ("01", 4),
                    (self.born, 16),
                    (self.english_name[:35], 70),
                    (self.number, 36),
                    ("", 30),
                    (self.valid_from, 16),
                    (self.valid_to, 16),
                    (self.english_name[35:46], 22),
                    (self.nationality, 6),
                    ("Y", 2),
                    ("", 6),
                )

    @property
    def photo(self) -> bytes:
        """Bytes that no decoder makes a face of; the same for the same number."""
        return hashlib.shake_128(self.number.encode()).digest(PHOTO_BYTES)

    def _as_resident(self, rest: tuple[tuple[str, int], ...]) -> bytes:
        return _fields(
            (self.name, 30),
            (self.sex, 2),
            (self.nation, 4),
            (self.born, 16),
            (self.address, 70),
            (self.number, 36),
            (self.issuer, 30),
            (self.valid_from, 16),
            (self.valid_to, 16),
            *rest,
        )


def _fields(*fields: tuple[str, int]) -> bytes:
    """Each value in so many bytes. Raises ``ValueError`` for one that does not fit."""
    block = bytearray()
    for value, size in fields:
        written = value.encode("utf-16-le")
        if len(written) > size:
            raise ValueError(f"{value!r} does not fit into {size} bytes")
        block += written + b" \x00" * ((size - len(written)) // 2)
    return bytes(block)
