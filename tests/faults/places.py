"""One office and one station in a folder, both in this process; between them stands a broker of a few lines."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from config.link import Broker, LinkSettings
from config.reading import read
from domain.ids import ItemId, PlaceId, ResidentId, StaffId
from kiosk import agent as agent_module
from kiosk.agent import Agent
from kiosk.journal.database import create_database
from kiosk.journal.journal import Journal
from kiosk.station import Folder
from kiosk.stick import check_stick
from sync.address import Counts
from tests.support.system import START_MS, FakeSystem

STATION, NAME = "50019900100101", "学田湾社区党群驿站"
CHEN, LI, HE = ResidentId("chen"), ResidentId("li"), StaffId("he")
RICE, HAIRCUT, SHOES = ItemId(101), ItemId(201), ItemId(301)
PARTNER = PlaceId("P7")
HOUR_MS = 3_600_000
TURN_SECONDS = 0.3
TURNS_MAX = 600


class PlaceSystem(FakeSystem):
    """Implements ``kiosk.system.System`` and ``office.system.System``."""

    def jitter(self) -> float:
        return 0.5


@dataclass
class Place:
    """``life`` seeds what is random; every life comes an hour after the one before."""

    root: Path
    life: int
    system: PlaceSystem = field(init=False)

    def __post_init__(self) -> None:
        from django.db import connections

        self.system = PlaceSystem(seed=self.life + 1, wall_ms=START_MS + self.life * HOUR_MS)
        os.environ["YIZHAN_OFFICE_HOME"] = str(self.root / "office")
        connections.settings["default"]["NAME"] = str(self.root / "office" / "office.db")
        connections["default"].close()  # what a place before this one opened

    @property
    def folder(self) -> Folder:
        return Folder(self.root / "station")

    def office(self) -> Any:
        """The office's parts, in a process that has just started."""
        from office.grants_log import GrantsLog, make_grants_log
        from office.home import home
        from office.services.parts import Parts
        from office.services.recovering import compare

        file = self.root / "grants.log"
        make_grants_log(file)
        parts = Parts(self.system, home().signer(), home().pepper(), "tester", self.life, GrantsLog(file))
        compare(parts)
        return parts

    def push(self, version: int) -> None:
        """Publish a catalogue; the price of rice says its version."""
        from office.services.catalogue import check_catalogue, push_catalogue

        file = self.root / f"catalogue-{version}.toml"
        picture = self.root / "rice.png"
        picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(20_000) + b"%d" % version)
        file.write_text(
            f'version = {version}\n[[item]]\nid = {RICE}\nkind = "goods"\nname = "大米"\npoints = {version}\n'
            f'unit = "袋"\nvoucher_days = 30\nstocked = true\npicture = "rice.png"\n'
            f'[[item]]\nid = {HAIRCUT}\nkind = "service"\nname = "理发"\npoints = 5\nunit = "次"\nvoucher_days = 30\n'
            f'[[item]]\nid = {SHOES}\nkind = "repair"\nname = "修鞋"\npoints = 7\nunit = "双"\nvoucher_days = 30\n'
            f'place = "{PARTNER}"\nplace_name = "老王修鞋"\n',
            encoding="utf-8",
        )
        push_catalogue(self.office(), check_catalogue(file))


class InMemoryBroker:
    """Hands on at once, remembers nothing."""

    def __init__(self) -> None:
        self.lines: list[Line] = []

    def line(self, **how: Any) -> Line:
        """In place of ``sync.link.Link``."""
        made = Line(self, **how)
        self.lines.append(made)
        return made


class Line:
    """Looks like ``sync.link.Link`` to its owner."""

    def __init__(
        self,
        broker: InMemoryBroker,
        *,
        subscriptions: Sequence[str],
        take: Callable[[str, bytes], None],
        came: Callable[[], None],
        **_how: Any,
    ) -> None:
        self._broker, self._take, self._came = broker, take, came
        self._topics = set(subscriptions)
        self._inbox: list[tuple[str, bytes]] = []
        self.up = False
        self.counts = Counts()

    def run(self, _timeout: float, _watch: Sequence[Any] = ()) -> None:
        if not self.up:
            self.up = True
            self._came()
        while self._inbox:
            self._take(*self._inbox.pop(0))

    def publish(self, topic: str, payload: bytes, *, retain: bool = False) -> bool:
        for line in self._broker.lines:
            if line.up and any(_fits(wanted, topic) for wanted in line._topics):
                line._inbox.append((topic, payload))
        return self.up

    def subscribe(self, topic: str) -> None:
        self._topics.add(topic)

    def unsubscribe(self, topic: str) -> None:
        self._topics.discard(topic)

    def close(self) -> None:
        self.up = False


