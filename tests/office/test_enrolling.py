"""A station enrols at an office: both ends are the production's, and what lies between is lost, doubled and stolen."""

from __future__ import annotations

import shutil
import stat
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from config.link import LinkSettings
from config.office import OfficeSettings
from config.reading import read
from kiosk import enrolling, faults, renewing
from kiosk.enrolling import Enrolled, EnrolmentFault
from kiosk.journal.journal import Journal
from kiosk.station import Folder
from office.books.models import Certificate, Invitation, Irregularity, Station
from office.home import home
from office.services.certificates import revoke
from office.services.enrolling import Turned, answer
from office.services.invitations import invite
from sync.certificate_reading import read_station_certificate
from sync.enrolment import Bundle, decode_bundle
from sync.identity import SigningKey, read_secret
from tests.office.world import FIRST, OfficeWorld
from tests.support.system import FakeSystem

THIRD = "50019900100103"
GUESSES = 50


class Cut(BaseException):
    """The power went."""


@pytest.fixture
def settings(founded: None) -> OfficeSettings:
    return read(home().settings, OfficeSettings)


@pytest.fixture(autouse=True)
def no_power_cut() -> Iterator[None]:
    yield
    faults.listen(None)


class Machine:
    """A station in a folder of its own."""

    def __init__(self, root: Path, seed: int = 5) -> None:
        self.folder, self.random = Folder(root), FakeSystem(seed).random_bytes
        root.mkdir()

    def ask(self, bundle: Bundle) -> bytes:
        return enrolling.request(self.folder, bundle, self.random)

    def enrol(self, office: OfficeWorld, bundle: Bundle) -> Enrolled:
        given = answer(office.parts, self.ask(bundle))
        assert isinstance(given, bytes), given
        return enrolling.take(self.folder, bundle, given, self.random)


def bundle_for(office: OfficeWorld, settings: OfficeSettings, station: str = THIRD) -> Bundle:
    return decode_bundle(invite(office.parts, station, "第三", settings, "新设备")[1])


def counts() -> dict[tuple[str, str], int]:
    return {(row.station, row.code): row.count for row in Irregularity.objects.all()}


def test_the_keys_are_the_stations_own_and_the_office_knows_their_other_half(
    office: OfficeWorld, settings: OfficeSettings, tmp_path: Path
) -> None:
    bundle, machine = bundle_for(office, settings), Machine(tmp_path / "s")
    row = Station.objects.get(pk=THIRD)
    assert (row.voucher_key, row.frame_key, row.epoch) == ("", "", 1)
    machine.enrol(office, bundle)
    row.refresh_from_db()
    folder = machine.folder
    for path, public in ((folder.voucher_key, row.voucher_key), (folder.frame_key, row.frame_key)):
        assert SigningKey(1, read_secret(path)).public.hex() == public
    assert read_secret(folder.pepper) == office.parts.pepper.secret
    certificate = folder.tls.read_bytes().partition(b"-----BEGIN PRIVATE")[0]
    said = read_station_certificate(certificate, folder.authority.read_bytes())
    assert (said.station, said.epoch) == (THIRD, 1)
    link = read(folder.link, LinkSettings)
    assert (link.broker.port, link.broker.tls, link.enrolment.epoch) == (8883, True, 1)
    journal = Journal(folder.journal)
    assert (journal.identity.station, journal.identity.epoch, journal.identity.down_epoch) == (THIRD, 1, 1)
    journal.close()
    assert not folder.enrolling.exists()
    secrets = folder.root / "secrets"
    assert stat.S_IMODE(secrets.stat().st_mode) == 0o700
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in secrets.iterdir())
    kept = [bytes(value) for value in (row.up_hash, row.down_hash)] + [str(vars(row)).encode()]
    for path in secrets.iterdir():
        assert not any(path.read_bytes() in part for part in kept)


