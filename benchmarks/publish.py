"""From "publish" in the browser until the station's screen reads the new catalogue: real HTTP, worker, broker, station.

Timed from sending the form until the shelf that the kiosk reads at the beginning of a visit holds the new version.
"""

from __future__ import annotations

import time
from pathlib import Path

from benchmarks.results import Results
from kiosk.desk.opening import open_desk
from kiosk.station import ShelfCatalogue, open_parts
from kiosk.system import Machine
from tests.support.browser import Browser
from tests.support.enrolled import EnrolledStation
from tests.support.station import STATION

PATIENCE_SECONDS = 30.0


def measure(results: Results, root: Path, count: int) -> None:
    """Change a price and publish it ``count`` times."""
    station = EnrolledStation(root)
    town, folder = station.town, station.folder
    try:
        parts = open_parts(folder, STATION, "bench", Machine(trust_clock=True), demo=False)
        open_desk(parts, "bench")
        parts.journal.close()
        town.start(web=True)
        browser = Browser(town.address)
        browser.send("admin/login/", {"username": "admin", "password": town.password, "next": "/admin/"})
        shelf = ShelfCatalogue(folder.shelf)
        _until(shelf, 1)
        results.spread("publish.browser_to_kiosk_s", [_publish(browser, shelf, n) for n in range(count)], "s")
    finally:
        station.close()


def _publish(browser: Browser, shelf: ShelfCatalogue, number: int) -> float:
    browser.send("admin/books/item/", {"form-0-points": str(100 + number), "_save": "1"})
    page = "admin/books/item/publish/"
    browser.get(page)  # as a person has it before the eyes
    began = time.monotonic()
    browser.send(page, {})
    _until(shelf, number + 2)
    return time.monotonic() - began


def _until(shelf: ShelfCatalogue, version: int) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while (catalogue := shelf()) is None or catalogue.version < version:
        if time.monotonic() > end:
            raise TimeoutError(f"version {version} did not come")
        time.sleep(0.002)
