"""Do the tables say what the entries say? Each answer is a list of faults in words, empty when they do."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable

from domain.facts import ResidentListed, VoucherIssued
from domain.ids import Epoch, StationId
from domain.pin import is_verifier
from domain.rights import Counters
from domain.voucher import Voucher, code_of, pack, signed_message
from domain.voucher_number import VoucherNumber
from kiosk.journal.walk import Told


def compare_counters(connection: sqlite3.Connection, told: Told) -> list[str]:
    """Every counter is the sum of its moves."""
    columns = Counters.__struct_fields__
    rows = connection.execute(f"SELECT epoch, thing, {', '.join(columns)} FROM counters")  # noqa: S608 - our own names
    stored = {
        (epoch, thing, name): value
        for epoch, thing, *values in rows
        for name, value in zip(columns, values, strict=True)
    }
    return [
        f"counters: {thing} {name} is {stored.get((epoch, thing, name), 0)}, the entries say {said}"
        for epoch, thing, name in sorted(stored.keys() | told.moved.keys())
        if stored.get((epoch, thing, name), 0) != (said := told.moved[epoch, thing, name])
    ]


def compare_vouchers(
    connection: sqlite3.Connection,
    station: StationId,
    told: Told,
    signed: Callable[[bytes, bytes, bytes], bool] | None,
) -> list[str]:
    """Every voucher that was issued has its row, byte for byte, and no row is of any other."""
    faults: list[str] = []
    rows = connection.execute("SELECT epoch, number, command, resident, packed, signature, fate FROM vouchers")
    seen = set()
    for epoch, number, command, resident, packed, signature, fate in rows:
        seen.add((epoch, number))
        issued = told.issued.get((epoch, number))
        name = VoucherNumber(Epoch(epoch), number).text(station)
        if issued is None:
            faults.append(f"vouchers: {name} was never issued by an entry")
        elif (issued.command, issued.resident, _packed(station, epoch, issued)) != (command, resident, packed):
            faults.append(f"vouchers: {name} is not as it was issued")
        elif fate != (
            said := told.rights.fates.get((station, epoch, number), told.rights.decided.get((epoch, number)))
        ):
            faults.append(f"vouchers: {name} is {fate}, the entries say {said}")
        elif signed is not None and not signed(told.keys.get(epoch, b""), signed_message(packed), signature):
            faults.append(f"vouchers: the signature of {name} does not verify")
    missing = sorted(told.issued.keys() - seen)
    faults += [f"vouchers: {VoucherNumber(Epoch(epoch), number).text(station)} is missing" for epoch, number in missing]
    last = connection.execute("SELECT voucher, epoch FROM station").fetchone()
    highest = max((number for epoch, number in told.issued if epoch == last[1]), default=0)
    if last[0] != highest:
        faults.append(f"station: the last voucher's number is {last[0]}, the entries say {highest}")
    return faults


def compare_papers(connection: sqlite3.Connection, told: Told) -> list[str]:
    """Every voucher has its first paper and one attempt for each reprint, and each says what it is of."""
    found: dict[tuple[int, int], list[int]] = {}
    faults: list[str] = []
    codes = {
        (epoch, number): code_of(packed, signature).encode()
        for epoch, number, packed, signature in connection.execute(
            "SELECT epoch, number, packed, signature FROM vouchers"
        )
    }
    rows = connection.execute("SELECT epoch, number, copy, content, content_hash FROM print_jobs ORDER BY 1, 2, 3")
    for epoch, number, copy, content, content_hash in rows:
        found.setdefault((epoch, number), []).append(copy)
        sound = hashlib.sha256(content).digest() == content_hash and codes.get((epoch, number), b"-") in content
        if not sound:
            faults.append(f"print_jobs: copy {copy} of voucher {number} of epoch {epoch} does not say what it should")
    faults += [
        f"print_jobs: voucher {number} of epoch {epoch} has the papers {found.get((epoch, number), [])}"
        for epoch, number in sorted(told.issued.keys() | found.keys())
        if found.get((epoch, number)) != list(range(told.copies[epoch, number] + 1))
    ]
    return faults


def compare_people(connection: sqlite3.Connection, told: Told) -> list[str]:
    """The registry is what the office listed last."""
    faults: list[str] = []
    columns = "id, kind, name, role, home, household, notice, pin"
    stored = {row[0]: row[1:] for row in connection.execute(f"SELECT {columns} FROM people")}  # noqa: S608 - a constant
    cards = {(digest, person, blocked) for digest, person, blocked in connection.execute("SELECT * FROM cards")}
    for person, listed in told.people.items():
        if isinstance(listed, ResidentListed):
            expected = ("resident", listed.name, "", listed.home, listed.household, listed.notice, listed.pin)
        else:
            expected = ("staff", listed.name, listed.role, "", "", 0, "")
        if stored.get(person) != expected:
            faults.append(f"people: {person} is not as the office listed them")
        wanted = {(digest, person, 0) for digest in (*listed.cards, *_rekeyed(listed.cards, told))}
        wanted |= {(digest, person, 1) for digest in (*listed.blocked_cards, *_rekeyed(listed.blocked_cards, told))}
        if {card for card in cards if card[1] == person} - wanted:
            faults.append(f"cards: {person} has a card that the office did not list")
    faults += [f"people: {person} was never listed" for person in stored.keys() - told.people.keys()]
    return faults + _compare_proxies(connection, told) + _compare_pins(connection, told)


def _compare_pins(connection: sqlite3.Connection, told: Told) -> list[str]:
    """What is kept of a PIN was set here last, or is what the office listed last."""
    stored = dict(connection.execute("SELECT resident, verifier FROM pins").fetchall())
    listed = {who: said.pin for who, said in told.people.items() if isinstance(said, ResidentListed)}
    return [
        f"pins: that of {who} was neither set here nor listed"
        for who in sorted(stored.keys() | {who for who, pin in listed.items() if is_verifier(pin)})
        if stored.get(who, "") not in {listed.get(who, ""), *filter(None, [told.rights.pins.get(who)])}
    ]


def _rekeyed(cards: tuple[str, ...], told: Told) -> list[str]:
    """What became of listed cards, over every step: the office may not have listed the one between."""
    found: list[str] = []
    for digest in cards:
        known = digest
        while known in told.rekeyed and told.rekeyed[known] not in (digest, *found):
            known = told.rekeyed[known]
            found.append(known)
    return found


def _compare_proxies(connection: sqlite3.Connection, told: Told) -> list[str]:
    """Nobody may act for a resident whom the office did not name last. One who was erased is gone from the table."""
    said = {
        (person, one.resident, int(one.spend), int(one.collect), one.until)
        for person, listed in told.people.items()
        if isinstance(listed, ResidentListed)
        for one in listed.proxies
    }
    rows = connection.execute("SELECT resident, proxy, spend, collect, until FROM proxies ORDER BY 1, 2").fetchall()
    return [f"proxies: {row[1]} was not named for {row[0]} like this" for row in rows if row not in said]


def compare_announcements(connection: sqlite3.Connection, told: Told) -> list[str]:
    """Every document is the one that the office announced last."""
    rows = connection.execute("SELECT name, version, sha256, size FROM announcements")
    stored = {name: tuple(rest) for name, *rest in rows}
    said = {fact.name: (fact.version, fact.sha256, fact.size) for fact in told.announced.values()}
    return [
        f"announcements: {name} is {stored.get(name)}, the office's entries say {said.get(name)}"
        for name in sorted(stored.keys() | said.keys())
        if stored.get(name) != said.get(name)
    ]


def compare_office_keys(connection: sqlite3.Connection, told: Told) -> list[str]:
    """Every key of the office beside those of the enrolment is one that it announced."""
    stored = {key_id: bytes(key) for key_id, key in connection.execute("SELECT key_id, key FROM office_keys")}
    return [
        f"office_keys: key {key_id} is not as the office announced it"
        for key_id in sorted(stored.keys() | told.office_keys.keys())
        if stored.get(key_id) != told.office_keys.get(key_id)
    ]


def _packed(station: StationId, epoch: int, issued: VoucherIssued) -> bytes:
    return pack(
        Voucher(
            station=station,
            number=VoucherNumber(Epoch(epoch), issued.number),
            place=issued.place,
            kind=issued.kind,
            item=issued.item,
            pieces=issued.pieces,
            points=issued.points,
            issued=issued.issued,
            expires=issued.expires,
            key_id=issued.key_id,
        )
    )