def test_a_lost_answer_is_asked_for_again_and_a_second_machine_gets_nothing(
    office: OfficeWorld, settings: OfficeSettings, tmp_path: Path
) -> None:
    bundle, one, two = bundle_for(office, settings), Machine(tmp_path / "1"), Machine(tmp_path / "2", seed=6)
    lost = answer(office.parts, one.ask(bundle))
    assert isinstance(lost, bytes)
    stolen = answer(office.parts, two.ask(bundle))
    assert isinstance(stolen, Turned)
    assert stolen.code == "enrol.used"
    one.enrol(office, bundle)
    with pytest.raises(EnrolmentFault, match="not for this machine"):
        enrolling.take(two.folder, bundle, lost, two.random)
    assert not two.folder.link.exists()
    assert Certificate.objects.filter(station=THIRD).count() == 1
    assert counts()[THIRD, "enrol.used"] == 1
    assert enrolling.is_done(one.folder, bundle)


POINTS = [("enrol.secret", hit) for hit in (1, 2, 3, 4)]
POINTS += [("enrol.public", 1), ("create.made", 1), ("enrol.journal", 1), ("enrol.done", 1)]


@pytest.mark.parametrize(("name", "hit"), POINTS, ids=str)
def test_the_power_goes_in_the_middle(
    office: OfficeWorld, settings: OfficeSettings, tmp_path: Path, name: str, hit: int
) -> None:
    bundle, machine = bundle_for(office, settings), Machine(tmp_path / "s")
    left = hit

    def cut(passed: str) -> None:
        nonlocal left
        left -= passed == name
        if passed == name and left == 0:
            raise Cut

    faults.listen(cut)
    with pytest.raises(Cut):
        machine.enrol(office, bundle)
    faults.listen(None)
    if not enrolling.is_done(machine.folder, bundle):
        machine.enrol(office, bundle)
    row = Station.objects.get(pk=THIRD)
    assert SigningKey(1, read_secret(machine.folder.frame_key)).public.hex() == row.frame_key
    assert SigningKey(1, read_secret(machine.folder.voucher_key)).public.hex() == row.voucher_key
    assert Certificate.objects.filter(station=THIRD).count() == 1
    assert Certificate.objects.get(station=THIRD).pem.encode() in machine.folder.tls.read_bytes()
    Journal(machine.folder.journal).close()


def test_a_bundle_that_is_old_wrong_or_replaced_is_worth_nothing_and_guesses_lock_nobody_out(
    office: OfficeWorld, settings: OfficeSettings, tmp_path: Path
) -> None:
    machine = Machine(tmp_path / "s")
    first = bundle_for(office, settings)
    second = bundle_for(office, settings)  # the first was lost
    assert (first.epoch, second.epoch) == (1, 1)
    assert answer(office.parts, machine.ask(first)) == Turned("enrol.refused", "a wrong secret")
    guess = msgspec.structs.replace(second, secret="00" * 32)
    for _ in range(GUESSES):
        assert answer(office.parts, machine.ask(guess)) == Turned("enrol.refused", "a wrong secret")
    assert Invitation.objects.filter(station=THIRD).first().wrong == GUESSES + 1  # type: ignore[union-attr]
    assert counts() == {(THIRD, "enrol.refused"): GUESSES + 1}
    assert Invitation.objects.filter(station=THIRD, withdrawn="").count() == 1
    third = bundle_for(office, settings)
    assert isinstance(office.parts.system, FakeSystem)
    office.parts.system.advance(settings.enrolment.secret_hours * 3600 + 1)
    assert answer(office.parts, machine.ask(third)) == Turned("enrol.expired", "the bundle is too old")
    assert not [row for row in Invitation.objects.filter(station=THIRD) if bytes(row.secret)]
    assert Station.objects.get(pk=THIRD).frame_key == ""
    for data in (b"", b"x" * 100, bytes(10_000), machine.ask(third)[:-1]):
        turned = answer(office.parts, data)
        assert isinstance(turned, Turned)
        assert turned.code == "enrol.malformed"


def test_a_station_that_is_known_begins_its_next_life_and_the_old_certificate_ends_with_the_new_one(
    office: OfficeWorld, settings: OfficeSettings, tmp_path: Path
) -> None:
    old, new = Machine(tmp_path / "old"), Machine(tmp_path / "new", seed=6)
    first = bundle_for(office, settings)
    old.enrol(office, first)
    second = bundle_for(office, settings)
    assert (second.epoch, second.down_epoch) == (2, 2)
    assert Certificate.objects.get(station=THIRD).revoked_at is None  # until the new one is there
    new.enrol(office, second)
    assert [row.epoch for row in Certificate.objects.filter(station=THIRD, revoked_at=None)] == [2]
    again = answer(office.parts, old.ask(first))
    assert isinstance(again, Turned)
    with pytest.raises(EnrolmentFault, match="epoch 1"):
        enrolling.is_done(old.folder, second)  # the old folder is evidence: nothing is written into it


