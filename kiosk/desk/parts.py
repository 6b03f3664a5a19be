"""What every verb of the desk works with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from domain.board import Board
from domain.calendar import UNKNOWN_DAY, day_of
from domain.catalogue import Catalogue
from domain.commands import Desk
from domain.entries import NONCE_SIZE, Stamp
from domain.identity_digest import Pepper
from domain.refusals import RefusalCode, Refused
from domain.rules import Rules
from kiosk.journal.journal import Journal
from kiosk.system import System


class Signer(Protocol):
    """Signs vouchers."""

    @property
    def key_id(self) -> int:
        """The number of the key within the epoch."""
        ...

    @property
    def public(self) -> bytes:
        """The public key: 32 bytes."""
        ...

    def sign(self, message: bytes) -> bytes:
        """Return the signature of ``message``."""
        ...


@dataclass(frozen=True, slots=True)
class DeskParts:
    """The journal, the keys, the machine, and the newest catalogue, rules and board. Handed in; a test hands in others.

    ``signed(public_key, message, signature)`` checks what other lives signed. ``older`` are former versions of the
    pepper, newest first: cards that were listed under them are still found.
    """

    journal: Journal
    signer: Signer
    pepper: Pepper
    verify_office: Callable[[int, bytes, bytes], bool]
    system: System
    catalogue: Callable[[], Catalogue | None]
    station_name: str
    signed: Callable[[bytes, bytes, bytes], bool]
    rules: Callable[[], Rules] = Rules
    board: Callable[[], Board] = Board
    older: tuple[Pepper, ...] = ()
    demo: bool = False

    def why_not_staff(self, staff: str) -> Refused | None:
        """Return why one of the staff can write nothing down here, ``None`` if they can."""
        if self.journal.office.mute():
            return Refused(RefusalCode.STATION_HALTED)
        return Refused(RefusalCode.STAFF_ONLY) if self.journal.people.staff_name(staff) is None else None

    def stamp(self) -> Stamp:
        """Return what makes the next entry unlike any other."""
        return Stamp(
            nonce=self.system.random_bytes(NONCE_SIZE),
            boot=self.journal.identity.boot,
            at=self.system.now_ms(),
            clock_ok=self.system.clock_ok(),
        )

    def desk(self, stamp: Stamp) -> Desk:
        """Return the station as the rules see it at an instant."""
        return Desk(
            station=self.journal.identity.station,
            epoch=self.journal.identity.epoch,
            today=day_of(stamp.at) if stamp.clock_ok else UNKNOWN_DAY,
            next_number=self.journal.vouchers.next_number(),
            key_id=self.signer.key_id,
        )
