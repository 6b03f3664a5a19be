"""SIGKILL at random instants around "confirm", again and again on the same station; the oracle stands outside."""

from __future__ import annotations

import random
import re
import time

import pytest

from devices.simulated.paper.parts import InterpretedPaper
from domain.entries import decode_entry
from domain.facts import UP, VoucherIssued, fact_of
from domain.ids import Epoch
from domain.voucher_number import VoucherNumber
from kiosk.journal.journal import connection_of
from kiosk.journal.verify import verify
from tests.support.station import KioskProcess, Station

KILLS = 40
SEED = 20261122


@pytest.mark.proof
def test_forty_random_kills_lose_nothing_and_spend_nothing_twice(station: Station) -> None:
    dice = random.Random(SEED)
    names = [card.name for card in station.seeded.cards if card.points >= 200]
    for _ in range(KILLS):
        with station.kiosk() as kiosk:
            confirm_something_cheap(station, kiosk, dice.choice(names))
            time.sleep(dice.uniform(0.0, 0.06))  # an instant of the machine's own: whatever it hits must be safe
            kiosk.kill()
        check(station)
    journal = station.journal()
    assert journal.vouchers.next_number() > KILLS // 4  # the kills did fall on both sides of the commit
    journal.close()


def confirm_something_cheap(station: Station, kiosk: KioskProcess, name: str) -> None:
    kiosk.ready()
    station.scanner.scan(station.card(name).code)
    kiosk.arrive("AtHome")
    kiosk.press("ChooseClass repair", "AtItems")
    kiosk.press("ChooseItem 301", "AtItem")
    kiosk.press("Redeem", "AtConfirm")
    kiosk.press_and_let_go("Confirm")


def check(station: Station) -> None:
    """Points spent = entries = vouchers = print jobs; every paper is of a voucher that exists, and out once."""
    journal = station.journal()
    assert verify(journal).sound
    facts = [fact_of(decode_entry(data), UP) for _, data, _ in journal.chain.read()]
    issued = [fact for fact in facts if isinstance(fact, VoucherIssued)]
    rows = connection_of(journal)
    spent = rows.execute("SELECT coalesce(sum(spent), 0) FROM counters WHERE thing LIKE 'points/%'").fetchone()[0]
    assert spent == sum(fact.points for fact in issued)
    assert [fact.number for fact in issued] == list(range(1, len(issued) + 1))
    assert rows.execute("SELECT count(*) FROM print_jobs WHERE copy = 0").fetchone()[0] == len(issued)
    known = {journal.vouchers.code(VoucherNumber(Epoch(1), fact.number)) for fact in issued}
    printed = [payload for paper in whole_papers(station) for payload in paper.qr_payloads]
    assert set(printed) <= known
    assert len(printed) == len(set(printed))
    journal.close()


def whole_papers(station: Station) -> list[InterpretedPaper]:
    return [paper for paper in station.printer.papers if re.search(r"A-\d{6}-\d", paper.text)]
