"""What staff do at the command line while there is no screen for it: vouchers, awards, stock; and what waits.

A process of its own: the journal is written one transaction at a time, also while the kiosk runs.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from domain.calendar import china_time
from domain.decide_award import Award
from domain.decide_place import Handing
from domain.ids import NOBODY, ItemId, ResidentId, StaffId
from domain.refusals import Refused
from domain.voucher import Voucher
from kiosk.desk.award import award, undo_award
from kiosk.desk.opening import work_with
from kiosk.desk.parts import DeskParts
from kiosk.desk.place import Good, check, honour
from kiosk.desk.stock import receive_stock, write_off
from kiosk.desk.void import void_shown
from kiosk.faults import JournalMissing, YizhanError
from kiosk.journal.journal import Journal
from kiosk.settings import load_settings
from kiosk.start import Start
from kiosk.station import Folder
from kiosk.system import Machine


class StaffRefused(YizhanError):
    """The rules say no; the code is the refusal's."""

    def __init__(self, refused: Refused) -> None:
        details = ", ".join(f"{name} {value}" for name, value in refused.details.items())
        super().__init__(f"nothing was changed ({details})" if details else "nothing was changed")
        self.code = refused.code.value


@dataclass(frozen=True, slots=True)
class Done:
    """What was done, or would be."""

    what: str

    def lines(self) -> list[str]:
        """For people."""
        return [f"[green]✓[/] {self.what}"]


@dataclass(frozen=True, slots=True)
class Standing:
    """How far the office knows of what was done here."""

    done: int
    known: int
    waiting: int
    parked: tuple[tuple[int, int, str], ...]
    oldest_ms: int | None
    heard_at: int | None
    alarm: str

    def lines(self) -> list[str]:
        """For people."""
        heard = "never" if self.heard_at is None else f"{china_time(self.heard_at):%Y-%m-%d %H:%M}"
        oldest = "" if self.oldest_ms is None else f", the oldest for {self.oldest_ms // 60_000} min"
        lines = [f"{self.done} entries, the office has {self.known}; {self.waiting} wait{oldest}", f"  heard {heard}"]
        lines += [f"  [yellow]![/] parked: epoch {epoch} entry {number}: {code}" for epoch, number, code in self.parked]
        return [*lines, f"  [red]✗[/] {self.alarm}"] if self.alarm else lines


def standing(config: Path) -> Standing:
    """Return how far the office knows. Changes nothing."""
    journal = Journal(Folder(load_settings(config).station.storage.folder).journal, read_only=True)
    try:
        seen = journal.office.seen()
        age = seen.oldest_ms(Machine().now_ms())
        return Standing(seen.done, seen.known, seen.waiting, journal.office.parked(), age, seen.heard_at, seen.alarm)
    finally:
        journal.close()


def check_voucher(config: Path, text: str) -> Done:
    """Say whether a voucher would be honoured."""
    good = _done(config, lambda parts: check(parts, text))
    note = "" if isinstance(good, Good) and good.known else "; its issue is not known here yet"
    return Done(f"{_told(good.voucher)}{note}" if isinstance(good, Good) else "")


def honour_voucher(config: Path, text: str, staff: str, proxy: str) -> Done:
    """Hand goods over against a voucher."""
    handing = Handing(StaffId(staff), ResidentId(proxy) if proxy else NOBODY)
    voucher = _done(config, lambda parts: honour(parts, text, handing))
    return Done(f"honoured {_told(voucher)}" if isinstance(voucher, Voucher) else "")


def void_voucher(config: Path, text: str, staff: str, reason: str) -> Done:
    """Take a voucher back."""
    _done(config, lambda parts: void_shown(parts, text, StaffId(staff), reason))
    return Done(f"void: {text}")


def give_award(config: Path, resident: str, points: int, staff: str, reason: str) -> Done:
    """Give points from the station's budget."""
    name = Machine().random_bytes(16).hex()
    command = Award(name, ResidentId(resident), points, StaffId(staff), reason)
    _done(config, lambda parts: award(parts, command))
    return Done(f"{points} points to {resident}, award {name}")


def take_award_back(config: Path, name: str, staff: str, reason: str) -> Done:
    """Undo an award."""
    _done(config, lambda parts: undo_award(parts, name, StaffId(staff), reason))
    return Done(f"undone: award {name}")


def stock_in(config: Path, item: int, pieces: int, staff: str, reason: str) -> Done:
    """Write down that pieces came in."""
    _done(config, lambda parts: receive_stock(parts, ItemId(item), pieces, StaffId(staff), reason))
    return Done(f"item {item}: {pieces} pieces in")


def stock_off(config: Path, item: int, pieces: int, staff: str, reason: str) -> Done:
    """Write down that pieces are gone."""
    _done(config, lambda parts: write_off(parts, ItemId(item), pieces, StaffId(staff), reason))
    return Done(f"item {item}: {pieces} pieces written off")


def _done(config: Path, verb: Callable[[DeskParts], object]) -> object:
    parts = Start(load_settings(config), Machine()).parts()
    try:
        if parts.journal.chain.head().number == 0:
            raise JournalMissing(
                f"{parts.journal.path}: this life was never opened; start `kiosk run` once, then again"
            )
        work_with(parts.journal, parts.stamp, parts.rules)
        answer = verb(parts)
    finally:
        parts.journal.close()
    if isinstance(answer, Refused):
        raise StaffRefused(answer)
    return answer


def _told(voucher: Voucher) -> str:
    return f"{voucher.text} of {voucher.station}: {voucher.pieces} of item {voucher.item}, {voucher.points} points"
