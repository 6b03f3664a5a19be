"""Do the tables of recalls, places, keys, awards, consents and parked entries say what the entries say?"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from typing import Any

from kiosk.journal.told_rights import ToldRights


def compare_rights(connection: sqlite3.Connection, told: ToldRights) -> list[str]:
    """Return the faults in words, none when all agree."""
    return [fault for table, stored, said in _pairs(connection, told) for fault in _differences(table, stored, said)]


def _pairs(
    connection: sqlite3.Connection, told: ToldRights
) -> Iterator[tuple[str, Mapping[Any, Any], Mapping[Any, Any]]]:
    rows = connection.execute("SELECT epoch, thing, asked, answered FROM recalls").fetchall()
    yield "recalls", {(row[0], row[1]): row[2] for row in rows}, told.asked
    # What is asked of this life and not answered waits; what is answered no entry may leave out.
    yield "recalls", {(row[0], row[1]): row[3] for row in rows if row[3]}, told.answered
    yield "places_vouchers", _places(connection), _said(told)
    rows = connection.execute("SELECT station, epoch, key_id, name, key, last_good FROM station_keys").fetchall()
    yield "station_keys", {row[:3]: (row[3], bytes(row[4]), row[5]) for row in rows}, told.keys
    rows = connection.execute("SELECT award, epoch, resident, points, undone FROM awards").fetchall()
    yield "awards", {row[0]: row[1:] for row in rows}, told.awards
    consents = dict(connection.execute("SELECT resident, notice FROM consents").fetchall())
    yield "consents", consents, _consents(told, consents)
    rows = connection.execute("SELECT epoch, number, code FROM parked").fetchall()
    yield "parked", {row[:2]: row[2] for row in rows}, told.parked


def _places(connection: sqlite3.Connection) -> dict[tuple[str, int, int], tuple[bytes, str | None]]:
    rows = connection.execute("SELECT station, epoch, number, packed, fate FROM places_vouchers")
    return {(row[0], row[1], row[2]): (bytes(row[3]), row[4]) for row in rows}


def _said(told: ToldRights) -> dict[tuple[str, int, int], tuple[bytes, str | None]]:
    packed = told.unconfirmed | told.listed
    return {key: (data, told.fates.get(key)) for key, data in packed.items()}


def _consents(told: ToldRights, stored: Mapping[str, int]) -> dict[str, int]:
    """The logs have no order among each other: whoever came back may have agreed before they were erased, or after."""
    either = {resident for resident in told.back if resident not in stored}
    said = {who: notice for who, notice in told.consents.items() if who not in (told.gone - told.back) | either}
    for who, listed in told.noticed.items():  # agreed to or withdrawn here or elsewhere, in an order that nobody knows
        if who not in stored:
            said.pop(who, None)
        elif stored[who] in {*listed, told.consents.get(who)}:
            said[who] = stored[who]
    return said


def _differences(table: str, stored: Mapping[Any, Any], said: Mapping[Any, Any]) -> list[str]:
    return [
        f"{table}: {key} is {stored.get(key)}, the entries say {said.get(key)}"
        for key in sorted(stored.keys() | said.keys())
        if stored.get(key) != said.get(key)
    ]
