"""Stories of a community station, each named after what happens; touches, wires, journal and papers are real."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from devices.ports import PrintState
from devices.simulated.idcard.people import resident
from devices.simulated.idcard.reader import SimulatedCardReader
from domain.calendar import day_of
from domain.decide_limits import proxy_limit
from domain.facts import Fact, Granted, ResidentListed
from domain.facts.people import Proxy
from domain.identity_digest import Pepper
from domain.ids import ResidentId
from domain.recognise import id_card_digest
from domain.rights import points_of
from domain.rules import Rules
from kiosk.journal.verify import verify
from kiosk.system import Machine
from sync.identity import read_secret
from tests.support.enrolled import EnrolledStation, wait
from tests.support.seed import receive
from tests.support.station import KioskProcess, Station

GRANDMOTHER = resident("钱奶奶", "19461001", 12)
DAUGHTER = resident("孙小梅", "19751001", 24)
HER, HIM, HIS_CHILD = ResidentId("qian"), ResidentId("sun"), ResidentId("sunmei")


@pytest.fixture
def reader(station: Station) -> Iterator[SimulatedCardReader]:
    made = SimulatedCardReader()
    devices = station.root / "devices.toml"
    devices.write_text(devices.read_text() + f'[idcard]\npath = "{made.path}"\n')
    yield made
    made.close()


def test_an_80_year_old_takes_her_time_and_is_not_sent_away(station: Station) -> None:
    """Nearly a minute before each touch, and once longer: she is asked, and goes on where she was."""
    with station.kiosk() as kiosk:
        kiosk.ready()
        station.scanner.scan(station.card("陈桂芳").code)
        kiosk.arrive("AtHome")
        for action, screen in (("ChooseClass goods", "AtItems"), ("ChooseItem 101", "AtItem"), ("Redeem", "AtConfirm")):
            kiosk.do("skip 55")
            kiosk.press(action, screen)
        kiosk.do("skip 61")
        kiosk.fact("mood", "warned")
        kiosk.do("skip 25")
        kiosk.do("press MoreTime")
        kiosk.fact("mood", "calm")
        kiosk.do("skip 55")
        kiosk.press("Confirm", "AtDone")
        assert "东北大米" in station.printer.wait_paper(10).text
        kiosk.do("skip 21")
        kiosk.arrive("Idle")
    assert vouchers(station) == 1


@pytest.mark.proof  # with an office and its broker
def test_an_80_year_old_redeems_rice_with_the_line_cut(tmp_path: Path) -> None:
    """The line breaks before she comes and is mended after she left: the office hears of her rice, once."""
    station = EnrolledStation(tmp_path)
    try:
        station.town.start()
        with station.kiosk() as kiosk:
            kiosk.ready()
            wait(station.folder.shelf.exists, "the catalogue")
            wait(lambda: station.town.standing()["received"] == len(station.entries()) > 0, "what was done so far")
            station.town.cable.cut()
            walk(station, kiosk, "陈桂芳")
            kiosk.press("Confirm", "AtDone")
            assert "东北大米" in station.printer.wait_paper(10).text
            kiosk.press("Finish", "Idle")
            assert station.town.standing()["vouchers"] == 0
            station.town.cable.mend()
            wait(lambda: station.town.standing()["vouchers"] == 1, "her voucher in the books")
            assert station.town.standing()["spent"] == 120
    finally:
        station.close()


def test_the_card_is_taken_away_while_the_voucher_prints(station: Station, reader: SimulatedCardReader) -> None:
    """The card only says who came: whoever takes it back early gets the whole paper, and pays once."""
    list_people(
        station, ResidentListed(resident=HER, name="钱*", cards=(digest(station, GRANDMOTHER.number),), notice=1)
    )
    with station.kiosk() as kiosk:
        kiosk.ready()
        reader.lay(GRANDMOTHER)
        to_confirm(kiosk)
        kiosk.press_and_let_go("Confirm")
        reader.lift()
        kiosk.arrive("AtDone")
        paper = station.printer.wait_paper(10)
        assert ("钱*" in paper.text, "380 分" in paper.text) == (True, True)
        kiosk.press("Finish", "Idle")
    assert vouchers(station) == 1


def test_two_neighbours_one_after_the_other(station: Station) -> None:
    """The second lays her card on while the first one's result still stands there: two papers, each with one name."""
    with station.kiosk() as kiosk:
        kiosk.ready()
        walk(station, kiosk, "陈桂芳")
        kiosk.press("Confirm", "AtDone")
        walk(station, kiosk, "李明")
        kiosk.press("Confirm", "AtDone")
        first, second = (station.printer.wait_paper(10).text for _ in range(2))
        assert ("陈*芳" in first, "李*" in first) == (True, False)
        assert ("陈*芳" in second, "李*" in second) == (False, True)
        assert ("260 分" in first, "0 分" in second) == (True, True)
        kiosk.press("Finish", "Idle")
    assert vouchers(station) == 2


