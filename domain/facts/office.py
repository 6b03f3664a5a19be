"""Down: what the office writes to a station about rights, vouchers, documents and keys."""

from __future__ import annotations

from typing import ClassVar

from domain.facts.base import DOCUMENT_BYTES_MAX, SHA256, Fact, is_document
from domain.ids import Epoch, PlaceId, StationId
from domain.rights import RightKey, is_right
from domain.voucher import STRUCT_SIZE

FATES = ("honoured", "void", "expired")
WISH_OUTCOMES = ("coming", "short", "unreachable", "told")
JOIN_OUTCOMES = ("accepted", "refused", "forgotten")


class Granted(Fact, frozen=True):
    """The running total of what the office granted this station of one right in one of its lives."""

    KIND: ClassVar[str] = "granted"
    right: RightKey
    total: int
    epoch: int = 0  # the station's life for which it counts; 0: the one in which it comes

    def __post_init__(self) -> None:
        if not is_right(self.right) or self.total < 0 or not 0 <= self.epoch <= 0xFFFF:
            raise ValueError("a grant names a right, a total of 0 or more and a life")


class RecallAsked(Fact, frozen=True):
    """The office asks back, of one right, up to a running total: what it asked before is part of it.

    The station answers each newer total once, with what it has of the difference (``Returned``).
    """

    KIND: ClassVar[str] = "recall_asked"
    right: RightKey
    asked: int
    epoch: int = 0

    def __post_init__(self) -> None:
        if not is_right(self.right) or self.asked < 1 or not 0 <= self.epoch <= 0xFFFF:
            raise ValueError("a recall names a right, a total of 1 or more and a life")


class WishAnswered(Fact, frozen=True):
    """What became of an unlogged wish of a visit that could not be granted at once; a grant speaks for itself.

    ``coming``: asked back from ``place``; ``unreachable``: it lies at ``place``, which is not heard; ``short``: there
    is not as much anywhere. ``elsewhere``: how much there is in all but here. ``told``: nothing was missing, the visit
    only asked how much lies elsewhere.
    """

    KIND: ClassVar[str] = "wish_answered"
    visit: str
    right: RightKey
    outcome: str
    elsewhere: int = 0
    place: str = ""  # name of a station, for people

    def __post_init__(self) -> None:
        if not is_right(self.right) or self.outcome not in WISH_OUTCOMES or self.elsewhere < 0:
            raise ValueError("an answer names a right and one of " + ", ".join(WISH_OUTCOMES))


class JoinAnswered(Fact, frozen=True):
    """What became of a request to join. ``accepted``: their listing comes beside it; ``forgotten``: whatever it was,
    nothing of it is kept any more, at the office or here."""

    KIND: ClassVar[str] = "join_answered"
    request: str
    outcome: str
    reason: str = ""  # in words, for who asked: why they were refused

    def __post_init__(self) -> None:
        if not 1 <= len(self.request) <= 40 or self.outcome not in JOIN_OUTCOMES or len(self.reason) > 100:
            raise ValueError("an answer names a request and one of " + ", ".join(JOIN_OUTCOMES))


class VoucherListed(Fact, frozen=True):
    """A voucher that names this station as its place, issued by another one, or by a former life of this one."""

    KIND: ClassVar[str] = "voucher_listed"
    packed: str  # its 29 bytes, hex

    def __post_init__(self) -> None:
        if len(bytes.fromhex(self.packed)) != STRUCT_SIZE:
            raise ValueError(f"a voucher has {STRUCT_SIZE} bytes")


class VoucherDecided(Fact, frozen=True):
    """To the issuer: the place that the voucher names wrote its fate. Void and expired are refunded there."""

    KIND: ClassVar[str] = "voucher_decided"
    epoch: Epoch
    number: int
    fate: str
    place: PlaceId

    def __post_init__(self) -> None:
        if self.fate not in FATES:
            raise ValueError("a fate is one of " + ", ".join(FATES))


class StationListed(Fact, frozen=True):
    """The key under which a life of another station signs vouchers, and the last number that counts of it."""

    KIND: ClassVar[str] = "station_listed"
    station: StationId
    name: str
    epoch: Epoch
    key_id: int
    key: str  # public Ed25519 key, hex
    last_good: int | None = None  # a life that was fenced: vouchers after this number are revoked

    def __post_init__(self) -> None:
        if not SHA256.fullmatch(self.key) or (self.last_good is not None and self.last_good < 0):
            raise ValueError("a key has 64 hex digits, a last number is 0 or more")


class Fenced(Fact, frozen=True):
    """This life of the station is over: nothing more is sold in it, and nothing more is taken from it by wire."""

    KIND: ClassVar[str] = "fenced"
    epoch: Epoch
    reason: str


class EntryParked(Fact, frozen=True):
    """The office keeps an entry of the station, and does not apply it before somebody has looked."""

    KIND: ClassVar[str] = "entry_parked"
    epoch: Epoch
    number: int
    code: str


class EntryCleared(Fact, frozen=True):
    """A parked entry was applied after all, or set aside for good."""

    KIND: ClassVar[str] = "entry_cleared"
    epoch: Epoch
    number: int


class DocumentAnnounced(Fact, frozen=True):
    """A whole document, to be pulled by its hash. A newer version replaces one that is not yet in force."""

    KIND: ClassVar[str] = "document_announced"
    name: str
    version: int
    sha256: str  # of its bytes, hex
    size: int  # bytes
    effective_from: int | None = None  # milliseconds since 1970 UTC; absent: at once

    def __post_init__(self) -> None:
        if not is_document(self.name, self.version) or not SHA256.fullmatch(self.sha256):
            raise ValueError("a document has a name of small letters, a version of 1 or more and a SHA-256 in hex")
        if not 1 <= self.size <= DOCUMENT_BYTES_MAX:
            raise ValueError(f"a document has 1-{DOCUMENT_BYTES_MAX} bytes")


class DocumentActivated(Fact, frozen=True):
    """By the office's clock the time of a document has come: it counts now, whatever the station's clock says."""

    KIND: ClassVar[str] = "document_activated"
    name: str
    version: int

    def __post_init__(self) -> None:
        if not is_document(self.name, self.version):
            raise ValueError("a document has a name of small letters and a version of 1 or more")


class OfficeKeyAnnounced(Fact, frozen=True):
    """A key that the office will sign with some day. It counts from this entry on, beside those before it."""

    KIND: ClassVar[str] = "office_key_announced"
    key_id: int
    key: str  # public Ed25519 key, hex

    def __post_init__(self) -> None:
        if not 1 <= self.key_id <= 255 or not SHA256.fullmatch(self.key):
            raise ValueError("a key has a number of 1-255 and 64 hex digits")
