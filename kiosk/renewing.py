"""A new certificate for a station that is enrolled, before the old one ends: a new key, asked for by the frame key."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import datetime

from config.link import LinkSettings
from config.reading import read
from kiosk.durable import write_durably
from kiosk.enrolling import EnrolmentFault
from kiosk.enrolment_keys import Keys, RandomBytes
from kiosk.faults import point
from kiosk.journal.journal import Journal
from kiosk.station import Folder, office_keys
from sync.certificate_reading import read_station_certificate
from sync.curve import CertificateError
from sync.enrolment import (
    RENEW,
    Answer,
    EnrolmentError,
    Request,
    box_context,
    decode_answer,
    encode_request,
    peppers_in,
)
from sync.identity import KeyFileError, SigningKey, read_secret
from sync.sealing import BoxError, unseal


@dataclass(frozen=True, slots=True)
class Renewed:
    """Until when the certificate is good now; ``pepper`` is the newest version that came with it, 0: no new one."""

    station: str
    until: str
    pepper: int = 0

    def lines(self) -> list[str]:
        """For people."""
        came = f"  version {self.pepper} of the pepper came: start kiosk run again, it reads the pepper when it starts"
        lines = [f"[green]✓[/] station {self.station}: its certificate is good until {self.until}"]
        return [*lines, came] if self.pepper else lines


def request(folder: Folder, random: RandomBytes) -> bytes:
    """Make a new key, if none waits, and return what is sent to the office. Raises ``EnrolmentFault``."""
    enrolled = read(folder.link, LinkSettings).enrolment
    keys = Keys.at(folder.enrolling, random)
    try:
        frame = SigningKey(1, read_secret(folder.frame_key))
    except KeyFileError as error:
        raise EnrolmentFault(str(error)) from error
    asked = Request(
        kind=RENEW,
        station=enrolled.station,
        epoch=enrolled.epoch,
        box_key=keys.box_public,
        request=keys.certificate_request(enrolled.station),
    )
    return encode_request(asked, b"", frame.sign)


def take(folder: Folder, data: bytes, random: RandomBytes) -> Renewed:
    """Put the new certificate in the place of the old one. Raises ``EnrolmentFault``; then the old one stays."""
    enrolled = read(folder.link, LinkSettings).enrolment
    keys, journal = Keys.at(folder.enrolling, random), Journal(folder.journal, read_only=True)
    try:
        answer = decode_answer(data, office_keys(folder.office_keys, journal).any)
        said = read_station_certificate(answer.certificate, folder.authority.read_bytes())
    except (OSError, EnrolmentError, CertificateError) as error:
        raise EnrolmentFault(f"the office's answer is not for this machine: {error}") from error
    finally:
        journal.close()
    if (said.station, said.epoch, said.public) != (enrolled.station, enrolled.epoch, keys.tls_public):
        raise EnrolmentFault("the office's answer is for another machine, another life, or another key")
    came = 0
    for version, secret in _peppers(answer, keys, enrolled.station, enrolled.epoch).items():
        if not folder.pepper_of(version).exists():
            write_durably(folder.pepper_of(version), secret, 0o600)
            came = version
            point("renew.pepper")
    write_durably(folder.tls, answer.certificate + keys.tls, 0o600)
    point("renew.done")
    shutil.rmtree(folder.enrolling)
    return Renewed(said.station, _day(said.expires), came)


def _peppers(answer: Answer, keys: Keys, station: str, epoch: int) -> dict[int, bytes]:
    """The secrets under which identities are digested, by version; an office that hands none over leaves them."""
    if not answer.pepper:
        return {}
    try:
        return peppers_in(unseal(answer.pepper, keys.box, box_context(station, epoch)), answer.pepper_version)
    except (EnrolmentError, BoxError) as error:
        raise EnrolmentFault(f"the office's answer is not for this machine: {error}") from error


def _day(at: datetime) -> str:
    return at.date().isoformat()
