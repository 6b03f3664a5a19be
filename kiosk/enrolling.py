"""A station is enrolled: it makes its keys, asks the office, and writes what it is given. Any step may be repeated.

The keys wait in a folder of their own until everything else is written; the settings of the link come last and say
that all is there. So a power cut leaves either a station that is enrolled or one that asks again with the same keys,
and gets the same answer.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from config.link import Broker, Door, Enrolment, LinkSettings, text_of
from config.mistakes import SettingsError
from config.reading import read
from kiosk.durable import write_durably
from kiosk.enrolment_keys import Keys, RandomBytes
from kiosk.faults import JournalMissing, YizhanError, point
from kiosk.journal.database import clear_leftovers, create_database
from kiosk.journal.journal import Journal
from kiosk.station import Folder
from sync.certificate_reading import read_station_certificate
from sync.curve import CertificateError
from sync.enrolment import (
    ENROL,
    Answer,
    Bundle,
    EnrolmentError,
    Request,
    box_context,
    decode_answer,
    decode_bundle,
    encode_request,
    peppers_in,
)
from sync.identity import signed_by
from sync.sealing import BoxError, unseal


class EnrolmentFault(YizhanError):
    """The station is not enrolled, and the sentence says why and what to do; what was there is as it was."""

    code = "enrol.fault"


@dataclass(frozen=True, slots=True)
class Enrolled:
    """What the station is now."""

    station: str
    epoch: int
    folder: Path
    before: bool = False

    def lines(self) -> list[str]:
        """For people."""
        what = "was enrolled before, nothing was changed" if self.before else "is enrolled"
        return [
            f"[green]✓[/] station {self.station} {what}, epoch {self.epoch}",
            f"  its keys and its journal lie in {self.folder}; then: kiosk sync, beside kiosk run",
        ]


def read_bundle(path: Path, station: str) -> Bundle:
    """Return the bundle of this station. Raises ``EnrolmentFault``."""
    try:
        bundle = decode_bundle(path.read_bytes())
    except (OSError, EnrolmentError) as error:
        raise EnrolmentFault(f"{path}: no bundle that can be read ({error}); ask the office for another one") from error
    if bundle.station != station:
        raise EnrolmentFault(f"{path}: the bundle is for station {bundle.station}, station.toml says {station}")
    return bundle


def is_done(folder: Folder, bundle: Bundle) -> bool:
    """Whether this life is enrolled here already. Raises ``EnrolmentFault`` where another one is."""
    if folder.link.exists():
        try:
            found = read(folder.link, LinkSettings).enrolment
        except SettingsError as error:
            raise EnrolmentFault(f"{folder.link}: it says nothing that is understood; move it away: {error}") from error
        if (found.station, found.epoch) == (bundle.station, bundle.epoch) and folder.tls.exists():
            return True
        _refuse(folder, f"station {found.station} epoch {found.epoch}")
    try:
        journal = Journal(folder.journal, read_only=True)
    except JournalMissing:
        return False
    identity = journal.identity
    journal.close()
    if (identity.station, identity.enrolled) != (bundle.station, bundle.epoch):
        _refuse(folder, f"the journal of station {identity.station} epoch {identity.epoch}")
    return False


def request(folder: Folder, bundle: Bundle, random: RandomBytes) -> bytes:
    """Make the keys, if they are not there yet, and return what is sent to the office."""
    keys = Keys.at(folder.enrolling, random)
    asked = Request(
        kind=ENROL,
        station=bundle.station,
        epoch=bundle.epoch,
        voucher_key=keys.voucher.public,
        frame_key=keys.frame.public,
        box_key=keys.box_public,
        request=keys.certificate_request(bundle.station),
    )
    return encode_request(asked, bytes.fromhex(bundle.secret), keys.frame.sign)


def take(folder: Folder, bundle: Bundle, data: bytes, random: RandomBytes) -> Enrolled:
    """Write what the office answered. Raises ``EnrolmentFault`` for an answer that is not for this machine."""
    keys = Keys.at(folder.enrolling, random)
    publics = [bytes.fromhex(key) for key in bundle.office_keys.values()]
    try:
        answer = decode_answer(
            data, lambda message, signature: any(signed_by(key, message, signature) for key in publics)
        )
        _check(answer, bundle, keys)
        box = unseal(answer.pepper, keys.box, box_context(bundle.station, bundle.epoch))
        peppers = peppers_in(box, answer.pepper_version)
    except (EnrolmentError, CertificateError, BoxError) as error:
        raise EnrolmentFault(f"the office's answer is not for this machine: {error}") from error
    _write(folder, bundle, answer, keys, peppers)
    return Enrolled(bundle.station, bundle.epoch, folder.root)


def _check(answer: Answer, bundle: Bundle, keys: Keys) -> None:
    said = read_station_certificate(answer.certificate, bundle.authority.encode())
    mine = (bundle.station, bundle.epoch)
    if (answer.station, answer.epoch) != mine or (said.station, said.epoch) != mine:
        raise EnrolmentError("it is for another station or another life")
    if said.public != keys.tls_public:
        raise EnrolmentError("its certificate is for another key; was the request made anew?")


def _write(folder: Folder, bundle: Bundle, answer: Answer, keys: Keys, peppers: dict[int, bytes]) -> None:
    folder.voucher_key.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    for path, secret in (
        (folder.voucher_key, keys.voucher_seed),
        (folder.frame_key, keys.frame_seed),
        *((folder.pepper_of(version), secret) for version, secret in peppers.items()),
        (folder.tls, answer.certificate + keys.tls),
    ):
        write_durably(path, secret, 0o600)
        point("enrol.secret")
    office_keys = json.dumps(bundle.office_keys | answer.office_keys) + "\n"
    write_durably(folder.office_keys, office_keys.encode("ascii"), 0o644)
    write_durably(folder.authority, bundle.authority.encode("ascii"), 0o644)
    point("enrol.public")
    if not folder.journal.exists():
        create_database(folder.journal, bundle.station, bundle.epoch, bundle.down_epoch)
    clear_leftovers(folder.journal)
    point("enrol.journal")
    write_durably(folder.link, text_of(_settings(bundle)).encode("ascii"), 0o644)
    point("enrol.done")
    shutil.rmtree(folder.enrolling)


def _settings(bundle: Bundle) -> LinkSettings:
    mqtt: Literal["5", "3.1.1"] = "3.1.1" if bundle.mqtt == "3.1.1" else "5"
    return LinkSettings(
        enrolment=Enrolment(station=bundle.station, epoch=bundle.epoch, down_epoch=bundle.down_epoch),
        broker=Broker(host=bundle.broker.host, port=bundle.broker.port, mqtt=mqtt, tls=True),
        door=Door(host=bundle.door.host, port=bundle.door.port),
    )


def _refuse(folder: Folder, what: str) -> None:
    raise EnrolmentFault(
        f"{folder.root}: here lies {what}; move the whole folder away and keep it (the office may still need what it "
        "holds), then enrol again"
    )
