"""At the shelf: two bags for a household of two, and a power cut between "confirm" and the paper."""

from __future__ import annotations

import signal

import pytest

from domain.ids import ItemId
from domain.rights import stock_of
from tests.stories.test_one_visit import walk_to_confirm
from tests.support.station import Station


def test_a_neighbour_finds_the_salt_by_its_group_and_takes_three_bags(station: Station) -> None:
    with station.kiosk() as kiosk:
        kiosk.ready()
        station.scanner.scan(station.card("李明").code)
        kiosk.arrive("AtHome")
        for action, state in (
            ("ChooseClass goods", "AtItems"),
            ("ShowGroups", "AtGroups"),
            ("ChooseGroup 粮油", "AtItems"),
            ("ChooseItem 104", "AtItem"),
            ("SetPieces 2", "AtItem"),
            ("SetPieces 3", "AtItem"),
            ("Redeem", "AtConfirm"),
            ("Confirm", "AtDone"),
        ):
            kiosk.press(action, state)
        paper = station.printer.wait_paper(10)
        kiosk.press("Finish", "Idle")
    assert "3 袋" in paper.text
    assert "30 分" in paper.text
    journal = station.journal()
    assert journal.rights.get(stock_of(ItemId(104))).spent == 3
    journal.close()


@pytest.mark.proof
@pytest.mark.parametrize(
    ("fault", "said"),
    [("redeem.before_commit", "nothing was spent in it"), ("print.sending.after_commit", "A-000001-0")],
)
def test_after_the_cut_the_first_screen_says_what_became_of_it(station: Station, fault: str, said: str) -> None:
    with station.kiosk(fault) as kiosk:
        walk_to_confirm(station, kiosk)
        kiosk.press_and_let_go("Confirm")
        assert kiosk.wait_killed() == -signal.SIGKILL
    with station.kiosk() as kiosk:
        kiosk.ready()
    assert f"a visit was torn off: {said}" in (station.root / "kiosk.log").read_text(encoding="utf-8")
    with station.kiosk() as kiosk:
        kiosk.ready()  # said once: this start found nobody
    assert (station.root / "kiosk.log").read_text(encoding="utf-8").count("torn off") == 1
