"""Visits from card to paper: the touch on "confirm" until the last byte at the printer; bytes of a voucher; memory.

The kiosk runs in a process of its own; the other end of the printer's wire only looks at its watch.
"""

from __future__ import annotations

from pathlib import Path

import psutil

from benchmarks.results import Results
from benchmarks.stopwatch import Stopwatch
from tests.support.station import KioskProcess, Station

NAMES = ("张秀英", "欧阳淑珍", "郑淑华", "陈桂芳")


def measure(results: Results, root: Path, count: int) -> None:
    """Play ``count`` visits, one resident after the other, always the cheapest thing."""
    printer = Stopwatch()
    station = Station(root, printer=printer)
    milliseconds: list[float] = []
    bytes_each: list[float] = []
    item, kind = _cheapest(station)
    with station.kiosk(frames=30) as kiosk:
        kiosk.ready()
        for visit in range(count):
            pressed_at = _visit(station, kiosk, NAMES[visit % len(NAMES)], kind, item)
            size, arrived_at = printer.wait_job(visit + 1, 10)
            milliseconds.append((arrived_at - pressed_at) * 1000)
            bytes_each.append(size)
            kiosk.arrive("AtDone")
            kiosk.press("Finish", "Idle")
        memory = psutil.Process(kiosk.pid).memory_info().rss / 1e6
    station.close()
    results.spread("redeem.to_printer_ms", milliseconds, "ms")
    results.spread("voucher.bytes", bytes_each, "bytes")
    results.value("kiosk.rss_after_visits_mb", memory, "MB")


def _visit(station: Station, kiosk: KioskProcess, name: str, kind: str, item: int) -> float:
    station.scanner.scan(station.card(name).code)
    kiosk.arrive("AtHome")
    kiosk.press(f"ChooseClass {kind}", "AtItems")
    page_of_item = item % 100 > 6
    if page_of_item:
        kiosk.do("press TurnPage 1")
    kiosk.press(f"ChooseItem {item}", "AtItem")
    kiosk.press("Redeem", "AtConfirm")
    return kiosk.do("press Confirm")


def _cheapest(station: Station) -> tuple[int, str]:
    from kiosk.station import ShelfCatalogue

    catalogue = ShelfCatalogue(station.folder.shelf)()
    assert catalogue is not None
    items = [item for item in catalogue.items if not item.stocked and item.available]
    best = min(items, key=lambda item: (item.points, item.id))
    return best.id, best.kind.value
