"""How every station stands: for the list of stations, on the command line and on the pages."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field

from django.db.models import Count, F, Q, Sum
from django.utils import timezone

from office.books.models import (
    Alarm,
    Certificate,
    Correction,
    Counter,
    ErasureStation,
    Holding,
    Office,
    Station,
    UpEntry,
    Voucher,
)
from office.books.models.stations import TAKES
from office.services.certificates import SOON
from office.services.documents import CATALOGUE
from office.services.irregularities import counted
from office.services.releasing import exposures

WAITS = ("closing", "fenced")  # lives that somebody must end: by hearing of them, by importing or by releasing
HONEST = ("frame.repeated", "frame.gap", "link.fault")  # what a bad line makes of honest frames


@dataclass(frozen=True, slots=True)
class Standing:
    """One station.

    ``exposure``: points that it could still spend; ``spent``: points spent there in all its lives, without refunds;
    ``on_its_way``: entries that it has not acknowledged; ``backlog``: its own that it said it had not sent yet;
    ``life``: state of its present life, ``closing`` since its tail was asked for, until it has ended or goes on;
    ``owed``: points to be taken back from residents at home there; ``erasures``: whom it has not forgotten yet;
    ``frozen``: the part of ``exposure`` that lies in lives that ended; ``unheard``: after a restore it is waited for.
    ``certificate``: until when it is good, or why there is none; ``irregular``: what came in its name and should not
    have, by code.
    """

    station: str
    name: str
    epoch: int
    connected: bool
    heard: str
    received: int
    on_its_way: int
    backlog: int
    catalogue: str
    exposure: int
    spent: int
    vouchers: int
    parked: int
    alarms: tuple[str, ...]
    certificate: str = ""
    life: str = "open"
    irregular: dict[str, int] = field(default_factory=dict)
    owed: int = 0
    erasures: int = 0
    frozen: int = 0
    unheard: bool = False

    @property
    def catalogue_words(self) -> str:
        """Which catalogue it has, in Chinese, for the pages."""
        words = {"taken": "已启用", "waiting": "等待", "refused": "拒收"}
        version, _, state = self.catalogue.partition(" ")
        word, colon, reason = state.partition(": ")
        return f"第 {version} 版 {words.get(word, word)}{colon}{reason}" if state else "—"

    @property
    def wrong(self) -> str:
        """What needs a person, in one line."""
        parked = (f"{self.parked} parked",) if self.parked else ()
        odd = (f"{self.odd} irregular",) if self.odd else ()
        ending = ("certificate ends",) if self.certificate.endswith("renewed") else ()
        ending_life = (self.life,) if self.life in WAITS else ()
        unheard = ("not heard since the restore",) if self.unheard else ()
        counts = ((self.owed, "points owed"), (self.erasures, "erasures wait"), (self.frozen, "points frozen"))
        open_ = (f"{number} {what}" for number, what in counts if number)
        return ", ".join((*unheard, *self.alarms, *ending_life, *parked, *odd, *ending, *open_))

    @property
    def odd(self) -> int:
        """How often something came in its name that an honest station never sends."""
        return sum(number for code, number in self.irregular.items() if code not in HONEST)

    def plain(self) -> dict[str, object]:
        """As plain values."""
        return dataclasses.asdict(self)


def overview() -> list[Standing]:
    """Return every station's standing, in the order of their ids. A handful of queries, however many there are."""
    exposure = dict(
        Counter.objects.filter(thing__startswith="points/")
        .values_list("station")
        .annotate(left=Sum(F("granted") + F("earned") - F("spent") + F("refunded") - F("returned")))
    )
    spent = dict(
        Counter.objects.filter(thing__startswith="points/")
        .values_list("station")
        .annotate(gone=Sum(F("spent") - F("refunded")))
    )
    vouchers = dict(Voucher.objects.values_list("station").annotate(count=Count("id")))
    parked = dict(UpEntry.objects.filter(~Q(parked="")).values_list("station").annotate(count=Count("id")))
    alarms: dict[str, list[str]] = {}
    for station, code in Alarm.objects.filter(cleared_at=None).order_by("code").values_list("station_id", "code"):
        alarms.setdefault(station, []).append(code)
    certificates, owed, erasures, frozen = _certificates(), _owed(), _erasures(), _frozen()
    irregular = counted()
    held = {row.station_id: row for row in Holding.objects.filter(name=CATALOGUE)}
    return [
        Standing(
            station=row.pk,
            name=row.name,
            epoch=row.epoch,
            connected=row.connected,
            heard=_when(row),
            received=row.up_last,
            on_its_way=row.waiting,
            backlog=int(row.state.get("waiting", 0)),
            catalogue=_held(held.get(row.pk)),
            exposure=exposure.get(row.pk, 0),
            spent=spent.get(row.pk, 0),
            vouchers=vouchers.get(row.pk, 0),
            parked=parked.get(row.pk, 0),
            alarms=tuple(alarms.get(row.pk, ())),
            certificate=certificates.get((row.pk, row.line), "" if row.frame_key else "waits for its request"),
            life=row.life,
            irregular=irregular.get(row.pk, {}),
            owed=owed.get(row.pk, 0),
            erasures=erasures.get(row.pk, 0),
            frozen=frozen.get(row.pk, 0),
            unheard=row.unmerged > 0,
        )
        for row in Station.objects.all()
    ]


@dataclass(frozen=True, slots=True)
class Recovery:
    """The books were restored from a backup, and are being made whole. ``waits``: stations that were not heard yet."""

    since: str
    why: str
    by: str
    waits: tuple[str, ...]


def recovery() -> Recovery | None:
    """Return how the recovery stands; ``None`` if there is none."""
    row = Office.objects.exclude(recovering_at=None).first()
    waits = tuple(Station.objects.exclude(unmerged=0).order_by("pk").values_list("pk", flat=True))
    if row is None or row.recovering_at is None:
        return Recovery("", "log.went_back", "", waits) if waits else None
    since = timezone.localtime(row.recovering_at).strftime("%Y-%m-%d %H:%M")
    return Recovery(since, row.recovering_why, row.recovering_by, waits)


def _owed() -> dict[str, int]:
    rest = F("points") - F("burnt") - F("absorbed")
    rows = Correction.objects.exclude(resident__home=None).values_list("resident__home").annotate(rest=Sum(rest))
    return {home: owed for home, owed in rows.order_by() if owed}


def _erasures() -> dict[str, int]:
    rows = ErasureStation.objects.filter(done_at=None).values_list("station").annotate(count=Count("id"))
    return dict(rows.order_by())


def _frozen() -> dict[str, int]:
    """Points in lives that ended without handing them back; what such a life may have spent is not known."""
    found: dict[str, int] = {}
    for one in exposures():
        if one.state not in TAKES:
            found[one.station] = found.get(one.station, 0) + one.points
    return found


def _certificates() -> dict[tuple[str, int], str]:
    """How the newest certificate of each life stands."""
    rows = Certificate.objects.order_by("pk").values_list("station_id", "epoch", "expires_at", "revoked_at")
    soon = timezone.now() + SOON
    return {
        (station, epoch): "taken back"
        if revoked is not None
        else f"until {timezone.localtime(until).date()}{', to be renewed' if until < soon else ''}"
        for station, epoch, until, revoked in rows
    }


def _when(row: Station) -> str:
    if row.heard_at is None:
        return "never"
    return "now" if row.connected else timezone.localtime(row.heard_at).strftime("%Y-%m-%d %H:%M")


def _held(row: Holding | None) -> str:
    return "-" if row is None else f"{row.version} {row.state}{': ' + row.reason if row.reason else ''}"
