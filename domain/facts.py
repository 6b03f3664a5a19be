"""The kinds of entries, as typed values. The table of kinds, with who writes them, stands in docs/sync.md.

A body may gain optional fields; none is ever removed or given another meaning. A new kind needs a new name.
"""

from __future__ import annotations

import re
from typing import ClassVar, TypeVar

import msgspec

from domain.entries import Entry, EntryError
from domain.ids import CommandId, Day, Epoch, ItemId, PlaceId, ResidentId, StaffId, StationId, VisitId
from domain.rights import RightKey, is_right
from domain.voucher import ItemKind

DOCUMENT_BYTES_MAX = 2 * 1024 * 1024
VERSION_MAX = 2**31 - 1
_DOCUMENT = re.compile(r"[a-z][a-z_]{0,31}")
_SHA256 = re.compile(r"[0-9a-f]{64}")


class Fact(msgspec.Struct, frozen=True, omit_defaults=True):
    """What happened, without when."""

    KIND: ClassVar[str] = ""


class EpochOpened(Fact, frozen=True):
    """Up, entry 1 of every journal: this life of the station begins."""

    KIND: ClassVar[str] = "epoch_opened"
    station: StationId
    epoch: Epoch
    software: str
    voucher_key_id: int
    voucher_key: str  # public Ed25519 key, hex


class VoucherIssued(Fact, frozen=True):
    """Up: points were spent and a voucher stands for them. Moves: points spent, stock spent."""

    KIND: ClassVar[str] = "voucher_issued"
    number: int
    command: CommandId
    visit: VisitId
    resident: ResidentId
    kind: ItemKind
    item: ItemId
    pieces: int
    points: int
    catalogue: int
    place: PlaceId
    issued: Day
    expires: Day
    key_id: int


class VoucherVoided(Fact, frozen=True):
    """Up, by the place that the voucher names: it will not be honoured. Moves, where that is the issuer: refunded."""

    KIND: ClassVar[str] = "voucher_voided"
    station: StationId  # who issued it: epoch and number are the issuer's
    epoch: Epoch
    number: int
    staff: StaffId
    reason: str


class PaperReprinted(Fact, frozen=True):
    """Up: staff had the paper of a voucher printed again, marked 补打. ``copy`` counts from 1."""

    KIND: ClassVar[str] = "paper_reprinted"
    epoch: Epoch
    number: int
    copy: int
    staff: StaffId


class PaperSettled(Fact, frozen=True):
    """Up: staff saw that an uncertain paper is in the resident's hand."""

    KIND: ClassVar[str] = "paper_settled"
    epoch: Epoch
    number: int
    staff: StaffId


class DocumentTaken(Fact, frozen=True):
    """Up: a document that the office announced is in force here; pictures that it names may still be on their way."""

    KIND: ClassVar[str] = "document_taken"
    name: str
    version: int
    sha256: str


class DocumentRefused(Fact, frozen=True):
    """Up: a document that the office announced is not what it should be; the one before stays in force."""

    KIND: ClassVar[str] = "document_refused"
    name: str
    version: int
    sha256: str
    code: str  # stands in docs/errors.md
    reason: str


class Granted(Fact, frozen=True):
    """Down: the running total of what the office granted this station of one right in this epoch."""

    KIND: ClassVar[str] = "granted"
    right: RightKey
    total: int

    def __post_init__(self) -> None:
        if not is_right(self.right) or self.total < 0:
            raise ValueError("a grant names a right and a total of 0 or more")


class ResidentListed(Fact, frozen=True):
    """Down: a resident as this station may know them. A later entry replaces an earlier one whole."""

    KIND: ClassVar[str] = "resident_listed"
    resident: ResidentId
    name: str  # masked by the office: 张*三
    cards: tuple[str, ...]  # identity digests
    blocked_cards: tuple[str, ...] = ()


class StaffListed(Fact, frozen=True):
    """Down: one of the staff, with the digests of their badges."""

    KIND: ClassVar[str] = "staff_listed"
    staff: StaffId
    name: str
    role: str
    cards: tuple[str, ...]
    blocked_cards: tuple[str, ...] = ()


class DocumentAnnounced(Fact, frozen=True):
    """Down: a whole document, to be pulled by its hash. A newer version replaces one that is not yet in force."""

    KIND: ClassVar[str] = "document_announced"
    name: str
    version: int
    sha256: str  # of its bytes, hex
    size: int  # bytes
    effective_from: int | None = None  # milliseconds since 1970 UTC; absent: at once

    def __post_init__(self) -> None:
        if not is_document(self.name, self.version) or not _SHA256.fullmatch(self.sha256):
            raise ValueError("a document has a name of small letters, a version of 1 or more and a SHA-256 in hex")
        if not 1 <= self.size <= DOCUMENT_BYTES_MAX:
            raise ValueError(f"a document has 1-{DOCUMENT_BYTES_MAX} bytes")


class OfficeKeyAnnounced(Fact, frozen=True):
    """Down: a key that the office will sign with some day. It counts from this entry on, beside those before it."""

    KIND: ClassVar[str] = "office_key_announced"
    key_id: int
    key: str  # public Ed25519 key, hex

    def __post_init__(self) -> None:
        if not 1 <= self.key_id <= 255 or not _SHA256.fullmatch(self.key):
            raise ValueError("a key has a number of 1-255 and 64 hex digits")


UP: dict[str, type[Fact]] = {
    kind.KIND: kind
    for kind in (
        EpochOpened, VoucherIssued, VoucherVoided, PaperReprinted, PaperSettled, DocumentTaken, DocumentRefused,
    )
}  # fmt: skip
DOWN: dict[str, type[Fact]] = {
    kind.KIND: kind for kind in (Granted, ResidentListed, StaffListed, DocumentAnnounced, OfficeKeyAnnounced)
}

_F = TypeVar("_F", bound=Fact)


def is_document(name: str, version: int) -> bool:
    """Whether a document can have this name and version."""
    return _DOCUMENT.fullmatch(name) is not None and 1 <= version <= VERSION_MAX


def fact_of(entry: Entry, kinds: dict[str, type[Fact]]) -> Fact | None:
    """Return the typed body of an entry; ``None`` if its kind is not known here. Raises ``EntryError``."""
    kind = kinds.get(entry.kind)
    return None if kind is None else _decode(entry, kind)


def _decode(entry: Entry, kind: type[_F]) -> _F:
    try:
        return msgspec.json.decode(entry.body, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise EntryError(f"the body of this {entry.kind} does not fit: {error}") from error
