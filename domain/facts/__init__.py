"""The kinds of entries, as typed values. The table of kinds, with who writes them, stands in docs/sync.md.

A body may gain optional fields; none is ever removed or given another meaning. A new kind needs a new name.
"""

from __future__ import annotations

from domain.facts.base import DOCUMENT_BYTES_MAX, VERSION_MAX, Fact, fact_of, is_document
from domain.facts.office import (
    DocumentActivated,
    DocumentAnnounced,
    EntryCleared,
    EntryParked,
    Fenced,
    Granted,
    JoinAnswered,
    OfficeKeyAnnounced,
    RecallAsked,
    StationListed,
    VoucherDecided,
    VoucherListed,
    WishAnswered,
)
from domain.facts.people import Proxy, ResidentErased, ResidentListed, StaffListed
from domain.facts.station import (
    AwardUndone,
    CardRekeyed,
    ConsentGiven,
    ConsentWithdrawn,
    DocumentRefused,
    DocumentTaken,
    EpochClosed,
    EpochOpened,
    JoinAsked,
    JoinWithdrawn,
    PinLocked,
    PinSet,
    PinUnlocked,
    PointsAwarded,
    ResidentForgotten,
    Returned,
    RightsHandedBack,
    StockReceived,
    StockWrittenOff,
)
from domain.facts.vouchers import (
    PaperReprinted,
    PaperSettled,
    VoucherExpired,
    VoucherHonoured,
    VoucherIssued,
    VoucherRefunded,
    VoucherVoided,
)

UP: dict[str, type[Fact]] = {
    kind.KIND: kind
    for kind in (
        EpochOpened, RightsHandedBack, EpochClosed, Returned,
        VoucherIssued, VoucherHonoured, VoucherVoided, VoucherExpired, VoucherRefunded, PaperReprinted, PaperSettled,
        PointsAwarded, AwardUndone, StockReceived, StockWrittenOff,
        ConsentGiven, ConsentWithdrawn, PinSet, PinLocked, PinUnlocked, CardRekeyed, ResidentForgotten, JoinAsked,
        JoinWithdrawn,
        DocumentTaken, DocumentRefused,
    )
}  # fmt: skip
DOWN: dict[str, type[Fact]] = {
    kind.KIND: kind
    for kind in (
        Granted, RecallAsked, WishAnswered, VoucherListed, VoucherDecided, StationListed, Fenced, EntryParked,
        EntryCleared, DocumentAnnounced, DocumentActivated, OfficeKeyAnnounced, ResidentListed, StaffListed,
        ResidentErased, JoinAnswered,
    )
}  # fmt: skip

__all__ = [
    "DOCUMENT_BYTES_MAX", "DOWN", "UP", "VERSION_MAX",
    "AwardUndone", "CardRekeyed", "ConsentGiven", "ConsentWithdrawn", "DocumentActivated", "DocumentAnnounced",
    "DocumentRefused", "DocumentTaken", "EntryCleared", "EntryParked", "EpochClosed", "EpochOpened", "Fact", "Fenced",
    "Granted", "JoinAnswered", "JoinAsked", "JoinWithdrawn", "OfficeKeyAnnounced", "PaperReprinted", "PaperSettled",
    "PinLocked", "PinSet", "PinUnlocked", "PointsAwarded", "Proxy", "RecallAsked",
    "ResidentErased", "ResidentForgotten", "ResidentListed", "Returned", "RightsHandedBack", "StaffListed",
    "StationListed", "StockReceived", "StockWrittenOff", "VoucherDecided", "VoucherExpired", "VoucherHonoured",
    "VoucherIssued", "VoucherListed", "VoucherRefunded", "VoucherVoided", "WishAnswered", "fact_of", "is_document",
]  # fmt: skip
