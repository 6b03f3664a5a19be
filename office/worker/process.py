"""``office worker``: the loop until somebody ends it."""

from __future__ import annotations

import signal
from threading import Event

from config.office import OfficeSettings
from config.reading import read
from office.home import home
from office.services.machine import machine_parts
from office.worker.loop import Worker, begin_boot
from sync.address import Address


def run() -> None:
    """Work until SIGINT or SIGTERM."""
    home().require()
    ending = Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ending.set())
    settings = read(home().settings, OfficeSettings)
    begin_boot()
    parts = machine_parts("worker")
    # A name of its own for every start: two workers may run side by side, a broker cuts a name that comes twice.
    name = f"office-{parts.system.random_bytes(6).hex()}"
    worker = Worker(parts, Address(settings.broker.host, settings.broker.port, name, settings.broker.mqtt))
    try:
        while not ending.is_set():
            worker.turn()
    finally:
        worker.close()
