"""A card that went back in time, put right by itself: ask for the lost entries, end the life, begin the next one.

How far that is stands in the journal alone: the alarm, the last entry, what the office acknowledged. A kill at any
instant costs a question more.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

from domain.calendar import china_time, date_of
from domain.catalogue import Catalogue, decode_catalogue
from domain.entries import Stamp
from domain.facts import VoucherIssued
from domain.rights import points_of
from kiosk.faults import ShelfError, point
from kiosk.journal.ending import close, is_closed, is_granted, open_next, replay
from kiosk.journal.journal import Journal
from kiosk.papers.voucher import VoucherContent, encode_content
from kiosk.shelf import Shelf
from kiosk.station import Folder, StationFault
from kiosk.stick import AHEAD, StickFault, read_back, stick_of
from kiosk.version import VERSION
from sync.chain import Direction
from sync.frame import FrameError, Verify, Want
from sync.identity import KeyFileError, SigningKey, read_secret
from sync.store import AlarmCode
from sync.tail import Gathered, Gathering, decode_tail

logger = logging.getLogger(__name__)
ASK_SECONDS, ASK_MAX_SECONDS = 3.0, 60.0
STICK_SECONDS = 30.0  # between two looks at a stick that does not help


class Closing:
    """Owned by the thread of ``kiosk sync``. ``office`` knows the office's keys, ``own`` the station's frame key."""

    def __init__(
        self,
        journal: Journal,
        folder: Folder,
        name: str,
        stamp: Callable[[], Stamp],
        office: Verify,
        own: Verify,
        stick: Path | None = None,
    ) -> None:
        self._journal = journal
        self._folder = folder
        self._name = name
        self._stamp = stamp
        self._office = office
        self._own = own
        self._stick = stick
        self._office_heard = False
        self._gathering: Gathering | None = None
        self._whole = False
        self._ask_at = 0.0
        self._pause = ASK_SECONDS
        self._stick_at = 0.0
        self._fault = ""

    @property
    def needed(self) -> bool:
        """Whether this life must end: the office or the stick knows more of it than the journal."""
        return self._journal.office.alarm() in (AlarmCode.WENT_BACK.value, AHEAD)

    def heard(self) -> None:
        """The office was heard and has not said that it holds more than the journal."""
        self._office_heard = True

    def restart(self) -> None:
        """The line is new: ask at once."""
        self._ask_at, self._pause = 0.0, ASK_SECONDS

    def turn(self, now: float = 0.0) -> bool:
        """Do what can be done by now; return whether the journal has grown."""
        if is_closed(self._journal):
            return self._begin_next()
        ahead = self._journal.office.alarm() == AHEAD
        gathering = Gathering(*self._place()) if ahead and self._office_heard else self._gathering
        if gathering is None or not (ahead or self._whole) or now < self._stick_at:
            return False
        try:
            carried = self._go_on(gathering)
        except (StickFault, OSError) as error:
            return self._wait(now, str(error))
        if ahead and not carried:
            # Nobody else has those entries: to hand back what they spent would let it be spent twice.
            return self._wait(
                now, "the stick does not hold what follows from the journal; put it back, call the office"
            )
        if not self._heard(gathering.down):
            return False
        if not is_granted(self._journal, gathering.entries):  # by a restored office, which says again what it granted
            self._stick_at = now + STICK_SECONDS
            return False
        return self._end(gathering)

    def _wait(self, now: float, why: str) -> bool:
        self._stick_at = now + STICK_SECONDS
        if why != self._fault:
            self._fault = why
            logger.error("stick.fault: %s", why)
        return False

    def wish(self, now: float) -> Want | None:
        """Return what to ask the office for now, if anything."""
        went_back = self._journal.office.alarm() == AlarmCode.WENT_BACK
        if self._whole or not went_back or now < self._ask_at or is_closed(self._journal):
            return None
        self._ask_at = now + self._pause
        self._pause = min(2 * self._pause, ASK_MAX_SECONDS)
        return self._gathered().want

    def take(self, data: bytes) -> str:
        """Take a tail that the office sent; return why not, empty if it was taken."""
        if self._whole or not self.needed or is_closed(self._journal):
            return ""
        gathering = self._gathered()
        try:
            tail = decode_tail(data, gathering.station, Direction.UP, self._office)
        except FrameError as error:
            return error.code
        course = gathering.take(tail, self._own)
        if course is Gathered.FOREIGN:
            self._gathering = None
            return "frame.tail"
        self._whole = course is Gathered.WHOLE
        self._ask_at, self._pause = 0.0, ASK_SECONDS
        return ""

    def _gathered(self) -> Gathering:
        if self._gathering is None:
            self._gathering = Gathering(*self._place())
        return self._gathering

    def _place(self) -> tuple[str, Direction, int, int, bytes]:
        head, identity = self._journal.chain.head(), self._journal.identity
        return identity.station, Direction.UP, identity.epoch, head.number, head.hash

    def _heard(self, down: tuple[int, int]) -> bool:
        """Whether all that the office granted this life has come: only then is it known what can be handed back."""
        log = self._journal.down
        return (log.epoch, log.head().number) >= down and not log.unknown()

    def _end(self, gathering: Gathering) -> bool:
        key = self._voucher_key()
        with self._journal.transaction("closing"):
            self._gathering, self._whole = None, False
            head = self._journal.chain.head()
            if not self.needed or is_closed(self._journal) or self._grown(gathering, head.number):
                return False
            replay(self._journal, gathering.entries, gathering.privates, key.sign, self._content)
            point("closing.replayed")
            if not is_closed(self._journal):
                close(self._journal, self._stamp, AlarmCode.WENT_BACK)
            point("closing.closed")
        logger.warning("log.went_back: %d entries came back, the life is closed", len(gathering.entries))
        return True

    def _go_on(self, gathering: Gathering) -> bool:
        """Add what the stick holds behind the tail, as the office may never have got it; return whether there is any.

        Raises ``StickFault`` for a copy that is there and cannot be read; one that is broken for good is taken out.
        """
        head = None if self._stick is None else stick_of(self._journal, self._stick).head()
        if self._stick is None or head is None:
            return False
        carried, privates = read_back(self._journal, self._stick, self._own)
        if carried.last <= gathering.number or carried.hashes[gathering.number] != gathering.hash:
            return False
        if carried.last != head.up:
            raise StickFault(f"the stick says {head.up} entries, {carried.last} are sound; take a broken one out")
        gathering.entries += carried.entries[gathering.number :]
        gathering.privates |= privates
        gathering.number, gathering.hash = carried.last, carried.hashes[-1]
        gathering.down = max(gathering.down, (head.down_epoch, head.down))  # what they spent was granted up to there
        return True

    @staticmethod
    def _grown(gathering: Gathering, head: int) -> bool:
        return head + len(gathering.entries) != gathering.number

    def _begin_next(self) -> bool:
        with self._journal.transaction("next"):
            if not is_closed(self._journal) or self._journal.office.holds() < self._journal.chain.head().number:
                return False
            open_next(self._journal, self._stamp, VERSION)
            point("next.opened")
        logger.warning("log.went_back: epoch %d begins", self._journal.identity.epoch)
        return True

    def _voucher_key(self) -> SigningKey:
        try:
            return SigningKey(1, read_secret(self._folder.voucher_key))
        except KeyFileError as error:
            raise StationFault(str(error)) from error

    def _content(self, fact: VoucherIssued, number: str, code: str, at: int) -> bytes:
        """What the paper of a voucher that came back says, should it be printed again."""
        catalogue = self._catalogue()
        item = None if catalogue is None else catalogue.item(fact.item)
        expires, resident = date_of(fact.expires), self._journal.people.resident(fact.resident)
        return encode_content(
            VoucherContent(
                station=self._name,
                kind=fact.kind.name.lower(),
                item=str(fact.item) if item is None else item.name,
                pieces=fact.pieces,
                unit="" if item is None else item.unit,
                points=fact.points,
                left=self._journal.rights.get(points_of(fact.resident)).available,
                name="" if resident is None else resident.name,
                place=self._name if str(fact.place) == str(self._journal.identity.station) else str(fact.place),
                issued=china_time(at).strftime("%Y-%m-%d %H:%M") if fact.issued else "",
                expires=expires.isoformat() if expires else "",
                number=number,
                code=code,
            )
        )

    def _catalogue(self) -> Catalogue | None:
        shelf = Shelf(self._folder.shelf)
        try:
            document = shelf.get("catalogue")
            return None if document is None else decode_catalogue(document.body)
        except (ShelfError, ValueError):
            return None
        finally:
            shelf.close()