def test_another_stations_bundle_or_answer_is_refused(
    office: OfficeWorld, settings: OfficeSettings, tmp_path: Path
) -> None:
    bundle, other = bundle_for(office, settings), bundle_for(office, settings, "50019900100104")
    file = tmp_path / "bundle"
    file.write_bytes(msgspec.json.encode(other))
    with pytest.raises(EnrolmentFault, match=r"station\.toml says"):
        enrolling.read_bundle(file, THIRD)
    machine, second = Machine(tmp_path / "1"), Machine(tmp_path / "2", seed=6)
    machine.ask(bundle)
    given = answer(office.parts, second.ask(other))
    assert isinstance(given, bytes)
    with pytest.raises(EnrolmentFault, match="another station"):
        enrolling.take(machine.folder, bundle, given, machine.random)
    changed = msgspec.structs.replace(bundle, office_keys={"1": SigningKey(1, b"x" * 32).public.hex()})
    with pytest.raises(EnrolmentFault, match="not signed"):
        enrolling.take(machine.folder, changed, given, machine.random)


def test_who_was_taken_back_gets_nothing_any_more(
    office: OfficeWorld, settings: OfficeSettings, tmp_path: Path
) -> None:
    bundle, machine = bundle_for(office, settings), Machine(tmp_path / "s")
    machine.enrol(office, bundle)
    assert revoke(office.parts, THIRD, 1) == 1
    assert revoke(office.parts, THIRD, 1) == 0
    for asked in (machine.ask(bundle), renewing.request(machine.folder, machine.random)):
        turned = answer(office.parts, asked)
        assert isinstance(turned, Turned)
        assert turned.code in ("enrol.refused", "enrol.revoked")
    assert not Certificate.objects.filter(station=THIRD, revoked_at=None).exists()
    fresh = bundle_for(office, settings, "50019900100105")
    assert revoke(office.parts, "50019900100105", 1) == 0
    late = answer(office.parts, Machine(tmp_path / "late").ask(fresh))
    assert isinstance(late, Turned)  # shut out before it ever asked


def test_a_certificate_is_renewed_with_a_new_key_once_a_day(
    office: OfficeWorld, settings: OfficeSettings, tmp_path: Path
) -> None:
    bundle, machine = bundle_for(office, settings), Machine(tmp_path / "s")
    machine.enrol(office, bundle)
    before = machine.folder.tls.read_bytes()
    asked = renewing.request(machine.folder, machine.random)
    assert answer(office.parts, asked) == Turned("enrol.often", "its certificate was made less than a day ago")
    assert isinstance(office.parts.system, FakeSystem)
    office.parts.system.advance(timedelta(days=3000).total_seconds())
    given = answer(office.parts, asked)
    assert isinstance(given, bytes)
    assert answer(office.parts, asked) is not None  # the answer was lost: the same certificate again
    stranger = Machine(tmp_path / "x", seed=9)
    shutil.copytree(machine.folder.root, stranger.folder.root, dirs_exist_ok=True)
    shutil.rmtree(stranger.folder.enrolling)
    with pytest.raises(EnrolmentFault, match="another"):
        renewing.take(stranger.folder, given, stranger.random)
    renewed = renewing.take(machine.folder, given, machine.random)
    assert renewed.until > "2044"
    assert machine.folder.tls.read_bytes() != before
    assert Certificate.objects.filter(station=THIRD, revoked_at=None).count() == 2
    forger = Machine(tmp_path / "f", seed=10)
    shutil.copytree(machine.folder.root, forger.folder.root, dirs_exist_ok=True)
    forger.folder.frame_key.write_bytes(b"z" * 32)
    turned = answer(office.parts, renewing.request(forger.folder, forger.random))
    assert isinstance(turned, Turned)
    assert turned.code == "enrol.refused"


def test_a_first_station_of_the_world_still_speaks(office: OfficeWorld) -> None:
    office.ends[FIRST].open()
    assert office.talk() == []