def test_the_paper_runs_out_at_her_voucher_and_the_volunteer_puts_in_a_roll(station: Station) -> None:
    """She pays once and keeps her number; the volunteer's roll and one touch give her the whole paper, marked 补打."""
    station.printer.take_paper_out(after_bytes=150)
    with station.kiosk() as kiosk:
        kiosk.ready()
        walk(station, kiosk, "陈桂芳")
        kiosk.press("Confirm", "AtDone")
        kiosk.papers_waiting(1)
        kiosk.press("Finish", "Idle")
        station.printer.put_paper_in()
        kiosk.fact("health", "ok ok")
        station.printer.wait_paper(10)  # the half that lay in the printer's memory
        station.scanner.scan(station.card("何静").code)
        kiosk.arrive("AtStaff")
        kiosk.fact("papers", "1")
        kiosk.do("press Reprint 1")
        paper = station.printer.wait_paper(10)
        assert ("补打" in paper.text, "A-000001-0" in paper.text, "陈*芳" in paper.text) == (True, True, True)
        kiosk.fact("papers", "0")
        kiosk.press("Finish", "Idle")
    journal = station.journal()
    states = {job.state for number in (1, 2) if (job := journal.jobs.get(number)) is not None}
    journal.close()
    assert states == {PrintState.UNCERTAIN, PrintState.PRINTED}
    assert vouchers(station) == 1


def test_a_daughter_spends_for_her_homebound_father(station: Station, reader: SimulatedCardReader) -> None:
    """Her own card is all that she brings: the points are his, and the paper names both."""
    allowance = proxy_limit(Rules(), HIM, HIS_CHILD, day_of(Machine().now_ms()))
    assert allowance is not None
    list_people(
        station,
        ResidentListed(resident=HIS_CHILD, name="孙*梅", cards=(digest(station, DAUGHTER.number),), notice=1),
        ResidentListed(
            resident=HIM, name="孙*国", cards=(), proxies=(Proxy(resident=HIS_CHILD, spend=True, collect=True),)
        ),
        Granted(right=points_of(HIM), total=200),
        Granted(right=allowance, total=300),
    )
    with station.kiosk() as kiosk:
        kiosk.ready()
        reader.lay(DAUGHTER)
        kiosk.arrive("AtWhom")
        kiosk.press("ChooseWhom 1", "AtHome")
        to_confirm(kiosk)
        kiosk.press("Confirm", "AtDone")
        paper = station.printer.wait_paper(10).text
        assert ("孙*国" in paper, "孙*梅" in paper, "80 分" in paper) == (True, True, True)
        kiosk.press("Finish", "Idle")
    assert vouchers(station) == 1


def walk(station: Station, kiosk: KioskProcess, name: str) -> None:
    station.scanner.scan(station.card(name).code)
    to_confirm(kiosk)


def to_confirm(kiosk: KioskProcess) -> None:
    kiosk.arrive("AtHome")
    kiosk.press("ChooseClass goods", "AtItems")
    kiosk.press("ChooseItem 101", "AtItem")
    kiosk.press("Redeem", "AtConfirm")


def digest(station: Station, number: str) -> str:
    return id_card_digest(Pepper(1, read_secret(station.folder.pepper)), number)


def list_people(station: Station, *facts: Fact) -> None:
    receive(station.folder, (*facts, Granted(right=points_of(HER), total=500)), station.system)


def vouchers(station: Station) -> int:
    """How many vouchers a sound journal has."""
    journal = station.journal()
    report = verify(journal)
    journal.close()
    assert report.sound, report.faults
    return report.vouchers
