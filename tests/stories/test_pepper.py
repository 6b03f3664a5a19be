"""The pepper gets a second version while a station works: its commands, its certificate, its cards are all real."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from domain.entries import decode_entry
from domain.facts import UP, CardRekeyed, fact_of
from domain.identity_digest import Pepper
from domain.recognise import Recognised, read_card
from kiosk.demo.processes import NotStarted, python
from kiosk.journal.verify import verify
from sync.identity import read_secret
from tests.stories.test_lives import in_step
from tests.support.enrolled import EnrolledStation, wait
from tests.support.station import STATION

PEOPLE = '[[resident]]\nname = "新来的"\npoints = 50\nnotice = 1\n'


@pytest.fixture
def station(tmp_path: Path) -> Iterator[EnrolledStation]:
    made = EnrolledStation(tmp_path)
    yield made
    made.close()


def digest(station: EnrolledStation, code: str, version: int) -> str:
    """Of a card, under the version that the station holds."""
    pepper = Pepper(version, read_secret(station.folder.pepper_of(version)))
    found = read_card(code, STATION[:6], pepper, lambda *_: True)
    assert isinstance(found, Recognised)
    return found.digest


def rekeyed(station: EnrolledStation) -> list[CardRekeyed]:
    facts = [fact_of(decode_entry(data), UP) for _, data in station.entries()]
    return [fact for fact in facts if isinstance(fact, CardRekeyed)]


def listed(station: EnrolledStation, code: str, version: int) -> tuple[bool, bool]:
    """Whether station and office know the card under that version."""
    wanted, journal = digest(station, code, version), station.journal()
    here = journal.people.find(wanted) is not None
    journal.close()
    return here, (wanted,) in station.books("SELECT digest FROM books_card")


def known(station: EnrolledStation, *codes: str) -> None:
    """The kiosk greets who holds each of these cards; it is started for each, as at a new day."""
    for code in codes:
        with station.kiosk() as kiosk:
            kiosk.ready()
            wait(station.folder.shelf.exists, "the catalogue")
            station.scanner.scan(code)
            kiosk.arrive("AtHome")


def renew(station: EnrolledStation) -> str:
    command = python("kiosk", "renew", "--config", str(station.root))
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def new_card(station: EnrolledStation) -> str:
    file, cards = station.root / "people.toml", station.root / "new.json"
    file.write_text(PEOPLE, encoding="utf-8")
    station.town.office("import", str(file), "--station", STATION, "--cards", str(cards))
    return str(json.loads(cards.read_bytes())[0]["code"])


@pytest.mark.proof
def test_a_card_passes_to_the_new_version_and_is_known_all_the_way(station: EnrolledStation) -> None:
    town, old = station.town, station.card("陈桂芳").code
    town.start(web=True)
    known(station, old)
    with pytest.raises(NotStarted, match=r"office\.pepper"):
        town.office("pepper", "use")
    town.office("pepper", "next")
    known(station, old)
    assert json.loads(town.office("pepper", "show", "--json"))["lacking"] == [STATION]
    with pytest.raises(NotStarted, match=STATION):
        town.office("pepper", "use")
    assert "version 2 of the pepper came" in renew(station)
    assert "without version" not in town.office("pepper", "show")
    assert "version 2" in town.office("pepper", "use")
    assert listed(station, old, 1) == (True, True)
    known(station, old)
    wait(lambda: in_step(station) and listed(station, old, 2) == (True, True), "the card under version 2 at both sides")
    assert listed(station, old, 1) == (False, False)
    young = new_card(station)
    wait(lambda: listed(station, young, 2) == (True, True), "the new card")
    known(station, old, young)
    assert rekeyed(station) == [CardRekeyed(digest(station, old, 1), digest(station, old, 2))]
    wait(lambda: in_step(station), "both sides in step")
    journal = station.journal()
    assert verify(journal).faults == ()
    journal.close()
