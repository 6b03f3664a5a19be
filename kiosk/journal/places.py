"""Vouchers of other lives that name this station as their place, and the keys of those who sign them."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from domain.facts import StationListed, VoucherListed
from domain.ids import Day, StationId
from domain.voucher import Voucher, pack, unpack


@dataclass(frozen=True, slots=True)
class PlaceVoucher:
    """One voucher as it is known here. ``listed``: somebody besides its paper says that it was issued."""

    voucher: Voucher
    listed: bool
    fate: str | None
    fate_at: int


@dataclass(frozen=True, slots=True)
class StationKey:
    """A key of another life, and the last number that counts of it, if it was fenced."""

    key: bytes
    last_good: int | None
    name: str


class Places:
    """Written by the office's entries, and by the fates that the desk decides."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def put(self, fact: VoucherListed) -> bool:
        """Keep a voucher that was issued elsewhere; ``False`` if another one is known under its number."""
        packed = bytes.fromhex(fact.packed)
        voucher = unpack(packed)
        held = self.get(voucher.station, voucher.number.epoch, voucher.number.number)
        if held is not None and held.voucher != voucher:
            return False
        self._connection.execute(
            "INSERT INTO places_vouchers (station, epoch, number, packed, listed) VALUES (?, ?, ?, ?, 1)"
            " ON CONFLICT DO UPDATE SET listed = 1",
            (*_key(voucher), packed),
        )
        return True

    def get(self, station: str, epoch: int, number: int) -> PlaceVoucher | None:
        """Return a voucher of another life."""
        row = self._connection.execute(
            "SELECT packed, listed, fate, fate_at FROM places_vouchers WHERE station = ? AND epoch = ? AND number = ?",
            (station, epoch, number),
        ).fetchone()
        return None if row is None else PlaceVoucher(unpack(row[0]), bool(row[1]), row[2], row[3])

    def issuers(self) -> tuple[StationId, ...]:
        """Return the stations of whose vouchers some are known here."""
        rows = self._connection.execute("SELECT DISTINCT station FROM places_vouchers ORDER BY station")
        return tuple(StationId(row[0]) for row in rows)

    def write_fate(self, voucher: Voucher, fate: str, at: int, day: Day, entry: int, *, known: bool) -> None:
        """Write the fate of a voucher, once. ``at``: milliseconds since 1970 UTC, ``entry``: what says so."""
        self._connection.execute(
            "INSERT OR IGNORE INTO places_vouchers (station, epoch, number, packed, listed) VALUES (?, ?, ?, ?, 0)",
            (*_key(voucher), pack(voucher)),
        )
        self._connection.execute(
            "UPDATE places_vouchers SET fate = ?, fate_at = ?, fate_day = ?, fate_entry = ?, known = ?"
            " WHERE station = ? AND epoch = ? AND number = ?",
            (fate, at, day, entry, int(known), *_key(voucher)),
        )

    def unconfirmed(self, station: str, day: Day) -> tuple[int, int]:
        """Return how many vouchers of an issuer, and of how many points, were honoured on its paper alone that day."""
        rows = self._connection.execute(
            "SELECT packed FROM places_vouchers WHERE station = ? AND fate_day = ? AND known = 0", (station, day)
        ).fetchall()
        return len(rows), sum(unpack(row[0]).points for row in rows)

    def over(self, since: Day, day: Day, limit: int) -> tuple[Voucher, ...]:
        """Return listed vouchers without a fate whose last day is in [since, day); ``since`` is 1 or later."""
        rows = self._connection.execute(
            "SELECT packed FROM places_vouchers WHERE fate IS NULL AND listed = 1"
            " AND substr(packed, 27, 2) >= ? AND substr(packed, 27, 2) < ? LIMIT ?",
            (int(since).to_bytes(2, "big"), int(day).to_bytes(2, "big"), limit),
        )
        return tuple(unpack(row[0]) for row in rows)

    def put_key(self, fact: StationListed) -> bool:
        """Keep a key and how far it counts; ``False`` if another one has its number."""
        key = bytes.fromhex(fact.key)
        held = self.key(fact.station, fact.epoch, fact.key_id)
        if held is not None and held.key != key:
            return False
        self._connection.execute(
            "INSERT INTO station_keys (station, epoch, key_id, name, key, last_good) VALUES (?, ?, ?, ?, ?, ?)"
            " ON CONFLICT DO UPDATE SET name = excluded.name, last_good = excluded.last_good",
            (fact.station, fact.epoch, fact.key_id, fact.name, key, fact.last_good),
        )
        return True

    def key(self, station: str, epoch: int, key_id: int) -> StationKey | None:
        """Return the key of another life."""
        row = self._connection.execute(
            "SELECT key, last_good, name FROM station_keys WHERE station = ? AND epoch = ? AND key_id = ?",
            (station, epoch, key_id),
        ).fetchone()
        return None if row is None else StationKey(bytes(row[0]), row[1], row[2])


def _key(voucher: Voucher) -> tuple[str, int, int]:
    return voucher.station, voucher.number.epoch, voucher.number.number