def _fits(wanted: str, topic: str) -> bool:
    ours, theirs = wanted.split("/"), topic.split("/")
    return len(ours) == len(theirs) and all(a in ("+", b) for a, b in zip(ours, theirs, strict=True))


class Ends:
    """``kiosk sync`` and the office's worker, connected."""

    def __init__(self, place: Place, stick: Path | None = None) -> None:
        from office.worker import loop

        self._place, broker = place, InMemoryBroker()
        agent_module.Link = broker.line  # type: ignore[attr-defined,assignment]
        loop.Link = broker.line  # type: ignore[attr-defined,assignment]
        loop.begin_boot()
        self._worker = loop.Worker(place.office(), None)  # type: ignore[arg-type]
        self._journal = Journal(place.folder.journal)
        check_stick(self._journal, stick)
        settings = read(place.folder.link, LinkSettings)
        self._agent = Agent(self._journal, place.folder, settings, place.system, name=NAME, stick=stick)

    def turn(self, times: int = 1) -> None:
        for _ in range(times):
            self._agent.turn(0.0)
            self._worker.turn(0.0)
            self._place.system.advance(TURN_SECONDS)

    def until_in_step(self) -> None:
        """Raises ``AssertionError``."""
        self.until(lambda _journal: True)

    def until(self, done: Callable[[Journal], bool]) -> None:
        """In step, and something more. Raises ``AssertionError``."""
        for _ in range(TURNS_MAX):
            self.turn()
            if self._in_step() and done(self._journal):
                return
        raise AssertionError(f"never in step: {self._agent.bad} {self._worker.bad}")

    def close(self) -> None:
        self._agent.close()
        self._worker.close()
        self._journal.close()

    def _in_step(self) -> bool:
        from office.books.models import Holding, Station

        row = Station.objects.get(pk=STATION)
        waiting = Holding.objects.filter(station=row, state="waiting").exists()
        same = row.up_last == self._journal.chain.head().number and row.down_acked == row.down_last
        held = self._journal.office.holds() == row.up_last
        return same and held and not waiting and not self._agent._taker.fetcher.wanted


def begin(root: Path) -> None:
    """Put a copy of the first day into ``root``: it is made once, beside the scenarios."""
    made = root.parents[1] / "first-day"
    if not made.exists():
        _make(made)
    copy(made, root)


def copy(folder: Path, to: Path) -> None:
    """Copy a folder; sockets stay behind."""
    shutil.copytree(folder, to, dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.sock"))


def _make(root: Path) -> None:
    from office.books.models import Resident, Staff
    from office.cli.initialise import initialise
    from office.services.enrol import enrol
    from office.services.grants import give_points, grant_budget, grant_stock
    from office.services.people import tell_stations
    from tests.faults.desk import AtDesk

    place = Place(root, 0)
    initialise("admin", 1883, 8000)
    parts = place.office()
    enrol(parts, STATION, NAME, Broker(host="127.0.0.1", port=1883, mqtt="5"), root / "station")
    for resident in (CHEN, LI):
        tell_stations(parts, Resident.objects.create(id=resident, name="陈桂芳", home_id=STATION))
        give_points(parts, resident, 500, "第一天")
    tell_stations(parts, Staff.objects.create(id=HE, name="何静", role="站长"))
    grant_stock(parts, STATION, RICE, 50, "第一天")
    grant_budget(parts, STATION, 500, "第一天")
    place.push(1)
    create_database(place.folder.journal, STATION, epoch=1)
    AtDesk(place).close()
    ends = Ends(place)
    ends.until_in_step()
    ends.close()
