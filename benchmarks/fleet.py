"""A catalogue of 500 items to 78 stations at once: real journals, shelves and links over TLS, a real broker and worker.

From the moment the office publishes until the last station has said, and the books have noted, that it is in force.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from benchmarks.office import found
from benchmarks.results import Results
from config.link import Broker, Enrolment, LinkSettings
from kiosk.agent import Agent
from kiosk.demo.processes import Process, answers, free_port, mosquitto, python
from kiosk.desk.opening import open_desk
from kiosk.journal.database import create_database
from kiosk.station import Folder, open_parts
from kiosk.system import Machine

ITEMS, PICTURES, PICTURE_BYTES = 500, 24, 40_000
PATIENCE_SECONDS = 120.0


def measure(results: Results, root: Path, stations: int) -> None:
    """Publish to ``stations`` stations: the document, then a version with pictures."""
    port = free_port()
    found(root / "office", free_port(), port)
    machine = Machine(trust_clock=True)
    broker = Process(
        "broker",
        [mosquitto(), "-c", str(root / "office" / "mosquitto.conf")],
        root / "broker.log",
        machine,
        ready=lambda: answers(port),
    )
    worker = Process("worker", python("office", "worker"), root / "worker.log", machine)
    agents = [_station(root, number, port, machine) for number in range(1, stations + 1)]
    try:
        broker.start()
        worker.start()
        _turn_until(agents, lambda: _connected() == stations)
        seconds = _publish(agents, stations, pictures=False)
        results.value(f"fleet.catalogue_{ITEMS}_to_{stations}_s", seconds, "s")
        began = time.monotonic()
        _publish(agents, stations, pictures=True)
        folders = [root / f"s{number}" / "pictures" for number in range(1, stations + 1)]
        _turn_until(agents, lambda: all(len(list(folder.iterdir())) == PICTURES for folder in folders))
        results.value(f"fleet.pictures_{PICTURES}_of_{PICTURE_BYTES // 1000}_kb_s", time.monotonic() - began, "s")
    finally:
        worker.stop()
        broker.stop()


def _station(root: Path, number: int, port: int, machine: Machine) -> Agent:
    from office.services.enrol import enrol
    from office.services.machine import machine_parts

    name, folder = f"500199001{number:03d}01", Folder(root / f"s{number}")
    broker = Broker(host="127.0.0.1", port=port, mqtt="5", tls=True)
    enrol(machine_parts("bench"), name, f"站{number}", broker, folder.root)
    create_database(folder.journal, name, 1)
    parts = open_parts(folder, name, f"站{number}", machine, demo=False)
    open_desk(parts, "bench")
    link = LinkSettings(enrolment=Enrolment(station=name, epoch=1, down_epoch=1), broker=broker)
    return Agent(parts.journal, folder, link, machine)


def _turn_until(agents: list[Agent], condition: object) -> None:
    assert callable(condition)
    end = time.monotonic() + PATIENCE_SECONDS
    looked = 0.0
    while time.monotonic() < end:
        for agent in agents:
            agent.turn(0.0)
        if time.monotonic() - looked > 0.1:
            looked = time.monotonic()
            if condition():
                return
    raise TimeoutError("the fleet did not get there")


def _connected() -> int:
    from office.books.models import Station

    return Station.objects.filter(up_last__gte=1).count()


def _publish(agents: list[Agent], stations: int, *, pictures: bool) -> float:
    from office.books.models import Blob, Holding, Item
    from office.services.catalogue import publish_items
    from office.services.machine import machine_parts
    from sync.blob_messages import sha256_of

    blobs = [number.to_bytes(4, "big") * (PICTURE_BYTES // 4) for number in range(PICTURES)] if pictures else []
    for blob in blobs:
        Blob.objects.get_or_create(pk=sha256_of(blob), defaults={"data": blob})
    if not Item.objects.exists():
        Item.objects.bulk_create(_items())
    for number, blob in enumerate(blobs, start=1):
        Item.objects.filter(pk=number).update(picture=f"{sha256_of(blob)}.png")
    began = time.monotonic()
    document = publish_items(machine_parts("bench"))
    assert document is not None
    taken = Holding.objects.filter(version=document.version, state="taken")
    _turn_until(agents, lambda: taken.count() == stations)
    return time.monotonic() - began


def _items() -> list[Any]:
    from office.books.models import Item

    return [
        Item(
            id=number,
            kind=("goods", "service", "repair")[number % 3],
            name=f"第 {number} 样东西",
            description="一句话说清楚是什么、在哪里领、什么时候来",
            points=number % 300 + 1,
            unit="份",
            position=number,
        )
        for number in range(1, ITEMS + 1)
    ]
