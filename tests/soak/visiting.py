"""Has visits played in a kiosk process, gives it what it scans, and reads from its samples what grows."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.stopwatch import Stopwatch
from domain.calendar import day_of
from domain.card import NUMBER_SIZE, Card, CardKind
from domain.facts import Granted, ResidentListed
from domain.identity_digest import identity_digest
from domain.ids import ResidentId
from domain.recognise import SOURCE
from domain.rights import points_of
from kiosk.demo.cards import signed_code
from kiosk.journal.verify import verify
from tests.soak.visits import NAMES
from tests.support.seed import OFFICE_KEY, receive
from tests.support.station import ROOT, Station

RICH = 10**9


@dataclass(frozen=True, slots=True)
class Sample:
    """What the kiosk's process held after so many visits; ``rss_mb`` once it has given back what it can."""

    visits: int
    seconds: float
    busy_mb: float
    rss_mb: float
    files: int
    threads: int
    objects: int


@dataclass(frozen=True, slots=True)
class Played:
    """Samples in their order, and how many vouchers the screen and the journal speak of."""

    samples: tuple[Sample, ...]
    vouchers_seen: int
    vouchers_written: int

    @property
    def visits_an_hour(self) -> float:
        last = self.samples[-1]
        return 3600 * last.visits / last.seconds

    def slope(self, what: str, after: int) -> float:
        """Growth of a figure per 1,000 visits once ``after`` of them are over (least squares)."""
        late = [sample for sample in self.samples if sample.visits >= after]
        return 1000 * slope([sample.visits for sample in late], [float(getattr(sample, what)) for sample in late])


def play(root: Path, count: int, every: int, *, small: bool = False) -> Played:
    """Play ``count`` visits with a sample each ``every``. Raises ``AssertionError`` when the kiosk ends before.

    ``small``: a panel of a quarter of the pixels, as most of the time goes into drawing in software.
    """
    printer = Stopwatch()
    station = Station(root, printer=printer)
    if small:
        settings = root / "station.toml"
        fewer = settings.read_text().replace("width_px = 1280\nheight_px = 800", "width_px = 640\nheight_px = 480")
        settings.write_text(fewer)
    try:
        codes = _rich(station)
        command = [sys.executable, "-m", "tests.soak.visits", str(root), str(count), str(every)]
        with (root / "kiosk.log").open("wb") as log:
            child = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=log, text=True)
            samples, seen = _serve(child, station, codes)
        if child.wait() != 0:
            raise AssertionError((root / "kiosk.log").read_text()[-3000:])
        journal = station.journal()
        report = verify(journal)
        journal.close()
        assert report.sound, report.faults
        return Played(tuple(samples), seen, report.vouchers)
    finally:
        station.close()


def slope(across: Sequence[float], up: Sequence[float]) -> float:
    """The slope of the straight line that lies closest to these points (least squares)."""
    middle_x, middle_y = sum(across) / len(across), sum(up) / len(up)
    over = sum((x - middle_x) * (y - middle_y) for x, y in zip(across, up, strict=True))
    return over / sum((x - middle_x) ** 2 for x in across)


def _serve(child: subprocess.Popen[str], station: Station, codes: dict[str, str]) -> tuple[list[Sample], int]:
    samples: list[Sample] = []
    seen = 0
    assert child.stdout is not None
    for line in child.stdout:
        word, _, rest = line.strip().partition(" ")
        match word:
            case "scan":
                station.scanner.scan(codes.get(rest, f"http://example.org/{rest}"))
            case "sample":
                samples.append(Sample(**json.loads(rest)))
                print(rest, flush=True)
            case "end":
                seen = int(rest)
            case _:
                pass
    child.stdout.close()
    return samples, seen


def _rich(station: Station) -> dict[str, str]:
    """List people whose points never end; return their cards' codes by name."""
    codes, facts = dict[str, str](), list[ResidentListed | Granted]()
    for name in NAMES:
        number, who = station.system.random_bytes(NUMBER_SIZE), ResidentId(station.system.random_bytes(8).hex())
        card = Card(CardKind.RESIDENT, "500199", number, day_of(station.system.now_ms()), OFFICE_KEY)
        codes[name] = signed_code(card, station.seeded.office)
        digest = identity_digest(station.seeded.pepper, SOURCE, number)
        facts += [
            ResidentListed(resident=who, name=name, cards=(digest,), notice=1),
            Granted(right=points_of(who), total=RICH),
        ]
    receive(station.folder, facts, station.system)
    return codes
