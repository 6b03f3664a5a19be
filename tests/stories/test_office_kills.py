"""Broker, network process, worker and kiosk are killed in turn and started again; the oracle is outside."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest

from domain.ids import Epoch
from domain.voucher_number import VoucherNumber
from kiosk.journal.verify import verify
from sync.chain import Direction, first_hash, next_hash
from tests.stories.test_office import in_step
from tests.support.enrolled import EnrolledStation, wait
from tests.support.station import STATION, KioskProcess

VICTIMS = ("broker", "sync", "worker", "kiosk")
SEED = 20261123


@pytest.mark.proof
def test_each_is_killed_five_times(tmp_path: Path) -> None:
    play(tmp_path, rounds=5)


def play(root: Path, rounds: int) -> None:
    """Everybody redeems something cheap again and again while one after the other dies."""
    dice = random.Random(SEED)
    station = EnrolledStation(root)
    names = [card.name for card in station.seeded.cards if card.points >= 200]
    try:
        station.town.start()
        kiosk = KioskProcess(station.root)
        kiosk.ready()
        wait(station.folder.shelf.exists, "the catalogue")
        last = ""
        for _ in range(rounds):
            for victim in VICTIMS:
                # The same code twice within 1.5 s is one scan: so never the same card twice in a row.
                last = dice.choice([name for name in names if name != last])
                confirm_something(station, kiosk, last)
                time.sleep(dice.uniform(0.0, 0.08))  # an instant of the machine's own: whatever it hits must be safe
                kiosk = kill_and_restart(station, kiosk, victim)
                station.town.office("grant", dice.choice(names), "3", "--reason", victim)
        confirm_something(station, kiosk, next(name for name in names if name != last))
        kiosk.arrive("AtDone")
        wait(lambda: in_step(station), "both sides in step once the kills have stopped", 60)
        kiosk.end()
        oracle(station)
    finally:
        station.close()


def confirm_something(station: EnrolledStation, kiosk: KioskProcess, name: str) -> None:
    kiosk.ready()
    station.scanner.scan(station.card(name).code)
    kiosk.arrive("AtHome")
    kiosk.press("ChooseClass repair", "AtItems")
    kiosk.press("ChooseItem 301", "AtItem")
    kiosk.press("Redeem", "AtConfirm")
    kiosk.press_and_let_go("Confirm")


def kill_and_restart(station: EnrolledStation, kiosk: KioskProcess, victim: str) -> KioskProcess:
    town = station.town
    if victim == "kiosk":
        kiosk.kill()
        kiosk.end()
        return KioskProcess(station.root)
    kiosk.arrive("AtDone")  # the kiosk does not need any of them to finish a visit
    process = {"broker": town.broker, "sync": town.sync, "worker": town.worker}[victim]
    process.kill()
    process.start()
    return kiosk


def oracle(station: EnrolledStation) -> None:
    """Nothing lost, nothing twice: papers, the station's file, and the office's books say one thing."""
    entries = station.entries()
    kept = station.books("SELECT number, data FROM books_upentry ORDER BY number")
    assert [(number, bytes(data)) for number, data in kept] == entries
    hash_ = first_hash(Direction.UP, STATION, 1)
    for _, data in entries:
        hash_ = next_hash(hash_, data)
    assert bytes(station.one("SELECT up_hash FROM books_station")) == hash_
    assert station.one("SELECT count(*) FROM books_alarm") == 0
    assert station.one("SELECT count(*) FROM books_upentry WHERE parked <> ''") == 0
    journal = station.journal()
    assert verify(journal).sound
    count = journal.vouchers.next_number() - 1
    numbers = [row[0] for row in station.books("SELECT number FROM books_voucher ORDER BY number")]
    assert numbers == list(range(1, count + 1))
    spent = station.one("SELECT sum(spent) FROM books_counter WHERE thing LIKE 'points/%'")
    assert spent == station.one("SELECT sum(points) FROM books_voucher")
    granted = dict(station.books("SELECT thing, granted FROM books_counter"))
    for thing, total in granted.items():
        assert journal.rights.get(thing).granted == total
    given = station.one("SELECT sum(credits) FROM books_resident")
    assert given == sum(total for thing, total in granted.items() if thing.startswith("points/"))
    known = {journal.vouchers.code(VoucherNumber(Epoch(1), number)) for number in range(1, count + 1)}
    printed = [payload for paper in station.printer.papers for payload in paper.qr_payloads]
    assert set(printed) <= known
    assert len(printed) == len(set(printed))
    journal.close()
