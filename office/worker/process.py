"""``office worker``: the loop until somebody ends it."""

from __future__ import annotations

import contextlib
import logging
import signal
from threading import Event

from django.db import OperationalError

from config.office import OfficeSettings
from config.reading import read
from office.faults import GrantsLogFault
from office.home import home
from office.rendering import OFFICE_USER
from office.services.broker import publish
from office.services.machine import machine_parts
from office.worker.loop import Worker, begin_boot
from sync.address import Address
from sync.tls import Credentials

logger = logging.getLogger(__name__)

PUBLISH_SECONDS = 15.0
AGAIN_SECONDS = 2.0


def run() -> None:
    """Work until SIGINT or SIGTERM."""
    home().require()
    ending = Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ending.set())
    settings = read(home().settings, OfficeSettings)
    begin_boot()
    while not ending.is_set():
        _work(settings, ending)


def _work(settings: OfficeSettings, ending: Event) -> None:
    """Work until the end, or until the office signs with another key."""
    parts = machine_parts("worker")
    # A name of its own for every start: two workers may run side by side, a broker cuts a name that comes twice.
    name = f"office-{parts.system.random_bytes(6).hex()}"
    worker = Worker(parts, _address(settings, name), limits=settings.limits)
    publish_at = 0.0
    try:
        while not ending.is_set() and home().key_id() == parts.signer.key_id:
            try:
                if parts.system.monotonic() >= publish_at:
                    publish(parts)  # what a killed process left between the books and the broker's files
                    publish_at = parts.system.monotonic() + PUBLISH_SECONDS
                worker.turn()
            except (OperationalError, OSError, GrantsLogFault) as error:  # a full disk, a database or second disk away
                logger.error("office.unwritable: %s; it is tried again", error)  # noqa: TRY400 - the sentence says all
                ending.wait(AGAIN_SECONDS)
    finally:
        with contextlib.suppress(OperationalError):
            worker.close()


def _address(settings: OfficeSettings, name: str) -> Address:
    broker, here = settings.broker, home()
    password = here.broker_password.read_text(encoding="ascii") if here.broker_password.is_file() else ""
    tls = Credentials(here.authority) if broker.tls else None
    return Address(broker.host, broker.port, name, broker.mqtt, OFFICE_USER if password else "", password, tls=tls)
