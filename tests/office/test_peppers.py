"""The pepper is followed by another version: handed out first, used then, and no card is lost on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from config.office import OfficeSettings
from config.reading import read
from domain.card import parse_code
from domain.facts import CardRekeyed, ResidentListed
from domain.identity_digest import Pepper, identity_digest, version_of
from domain.recognise import SOURCE, id_card_digest
from kiosk import enrolling, renewing
from office.books.models import Card, Certificate, Irregularity, Resident, Station
from office.cli.people import import_file
from office.faults import NoPepper
from office.home import home
from office.services.certificates import revoke
from office.services.enrolling import Turned, answer
from office.services.parts import Parts
from office.services.people import list_id_card, make_card
from office.services.peppers import lacking, make_next, standing, use_next
from office.services.rekeying import rekey_card
from sync.identity import KeyFileError
from tests.office.stations import Fleet
from tests.office.test_enrolling import THIRD, Cut, Machine, bundle_for
from tests.office.test_services import told
from tests.office.world import FIRST, SECOND, OfficeWorld

FOURTH, NUMBER = "50019900100104", "109901194910010175"


@pytest.fixture
def town(office: OfficeWorld) -> Iterator[OfficeWorld]:
    """The office, whose folder is given back with one version."""
    yield office
    for path in (home().pepper_in_use, *home().secrets.glob("pepper-*")):
        path.unlink(missing_ok=True)


@pytest.fixture
def settings(founded: None) -> OfficeSettings:
    return read(home().settings, OfficeSettings)


@pytest.fixture
def fleet(town: OfficeWorld) -> Fleet:
    fleet = Fleet(town, FIRST, SECOND)
    fleet.run()
    return fleet


def enrolled(town: OfficeWorld, settings: OfficeSettings, root: Path, station: str = THIRD) -> Machine:
    machine = Machine(root / station, seed=int(station[-2:]))
    machine.enrol(town, bundle_for(town, settings, station))
    return machine


def renew(town: OfficeWorld, machine: Machine) -> renewing.Renewed:
    given = answer(town.parts, renewing.request(machine.folder, machine.random))
    assert isinstance(given, bytes), given
    return renewing.take(machine.folder, given, machine.random)


def held(machine: Machine) -> list[tuple[int, bytes]]:
    return [(version, path.read_bytes()) for version, path in machine.folder.peppers()]


def under(pepper: Pepper, code: str) -> str:
    return identity_digest(pepper, SOURCE, parse_code(code)[0].number)


def now_used(town: OfficeWorld) -> Parts:
    return replace(town.parts, pepper=home().pepper())


def test_it_is_made_once_handed_out_and_used_when_every_station_has_it(
    town: OfficeWorld, settings: OfficeSettings, tmp_path: Path
) -> None:
    machine = enrolled(town, settings, tmp_path)
    with pytest.raises(NoPepper, match="office pepper next"):
        use_next(town.parts)
    assert (make_next(town.parts), make_next(town.parts)) == (2, 2)
    old, new = home().peppers()
    assert old.secret != new.secret
    assert home().pepper_of(2).stat().st_mode & 0o077 == 0
    assert (home().pepper(), lacking(2)) == (old, [THIRD])
    with pytest.raises(NoPepper, match=f"1 stations have no version 2 yet .{THIRD}"):
        use_next(town.parts)
    assert renew(town, machine).pepper == 2  # within its first day: there is something to fetch
    assert held(machine) == [(2, new.secret), (1, old.secret)]
    assert lacking(2) == []
    asked = renewing.request(machine.folder, machine.random)
    assert answer(town.parts, asked) == Turned("enrol.often", "its certificate was made less than a day ago")
    late = enrolled(town, settings, tmp_path, FOURTH)  # enrolled after it was made
    assert held(late) == held(machine)
    assert use_next(town.parts) == 2
    assert home().pepper() == new
    with pytest.raises(NoPepper, match="no next version"):
        use_next(town.parts)
    assert make_next(town.parts) == 3
    assert lacking(3) == [THIRD, FOURTH]


def test_a_lost_answer_is_asked_for_again_and_brings_what_came_meanwhile(
    town: OfficeWorld, settings: OfficeSettings, tmp_path: Path
) -> None:
    bundle, machine = bundle_for(town, settings), Machine(tmp_path / "s")
    asked = machine.ask(bundle)
    assert isinstance(answer(town.parts, asked), bytes)
    make_next(town.parts)
    assert lacking(2) == [THIRD]
    given = answer(town.parts, asked)
    assert isinstance(given, bytes)
    enrolling.take(machine.folder, bundle, given, machine.random)
    assert [version for version, _ in held(machine)] == [2, 1]
    assert (lacking(2), Certificate.objects.filter(station=THIRD).count()) == ([], 1)


def test_only_stations_that_may_speak_are_waited_for(
    town: OfficeWorld, settings: OfficeSettings, tmp_path: Path
) -> None:
    enrolled(town, settings, tmp_path)
    enrolled(town, settings, tmp_path, FOURTH)
    make_next(town.parts)
    revoke(town.parts, THIRD, 1)
    assert lacking(2) == [FOURTH]
    Station.objects.filter(pk=FOURTH).update(life="fenced")
    assert lacking(2) == []
    Station.objects.filter(pk=FOURTH).update(life="open")
    assert use_next(town.parts, anyway=True) == 2


def test_a_card_read_before_the_version_is_used_stays_known_everywhere(town: OfficeWorld, fleet: Fleet) -> None:
    person = Resident.objects.get(pk=town.residents["陈桂芳"].pk)
    code = make_card(town.parts, FIRST[:6], person)
    make_next(town.parts)
    old, new = (under(pepper, code) for pepper in home().peppers())
    fleet.stations[FIRST].write(CardRekeyed(old, new))
    fleet.run()
    assert list(Card.objects.values_list("pk", "newer")) == [(old, new)]  # the second station has version 1 alone
    Card.objects.update(blocked=True)
    assert standing().waiting == 0
    use_next(town.parts, anyway=True)
    fleet.run()
    card = Card.objects.get()
    assert (card.pk, card.resident_id, card.newer, card.blocked) == (new, person.pk, "", True)
    for station in (FIRST, SECOND):
        newest = [fact for fact in told(station) if isinstance(fact, ResidentListed)][-1]
        assert (newest.cards, newest.blocked_cards) == ((), (new,))


def test_a_card_read_under_the_version_in_use_is_listed_under_it_everywhere(town: OfficeWorld, fleet: Fleet) -> None:
    chen, li = (Resident.objects.get(pk=town.residents[name].pk) for name in ("陈桂芳", "李明"))
    code, theirs = (under(home().pepper(), make_card(town.parts, FIRST[:6], who)) for who in (chen, li))
    make_next(town.parts)
    use_next(town.parts)
    new = "2:" + "ab" * 32
    fleet.stations[FIRST].write(CardRekeyed(code, new))
    fleet.run()
    for station in (FIRST, SECOND):
        newest = [fact for fact in told(station) if isinstance(fact, ResidentListed) and fact.resident == chen.pk][-1]
        assert newest.cards == (new,)
    fleet.stations[FIRST].write(CardRekeyed(theirs, new))  # nobody gets another's card by a station's word
    fleet.run()
    assert set(Card.objects.values_list("pk", "resident")) == {(new, chen.pk), (theirs, li.pk)}
    made = under(now_used(town).pepper, make_card(now_used(town), FIRST[:6], li))
    assert version_of(made) == 2
    assert Card.objects.filter(pk=made, resident=li).exists()
    assert standing().cards == {1: 1, 2: 2}


@pytest.mark.parametrize("word", ["1:", "0:", "3:", "x:", ""])
def test_a_card_is_never_rekeyed_to_an_older_or_unmade_version(town: OfficeWorld, word: str) -> None:
    code = make_card(town.parts, FIRST[:6], town.residents["李明"])
    make_next(town.parts)
    use_next(town.parts)
    rekey_card(town.parts, under(town.parts.pepper, code), word + "ab" * 32)
    assert list(Card.objects.values_list("pk", "newer")) == [(under(town.parts.pepper, code), "")]


@pytest.mark.parametrize("again", [use_next, make_next])
def test_what_a_power_cut_left_is_done_by_the_next_command(
    town: OfficeWorld, monkeypatch: pytest.MonkeyPatch, again: Callable[[Parts], int]
) -> None:
    codes = [make_card(town.parts, FIRST[:6], town.residents[name]) for name in ("陈桂芳", "李明")]
    make_next(town.parts)
    old, new = home().peppers()
    for code in codes:
        rekey_card(town.parts, under(old, code), under(new, code))

    def cut(name: str) -> None:
        raise Cut(name)

    monkeypatch.setattr("office.services.rekeying.point", cut)
    with pytest.raises(Cut):
        use_next(town.parts)
    monkeypatch.undo()
    assert (standing().in_use, standing().waiting) == (2, 1)
    assert again(town.parts) == (2 if again is use_next else 3)
    assert set(Card.objects.values_list("pk", flat=True)) == {under(new, code) for code in codes}
    assert standing().waiting == 0


@pytest.mark.parametrize("state", ["old", "waiting", "rekeyed"])
def test_an_id_card_is_the_same_person_under_any_version(town: OfficeWorld, tmp_path: Path, state: str) -> None:
    person = town.residents["李明"]
    list_id_card(town.parts, person, NUMBER)
    make_next(town.parts)
    old, new = (id_card_digest(pepper, NUMBER) for pepper in home().peppers())
    if state == "waiting":
        rekey_card(town.parts, old, new)
    use_next(town.parts) if state != "waiting" else None
    if state == "rekeyed":
        rekey_card(town.parts, old, new)
    file = tmp_path / "people.toml"
    file.write_text(f'[[resident]]\nname = "李明明"\nid_number = "{NUMBER}"\npoints = 5\n', encoding="utf-8")
    before = Resident.objects.count()
    import_file(file, FIRST, tmp_path / "cards.json", "tester")
    assert Resident.objects.count() == before


def test_a_version_that_is_gone_is_missed_and_never_made_again(
    town: OfficeWorld, settings: OfficeSettings, tmp_path: Path
) -> None:
    make_next(town.parts)
    enrolled(town, settings, tmp_path)
    home().pepper_of(2).unlink()
    for command in (make_next, use_next):
        with pytest.raises(NoPepper, match="bring it back"):
            command(town.parts)
    home().pepper_in_use.write_text("2")
    with pytest.raises(KeyFileError):
        home().pepper()
    assert not Irregularity.objects.exists()
