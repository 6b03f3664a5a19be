"""Stations are enrolled, get new certificates, and lose them."""

from __future__ import annotations

from pathlib import Path

from kiosk import enrolling, renewing
from kiosk.durable import write_durably
from kiosk.enrolling import is_done, read_bundle
from kiosk.journal.journal import Journal
from kiosk.station import Folder
from tests.faults.places import HOUR_MS, Place, begin
from tests.faults.scenario import scenario

STATIONS = ("50019900100103", "50019900100104", "50019900100105")
RENEWALS = 3


def enrol(place: Place, station: str) -> None:
    """As ``office enrol`` and ``kiosk enrol`` do it, from wherever it was left."""
    from config.office import OfficeSettings
    from config.reading import read
    from office.home import home
    from office.services.enrolling import answer
    from office.services.invitations import invite

    file, folder = place.root / f"{station}.bundle", folder_of(place, station)
    if not file.exists():
        _, data = invite(place.office(), station, "驿站", read(home().settings, OfficeSettings))
        write_durably(file, data, 0o600)
    bundle = read_bundle(file, station)
    if is_done(folder, bundle):
        return
    random = place.system.random_bytes
    given = answer(place.office(), enrolling.request(folder, bundle, random))
    assert isinstance(given, bytes), given
    enrolling.take(folder, bundle, given, random)


def folder_of(place: Place, station: str) -> Folder:
    return Folder(place.root / station)


def check_enrolled(place: Place, station: str) -> None:
    """What the station holds is what the office believes."""
    from office.books.models import Certificate
    from office.books.models import Station as Row
    from sync.certificate_reading import read_station_certificate
    from sync.identity import SigningKey, read_secret

    folder, row = folder_of(place, station), Row.objects.get(pk=station)
    assert row.epoch in {1, 2}  # a number that was given out before the cut is not given again
    for path, public in ((folder.voucher_key, row.voucher_key), (folder.frame_key, row.frame_key)):
        assert SigningKey(1, read_secret(path)).public.hex() == public
    assert read_secret(folder.pepper) == place.office().pepper.secret
    journal = Journal(folder.journal)
    assert (journal.identity.station, journal.identity.epoch) == (station, row.epoch)
    journal.close()
    pem = folder.tls.read_bytes().partition(b"-----BEGIN PRIVATE KEY-----")[0]
    said = read_station_certificate(pem, folder.authority.read_bytes())
    assert Certificate.objects.filter(station=row, public=said.public, revoked_at=None).count() == 1
    assert not any(path.name.endswith(".new") for path in folder.root.iterdir())


@scenario("enrol")
class Enrol:
    def prepare(self, root: Path) -> None:
        begin(root)

    def play(self, root: Path, life: int) -> None:
        place = Place(root, life)
        for station in STATIONS:
            enrol(place, station)

    def check(self, root: Path) -> None:
        from office.books.models import Certificate, Station
        from office.home import home
        from office.services.broker import publish

        place = Place(root, 3)
        publish(place.office())
        for station in STATIONS:
            check_enrolled(place, station)
            assert station in home().stations_may.read_text()
        assert Certificate.objects.count() == len(STATIONS)
        assert Station.objects.count() == 1 + len(STATIONS)


@scenario("renew")
class Renew:
    def prepare(self, root: Path) -> None:
        begin(root)
        enrol(Place(root, 0), STATIONS[0])

    def play(self, root: Path, life: int) -> None:
        from office.books.models import Certificate
        from office.services.enrolling import answer

        place = Place(root, life)
        place.system.wall_ms += life * 30 * 24 * HOUR_MS
        folder = folder_of(place, STATIONS[0])
        while Certificate.objects.count() <= RENEWALS or folder.enrolling.exists():
            place.system.wall_ms += 25 * HOUR_MS
            given = answer(place.office(), renewing.request(folder, place.system.random_bytes))
            assert isinstance(given, bytes), given
            renewing.take(folder, given, place.system.random_bytes)

    def check(self, root: Path) -> None:
        check_enrolled(Place(root, 3), STATIONS[0])


@scenario("revoke")
class Revoke:
    def prepare(self, root: Path) -> None:
        Enrol().prepare(root)
        Enrol().play(root, 0)

    def play(self, root: Path, life: int) -> None:
        from office.services.broker import publish
        from office.services.certificates import revoke

        place = Place(root, life)
        for station in STATIONS:
            revoke(place.office(), station, 1)
        publish(place.office())  # what the worker does every few seconds

    def check(self, root: Path) -> None:
        from office.home import home
        from sync.certificate_reading import revoked_in

        Place(root, 3)
        assert len(revoked_in(home().revoked.read_bytes())) == len(STATIONS)
        assert not any(station in home().stations_may.read_text() for station in STATIONS)
        assert not home().reload_owed.exists()
