"""The versions of the pepper: the next one is made, handed to every station, and used then.

A station gets all versions, sealed, with its enrolment and with every renewal of its certificate. New cards are
digested under the version in use; cards of older ones stay known, and pass over when a station reads them.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.db.models import F, Max

from domain.identity_digest import PEPPER_SIZE, version_of
from office.books.models import Card, Certificate, Station
from office.books.models.stations import TAKES
from office.durable import replace
from office.faults import NoPepper
from office.home import home
from office.services.parts import Parts
from office.services.rekeying import rekey_waiting, waiting
from sync.fault_points import point
from sync.identity import write_secret

VERSIONS_MAX = 99  # all of them go into one answer to a station


@dataclass(frozen=True, slots=True)
class Standing:
    """``cards``: how many there are of each version. ``waiting``: cards that ``use_next`` has still to list anew."""

    in_use: int
    newest: int
    lacking: tuple[str, ...]
    cards: dict[int, int]
    waiting: int


def standing() -> Standing:
    """Return how it stands with the versions. Raises ``OfficeError`` or ``KeyFileError``."""
    version = newest()
    count = Counter(version_of(digest) for digest in Card.objects.values_list("pk", flat=True).iterator())
    cards = dict(sorted(count.items()))
    return Standing(home().pepper_version(), version, tuple(lacking(version)), cards, len(waiting()))


def newest() -> int:
    """Return the newest version that was made. Raises ``NoPepper`` where a newer one was handed out and is gone."""
    made = home().peppers()[-1].version
    handed = Certificate.objects.aggregate(newest=Max("pepper"))["newest"] or made
    if handed > made:
        raise NoPepper(
            f"version {handed} was handed to stations and {home().pepper_of(handed)} is not there: bring it back from "
            "a copy of secrets/; a new one of that number would be another one"
        )
    return made


def make_next(parts: Parts) -> int:
    """Make the next version, unless one waits to be used; return its number. May be repeated."""
    here, version = home(), newest()
    if version > here.pepper_version():
        return version
    rekey_waiting(parts)  # what a command that broke off left: a card waits for one version at a time
    if version == VERSIONS_MAX:
        raise NoPepper(f"there is no version after {VERSIONS_MAX}")
    write_secret(here.pepper_of(version + 1), parts.system.random_bytes(PEPPER_SIZE))
    point("pepper.made")
    return version + 1


def lacking(version: int) -> list[str]:
    """Return the stations that may speak and were not handed this version yet."""
    mine = Certificate.objects.filter(epoch=F("station__line"), revoked_at=None, station__life__in=TAKES)
    has = mine.order_by().values("station").annotate(has=Max("pepper"))
    return sorted(has.filter(has__lt=version).values_list("station", flat=True))


def lacks_newest(station: Station) -> bool:
    """Whether there is a version that this station was not handed yet."""
    return station.pk in lacking(home().peppers()[-1].version)


def use_next(parts: Parts, *, anyway: bool = False) -> int:
    """Digest new cards under the newest version; return its number. May be repeated. Raises ``NoPepper``."""
    here, version = home(), newest()
    if version == here.pepper_version() and not waiting():
        raise NoPepper("there is no next version yet: office pepper next")
    missing = lacking(version)
    if version > here.pepper_version():
        if missing and not anyway:
            raise NoPepper(
                f"{len(missing)} stations have no version {version} yet ({', '.join(missing)}): they would know no "
                "card that is made or read from now on. At each of them: kiosk renew; or use --anyway"
            )
        replace(here.pepper_in_use, str(version).encode("ascii"))
        point("pepper.used")
    rekey_waiting(parts)
    return version
