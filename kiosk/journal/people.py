"""The registry: who may be recognised here. Written by the office's entries alone."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from domain.facts import Proxy, ResidentListed, StaffListed
from domain.ids import Day, ResidentId
from kiosk.journal.pins import Pins


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody behind a card: ``kind`` is ``resident`` or ``staff``; the name is masked."""

    id: str
    kind: str
    name: str
    role: str
    blocked: bool

    def __repr__(self) -> str:
        return f"Person({self.kind}, {self.id})"


@dataclass(frozen=True, slots=True)
class Resident:
    """What a station knows of a resident. ``home``: where their points lie; ``household``: empty, or a family's id."""

    id: ResidentId
    name: str
    home: str
    household: str

    def __repr__(self) -> str:
        return f"Resident({self.id})"


class People:
    """Finds people by the digest of what they showed."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._pins = Pins(connection)

    def find(self, digest: str) -> Person | None:
        """Return the person whose card has this digest, also when that card is blocked."""
        row = self._connection.execute(
            "SELECT people.id, kind, name, role, blocked FROM cards JOIN people ON people.id = person WHERE digest = ?",
            (digest,),
        ).fetchone()
        return None if row is None else Person(row[0], row[1], row[2], row[3], bool(row[4]))

    def staff_name(self, staff: str) -> str | None:
        """Return the name of one of the staff, ``None`` if there is no such person."""
        row = self._connection.execute("SELECT name FROM people WHERE id = ? AND kind = 'staff'", (staff,)).fetchone()
        return None if row is None else str(row[0])

    def resident(self, resident: str) -> Resident | None:
        """Return what a station knows of a resident, ``None`` if they are not listed."""
        row = self._connection.execute(
            "SELECT name, home, household FROM people WHERE id = ? AND kind = 'resident'", (resident,)
        ).fetchone()
        return None if row is None else Resident(ResidentId(resident), *row)

    def proxy(self, resident: str, proxy: str) -> Proxy | None:
        """Return what a resident listed of a neighbour."""
        row = self._connection.execute(
            "SELECT proxy, spend, collect, until FROM proxies WHERE resident = ? AND proxy = ?", (resident, proxy)
        ).fetchone()
        return None if row is None else Proxy(ResidentId(row[0]), bool(row[1]), bool(row[2]), Day(row[3]))

    def trusting(self, proxy: str) -> tuple[tuple[Resident, Proxy], ...]:
        """Return the residents that listed a neighbour, with what they listed."""
        rows = self._connection.execute(
            "SELECT resident FROM proxies WHERE proxy = ? ORDER BY resident", (proxy,)
        ).fetchall()
        found = ((self.resident(row[0]), self.proxy(row[0], proxy)) for row in rows)
        return tuple((who, named) for who, named in found if who is not None and named is not None)

    def rekey(self, old: str, new: str) -> None:
        """A card is known by another digest from now on."""
        self._connection.execute("UPDATE OR REPLACE cards SET digest = ? WHERE digest = ?", (new, old))

    def put(self, listed: ResidentListed | StaffListed) -> None:
        """List a person; what was listed of them before is replaced whole."""
        row: tuple[str | int, ...]
        if isinstance(listed, ResidentListed):
            row = (str(listed.resident), "resident", listed.name, "", listed.home, listed.household)
            row = (*row, listed.notice, listed.pin)
            self._trust(listed)
        else:
            row = (str(listed.staff), "staff", listed.name, listed.role, "", "", 0, "")
        self._connection.execute(
            "INSERT INTO people (id, kind, name, role, home, household, notice, pin) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT DO UPDATE SET kind = excluded.kind, name = excluded.name, role = excluded.role,"
            " home = excluded.home, household = excluded.household, notice = excluded.notice, pin = excluded.pin",
            row,
        )
        self._connection.execute("DELETE FROM proxies WHERE resident = ?", (row[0],))
        named = listed.proxies if isinstance(listed, ResidentListed) else ()
        self._connection.executemany(
            "INSERT OR REPLACE INTO proxies (resident, proxy, spend, collect, until) VALUES (?, ?, ?, ?, ?)",
            [(row[0], one.resident, int(one.spend), int(one.collect), one.until) for one in named],
        )
        self._connection.execute("DELETE FROM cards WHERE person = ?", (row[0],))
        cards = [(digest, row[0], 0) for digest in listed.cards]
        cards += [(digest, row[0], 1) for digest in listed.blocked_cards]
        self._connection.executemany("INSERT OR REPLACE INTO cards (digest, person, blocked) VALUES (?, ?, ?)", cards)

    def surnames(self) -> tuple[tuple[str, int], ...]:
        """Return the beginnings of residents' names, up to the star, and how many have each."""
        rows = self._connection.execute(
            "SELECT CASE WHEN instr(name, '*') > 1 THEN substr(name, 1, instr(name, '*') - 1) ELSE substr(name, 1, 1)"
            " END AS surname, count(*) FROM people WHERE kind = 'resident' AND name <> '' GROUP BY surname"
        )
        return tuple((str(surname), int(count)) for surname, count in rows)

    def named(self, surname: str, station: str, limit: int) -> tuple[Resident, ...]:
        """Return residents with this beginning of a name, those whose home is ``station`` first."""
        rows = self._connection.execute(
            "SELECT id, name, home, household FROM people WHERE kind = 'resident' AND"
            " (substr(name, 1, length(?1) + 1) = ?1 || '*' OR (instr(name, '*') = 0 AND substr(name, 1, 1) = ?1))"
            " ORDER BY home <> ?2, substr(name, -1), name, id LIMIT ?3",
            (surname, station, limit),
        )
        return tuple(Resident(ResidentId(row[0]), *row[1:]) for row in rows)

    def _trust(self, listed: ResidentListed) -> None:
        """Agreement and PIN: what the office newly says counts; what it only repeats may be older than what is here."""
        row = self._connection.execute(
            "SELECT notice, pin FROM people WHERE id = ? AND kind = 'resident'", (listed.resident,)
        ).fetchone()
        notice, pin = (0, "") if row is None else row
        self._pins.listed(listed.resident, pin, listed.pin)
        if listed.notice > notice:
            self._connection.execute(
                "INSERT INTO consents (resident, notice) VALUES (?, ?)"
                " ON CONFLICT DO UPDATE SET notice = max(notice, excluded.notice)",
                (listed.resident, listed.notice),
            )
        elif listed.notice < notice:  # withdrawn, here or elsewhere
            self._connection.execute("DELETE FROM consents WHERE resident = ?", (listed.resident,))
