"""What the station knows of the office: what it acknowledged, when it was heard, whether something is badly wrong."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from domain.entries import EntryError, decode_entry
from sync.frame import SignedHead

NOTED_MS = 60_000


@dataclass(frozen=True, slots=True)
class OfficeSeen:
    """As the screen tells it. ``waiting``: entries done here that the office does not have yet."""

    connected: bool
    heard_at: int | None  # milliseconds since 1970 UTC by our clock; None: never
    waiting: int
    alarm: str  # a code of docs/errors.md, empty if all is well
    done: int = 0  # entries of this life
    known: int = 0  # of them the office acknowledged
    parked: int = 0  # entries that the office keeps for somebody to look at
    oldest_at: int | None = None  # when the oldest that waits was written; None: nothing waits, or by a wrong clock

    def noted(self, now_ms: int) -> bool:
        """Whether the last contact is noted well enough: every write wears the card, so once a minute must do.

        What a clock noted that was ahead and was put back would hide for long that nobody was heard.
        """
        return self.heard_at is not None and abs(now_ms - self.heard_at) <= NOTED_MS

    def oldest_ms(self, now_ms: int) -> int | None:
        """Return how old the oldest entry is that the office does not have, ``None`` if that cannot be said."""
        return None if self.oldest_at is None or self.oldest_at > now_ms else now_ms - self.oldest_at


# While one of these stands not even a void is written: an entry behind the end of a life, or before its lost end came
# back, would make this journal another one than the office's copy of it.
MUTE = frozenset({"log.went_back", "log.own_fork", "stick.ahead", "station.fenced"})
_RANKS = {"": 0, "log.fork": 1, "log.epoch_unknown": 1, "stick.ahead": 2}
_GRAVEST = 3


class Office:
    """One row, written by ``kiosk sync``, read by both processes."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def seen(self) -> OfficeSeen:
        """Return what is known now."""
        row = self._connection.execute(
            "SELECT connected, heard_at, alarm, holds, (SELECT count(*) FROM parked),"
            " (SELECT coalesce(max(number), 0) FROM entries WHERE epoch = station.epoch),"
            " (SELECT bytes FROM entries WHERE epoch = station.epoch AND number = holds + 1)"
            " FROM office, station"
        ).fetchone()
        connected, heard_at, alarm, holds, parked, done, oldest = row
        return OfficeSeen(
            connected=bool(connected),
            heard_at=heard_at,
            waiting=max(0, done - holds),
            alarm=alarm,
            done=done,
            known=min(holds, done),
            parked=parked,
            oldest_at=None if oldest is None else _written_at(oldest),
        )

    def park(self, epoch: int, number: int, code: str) -> None:
        """The office keeps an entry of ours and does not apply it yet."""
        self._connection.execute(
            "INSERT OR REPLACE INTO parked (epoch, number, code) VALUES (?, ?, ?)", (epoch, number, code)
        )

    def clear(self, epoch: int, number: int) -> None:
        """The office applied a parked entry after all, or set it aside."""
        self._connection.execute("DELETE FROM parked WHERE epoch = ? AND number = ?", (epoch, number))

    def parked(self) -> tuple[tuple[int, int, str], ...]:
        """Return (epoch, number, code) of our entries that the office keeps."""
        return tuple(self._connection.execute("SELECT epoch, number, code FROM parked ORDER BY epoch, number"))

    def alarm(self) -> str:
        """Return why nothing is to be sold, empty if there is no reason."""
        return str(self._connection.execute("SELECT alarm FROM office").fetchone()[0])

    def mute(self) -> bool:
        """Whether nothing at all may be written into the journal until what is wrong is put right."""
        return self.alarm() in MUTE

    def raise_alarm(self, code: str, detail: str) -> bool:
        """Note the first alarm; later ones change nothing, but that the graver goes before the less grave.

        What the office says of our log goes before what a stick says, and both before what is wrong with the office's
        log: that forbids no entry of ours. Returns whether it is news.
        """
        less = [held for held in _RANKS if _RANKS[held] < _RANKS.get(code, _GRAVEST)]
        marks = ", ".join("?" * len(less))
        return self._set(f"alarm = ?, detail = ? WHERE alarm IN ({marks})", code, detail, *less) > 0

    def fence(self, reason: str) -> None:
        """This life is over, whatever else was wrong: nothing is sold in it any more."""
        self._set("alarm = 'station.fenced', detail = ?", reason)

    def clear_alarm(self, code: str) -> None:
        """What was wrong is put right."""
        self._set("alarm = '', detail = '' WHERE alarm = ?", code)

    def head(self) -> SignedHead | None:
        """Return the newest signed head of the office's log, ``None`` while nothing of it came."""
        row = self._connection.execute("SELECT head, head_hash, head_signature FROM office").fetchone()
        return None if row[2] is None else SignedHead(*row)

    def keep_former_head(self, epoch: int) -> None:
        """The office begins a new life of its log: keep what it signed of the one before."""
        self._connection.execute(
            "INSERT OR REPLACE INTO down_heads (epoch, number, hash, signature)"
            " SELECT ?, head, head_hash, head_signature FROM office WHERE head_signature IS NOT NULL",
            (epoch,),
        )
        self._set("head = 0, head_hash = NULL, head_signature = NULL")

    def former_head(self, epoch: int) -> SignedHead | None:
        """Return the newest signed head of a former life of the office's log."""
        row = self._connection.execute(
            "SELECT number, hash, signature FROM down_heads WHERE epoch = ?", (epoch,)
        ).fetchone()
        return None if row is None else SignedHead(*row)

    def holds(self) -> int:
        """Return our newest entry that the office acknowledged."""
        return int(self._connection.execute("SELECT holds FROM office").fetchone()[0])

    def set_holds(self, number: int) -> None:
        """Note what the office acknowledged."""
        self._set("holds = ?", number)

    def set_connected(self, connected: int, heard_at: int | None) -> None:
        """Note whether the office is heard, and when it was last."""
        self._set("connected = ?, heard_at = coalesce(?, heard_at)", connected, heard_at)

    def keep_head(self, head: SignedHead) -> None:
        """Keep the newest signed head of the office's log."""
        self._set("head = ?, head_hash = ?, head_signature = ?", head.last, head.hash, head.signature)

    def _set(self, columns: str, *values: object) -> int:
        return self._connection.execute(f"UPDATE office SET {columns}", values).rowcount  # noqa: S608 - our own words


def _written_at(data: bytes) -> int | None:
    try:
        entry = decode_entry(data)
    except EntryError:
        return None
    return entry.at if entry.clock_ok else None
