"""Vouchers, as rows: what was issued, under which command, and its fate."""

from __future__ import annotations

import sqlite3

from domain.commands import VoucherRecord
from domain.entries import decode_entry
from domain.ids import CommandId, Day, Epoch, ItemId, ResidentId
from domain.voucher import Voucher, code_of, pack, unpack
from domain.voucher_number import VoucherNumber

RECENT = 12
"""Of how many of a resident's last vouchers the items are looked up."""
_OF = (
    "vouchers JOIN entries ON entries.epoch = vouchers.epoch AND entries.number = vouchers.entry"
    " WHERE resident = ? AND (? = '' OR CAST(bytes AS TEXT) ->> '$.body.proxy' = ?)"
)


class Vouchers:
    """Numbers are taken inside the transaction that issues, so none is given out twice or skipped."""

    def __init__(self, connection: sqlite3.Connection, epoch: Epoch) -> None:
        self._connection = connection
        self._epoch = epoch

    def next_number(self) -> int:
        """Return the number that the next voucher of this epoch gets."""
        row = self._connection.execute(
            "SELECT max((SELECT coalesce(max(number), 0) FROM vouchers WHERE epoch = ?), voucher) FROM station",
            (self._epoch,),
        ).fetchone()
        return int(row[0]) + 1

    def add(self, record: VoucherRecord, command: CommandId, signature: bytes, entry: int) -> None:
        """Keep a voucher that was just issued by entry number ``entry``."""
        number = record.voucher.number
        # Counted twice over: a row that is lost to damage must not free its number.
        self._connection.execute("UPDATE station SET voucher = ?", (number.number,))
        self._connection.execute(
            "INSERT INTO vouchers (epoch, number, command, resident, packed, signature, stocked, entry)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                number.epoch,
                number.number,
                command,
                record.resident,
                pack(record.voucher),
                signature,
                int(record.stocked),
                entry,
            ),
        )

    def get(self, number: VoucherNumber) -> VoucherRecord | None:
        """Return a voucher by its number."""
        row = self._connection.execute(
            "SELECT packed, resident, stocked, fate, bytes FROM vouchers JOIN entries"
            " ON entries.epoch = vouchers.epoch AND entries.number = vouchers.entry"
            " WHERE vouchers.epoch = ? AND vouchers.number = ?",
            (number.epoch, number.number),
        ).fetchone()
        if row is None:
            return None
        packed, resident, stocked, fate, entry = row
        return VoucherRecord(unpack(packed), ResidentId(resident), bool(stocked), fate, decode_entry(entry).moves)

    def count(self, resident: ResidentId, proxy: str = "") -> int:
        """Return how many vouchers of a resident there are; ``proxy``: of those that this neighbour took."""
        row = self._connection.execute(f"SELECT count(*) FROM {_OF}", _whose(resident, proxy)).fetchone()  # noqa: S608
        return int(row[0])

    def of_resident(self, resident: ResidentId, proxy: str, offset: int, limit: int) -> tuple[VoucherNumber, ...]:
        """Return vouchers of a resident behind the newest ``offset``, newest first."""
        rows = self._connection.execute(
            f"SELECT vouchers.epoch, vouchers.number FROM {_OF}"  # noqa: S608 - our own words
            " ORDER BY vouchers.epoch DESC, vouchers.number DESC LIMIT ? OFFSET ?",
            (*_whose(resident, proxy), limit, offset),
        )
        return tuple(VoucherNumber(Epoch(epoch), number) for epoch, number in rows)

    def is_of(self, number: VoucherNumber, resident: ResidentId, proxy: str = "") -> bool:
        """Whether a voucher is a resident's, and was taken by ``proxy`` if one is named."""
        row = self._connection.execute(
            f"SELECT 1 FROM {_OF} AND vouchers.epoch = ? AND vouchers.number = ?",  # noqa: S608 - our own words
            (*_whose(resident, proxy), number.epoch, number.number),
        )
        return row.fetchone() is not None

    def former(self, voucher: Voucher) -> VoucherRecord | None:
        """Return what is kept under the number of a voucher, if a former life of this very station issued it."""
        row = self._connection.execute("SELECT id FROM station").fetchone()
        ours = row == (voucher.station,) and voucher.number.epoch != self._epoch
        return self.get(voucher.number) if ours else None

    def code(self, number: VoucherNumber) -> str:
        """Return the printed code of a voucher that exists."""
        row = self._connection.execute(
            "SELECT packed, signature FROM vouchers WHERE epoch = ? AND number = ?", (number.epoch, number.number)
        ).fetchone()
        return code_of(row[0], row[1])

    def number_of(self, command: CommandId) -> VoucherNumber | None:
        """Return the voucher that a command made, if it was carried out before."""
        row = self._connection.execute("SELECT epoch, number FROM vouchers WHERE command = ?", (command,)).fetchone()
        return None if row is None else VoucherNumber(Epoch(row[0]), row[1])

    def recent(self, resident: ResidentId) -> tuple[ItemId, ...]:
        """Return what a resident took here lately, the newest first, each item once."""
        rows = self._connection.execute(
            "SELECT packed FROM vouchers WHERE resident = ? ORDER BY epoch DESC, number DESC LIMIT ?",
            (resident, RECENT),
        )
        return tuple(dict.fromkeys(unpack(packed).item for (packed,) in rows))

    def write_fate(self, number: VoucherNumber, fate: str, at: int = 0) -> None:
        """Write the fate of a voucher, once. ``at``: milliseconds since 1970 UTC, 0: another place wrote it."""
        self._connection.execute(
            "UPDATE vouchers SET fate = ?, fate_at = ? WHERE epoch = ? AND number = ?",
            (fate, at, number.epoch, number.number),
        )

    def fate_at(self, number: VoucherNumber) -> int:
        """Return when the fate of a voucher was written here, 0: never, or elsewhere."""
        row = self._connection.execute(
            "SELECT fate_at FROM vouchers WHERE epoch = ? AND number = ?", (number.epoch, number.number)
        ).fetchone()
        return 0 if row is None else int(row[0])

    def over(self, place: bytes, since: Day, day: Day, limit: int) -> tuple[VoucherNumber, ...]:
        """Return vouchers of this life without a fate, for a place (6 bytes), whose last day is in [since, day)."""
        rows = self._connection.execute(
            "SELECT epoch, number FROM vouchers WHERE epoch = ? AND fate IS NULL AND substr(packed, 13, 6) = ?"
            " AND substr(packed, 27, 2) >= ? AND substr(packed, 27, 2) < ? LIMIT ?",
            (self._epoch, place, int(since).to_bytes(2, "big"), int(day).to_bytes(2, "big"), limit),
        )
        return tuple(VoucherNumber(Epoch(epoch), number) for epoch, number in rows)

    def owe_refund(self, number: VoucherNumber) -> None:
        """Note that another place decided on a voucher of this life, and the refund is not written yet."""
        self._mark_refund(number, 1)

    def refunded(self, number: VoucherNumber) -> None:
        """Note that the refund is written, or that none is due."""
        self._mark_refund(number, 0)

    def refunds_due(self) -> tuple[VoucherNumber, ...]:
        """Return the vouchers of this life whose refund is not written yet."""
        rows = self._connection.execute(
            "SELECT epoch, number FROM vouchers WHERE refund_due = 1 AND epoch = ? ORDER BY number", (self._epoch,)
        )
        return tuple(VoucherNumber(Epoch(epoch), number) for epoch, number in rows)

    def _mark_refund(self, number: VoucherNumber, due: int) -> None:
        self._connection.execute(
            "UPDATE vouchers SET refund_due = ? WHERE epoch = ? AND number = ?", (due, number.epoch, number.number)
        )


def _whose(resident: ResidentId, proxy: str) -> tuple[str, str, str]:
    return resident, proxy, proxy
