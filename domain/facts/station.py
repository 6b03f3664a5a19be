"""Up: what a station does beside vouchers."""

from __future__ import annotations

from typing import ClassVar

from domain.facts.base import Fact
from domain.ids import Epoch, ItemId, ResidentId, StaffId, StationId
from domain.rights import RightKey


class EpochOpened(Fact, frozen=True):
    """Entry 1 of every journal: this life of the station begins. ``before_…``: where its former life ended, if it
    ended by its own ``epoch_closed``."""

    KIND: ClassVar[str] = "epoch_opened"
    station: StationId
    epoch: Epoch
    software: str
    voucher_key_id: int
    voucher_key: str  # public Ed25519 key, hex
    before_epoch: int = 0
    before_last: int = 0
    before_hash: str = ""  # hex


class RightsHandedBack(Fact, frozen=True):
    """A life that ends gives back what it holds, in parts of at most 64 moves. Moves: returned, all that is left."""

    KIND: ClassVar[str] = "rights_handed_back"
    part: int  # from 1


class EpochClosed(Fact, frozen=True):
    """The last entry of a life that the station ends itself. No moves: everything was handed back before."""

    KIND: ClassVar[str] = "epoch_closed"
    reason: str  # a code: "log.went_back"


class Returned(Fact, frozen=True):
    """A recall was answered. Moves: the right returned, as far as it was there; none if nothing was."""

    KIND: ClassVar[str] = "returned"
    right: RightKey
    asked: int  # the running total of the recall that this answers


class PointsAwarded(Fact, frozen=True):
    """Points from the station's budget. Moves: ``budget/awards`` spent, the resident's points earned."""

    KIND: ClassVar[str] = "points_awarded"
    award: str  # random, one an award: repeated, it changes nothing
    resident: ResidentId
    points: int
    staff: StaffId
    reason: str


class AwardUndone(Fact, frozen=True):
    """An award was a mistake. Moves: the resident's points spent, ``budget/awards`` refunded."""

    KIND: ClassVar[str] = "award_undone"
    award: str
    resident: ResidentId
    points: int
    staff: StaffId
    reason: str


class StockReceived(Fact, frozen=True):
    """Pieces came in. Moves: stock earned."""

    KIND: ClassVar[str] = "stock_received"
    item: ItemId
    pieces: int
    staff: StaffId
    reason: str


class StockWrittenOff(Fact, frozen=True):
    """Pieces are gone that nobody got: broken, spoiled, missing. Moves: stock spent."""

    KIND: ClassVar[str] = "stock_written_off"
    item: ItemId
    pieces: int
    staff: StaffId
    reason: str


class ConsentGiven(Fact, frozen=True):
    """A resident agreed to what the notice says."""

    KIND: ClassVar[str] = "consent_given"
    resident: ResidentId
    notice: int  # version of the notice
    by_staff: StaffId = StaffId("")  # who found them in the list, for want of a card; empty: a card was shown


class ConsentWithdrawn(Fact, frozen=True):
    """A resident withdrew that; the office erases."""

    KIND: ClassVar[str] = "consent_withdrawn"
    resident: ResidentId
    by_staff: StaffId = StaffId("")  # as in ``ConsentGiven``: whoever confirms the erasure sees who was there


class PinSet(Fact, frozen=True):
    """A resident chose a PIN, with one of the staff beside them. It takes the place of any before it."""

    KIND: ClassVar[str] = "pin_set"
    resident: ResidentId
    verifier: str  # ``domain.pin``: never the PIN
    staff: StaffId


class PinLocked(Fact, frozen=True):
    """Too many wrong PINs in a row: none is taken for so many minutes."""

    KIND: ClassVar[str] = "pin_locked"
    resident: ResidentId
    minutes: int


class PinUnlocked(Fact, frozen=True):
    """One of the staff knew the resident, and let them try again."""

    KIND: ClassVar[str] = "pin_unlocked"
    resident: ResidentId
    staff: StaffId


class CardRekeyed(Fact, frozen=True):
    """A card that is listed under an older version of the key was read: this is its digest under the newer one."""

    KIND: ClassVar[str] = "card_rekeyed"
    old: str
    new: str


class JoinAsked(Fact, frozen=True):
    """Somebody who is not known here asks to join. What names them is in the private part (``JoinPrivate``)."""

    KIND: ClassVar[str] = "join_asked"
    request: str  # 32 hex digits, random: asked twice it is one request
    number: int  # within the epoch, from 1; people read it with the letters of the epoch
    slip: str  # digest of the temporary slip's code, which becomes a card when the office accepts
    notice: int  # version of the notice that they agreed to
    minor: bool = False  # under 14 by the calendar year: a guardian came along


class JoinWithdrawn(Fact, frozen=True):
    """Who asked to join does so no more: the station forgot it, and the office does."""

    KIND: ClassVar[str] = "join_withdrawn"
    request: str


class ResidentForgotten(Fact, frozen=True):
    """What the office asked to be erased of a resident is gone here, and on the stick."""

    KIND: ClassVar[str] = "resident_forgotten"
    resident: ResidentId


class DocumentTaken(Fact, frozen=True):
    """A document that the office announced is in force here; pictures that it names may still be on their way."""

    KIND: ClassVar[str] = "document_taken"
    name: str
    version: int
    sha256: str


class DocumentRefused(Fact, frozen=True):
    """A document that the office announced is not what it should be; the one before stays in force."""

    KIND: ClassVar[str] = "document_refused"
    name: str
    version: int
    sha256: str
    code: str  # stands in docs/errors.md
    reason: str
