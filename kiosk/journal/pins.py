"""PINs of residents: verifiers, wrong tries, locks, and which redemptions a right one was given for."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field

from domain.ids import CommandId, ResidentId
from domain.pin import is_verifier


@dataclass(frozen=True, slots=True)
class Pin:
    """What is known of a resident's PIN. ``verifier``: empty if there is none.

    A lock is counted by the monotonic clock of one start of the kiosk, so that a wall clock that leaps neither opens
    nor prolongs it: ``locked_until`` in ms of that clock, 0: not locked.
    """

    verifier: str = field(default="", repr=False)
    tries: int = 0  # wrong ones in a row
    locked_until: int = 0


class Pins:
    """Writes happen inside the caller's transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def get(self, resident: ResidentId) -> Pin:
        """Return what is known; of somebody without a PIN an empty one."""
        row = self._connection.execute(
            "SELECT verifier, tries, locked_until FROM pins WHERE resident = ?", (resident,)
        ).fetchone()
        return Pin() if row is None else Pin(*row)

    def set(self, resident: ResidentId, verifier: str) -> None:
        """Keep a new PIN, or with an empty verifier none; tries and a lock are gone with the old one."""
        self._connection.execute(
            "INSERT OR REPLACE INTO pins (resident, verifier) VALUES (?, ?)",
            (resident, verifier if is_verifier(verifier) else ""),
        )

    def listed(self, resident: ResidentId, before: str, now: str) -> None:
        """The office lists another PIN than ``before``: it counts, unless it is the very one that counts already.

        A listing that only repeats itself was written before the office heard of what was set here, and says nothing.
        """
        if now != before and now != self.get(resident).verifier:
            self.set(resident, now)

    def missed(self, resident: ResidentId) -> int:
        """Count a wrong try; return how many there were in a row."""
        row = self._connection.execute(
            "UPDATE pins SET tries = tries + 1 WHERE resident = ? RETURNING tries", (resident,)
        ).fetchone()
        return 0 if row is None else int(row[0])

    def lock(self, resident: ResidentId, until: int, lasts: int) -> None:
        """Take no PIN before ``until``; it ``lasts`` so long, which a new start begins again. Both in ms."""
        self._connection.execute(
            "UPDATE pins SET tries = 0, locked_until = ?, lock_lasts = ? WHERE resident = ?", (until, lasts, resident)
        )

    def unlock(self, resident: ResidentId) -> None:
        """Begin to count anew."""
        self._connection.execute(
            "UPDATE pins SET tries = 0, locked_until = 0, lock_lasts = 0 WHERE resident = ?", (resident,)
        )

    def passed(self, command: CommandId, resident: ResidentId) -> bool:
        """Whether the PIN of this resident was right for this command."""
        row = self._connection.execute(
            "SELECT 1 FROM pin_passes WHERE command = ? AND resident = ?", (command, resident)
        ).fetchone()
        return row is not None

    def let_pass(self, command: CommandId, resident: ResidentId) -> None:
        """The PIN was right."""
        self._connection.execute(
            "INSERT OR REPLACE INTO pin_passes (command, resident) VALUES (?, ?)", (command, resident)
        )

    def begin(self, monotonic: int) -> None:
        """After a start: no visit goes on, and what was locked is locked for its whole time again (ms)."""
        self._connection.execute("DELETE FROM pin_passes")
        self._connection.execute("UPDATE pins SET locked_until = ? + lock_lasts WHERE locked_until > 0", (monotonic,))
