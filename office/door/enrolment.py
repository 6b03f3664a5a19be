"""The door of this office: its certificate, its rules, its books."""

from __future__ import annotations

import threading

from django.db import close_old_connections

from config.link import is_this_machine
from config.office import OfficeSettings
from office.door.server import Door
from office.home import Home
from office.services.enrolling import Turned, answer
from office.services.irregularities import NOBODY, Tally
from office.services.machine import machine_parts
from sync.tls import server_context

BY = "enrol"


def open_door(here: Home, settings: OfficeSettings) -> Door:
    """Serve enrolment until the door is closed."""
    parts, own = machine_parts(BY), settings.stations
    writing, tally = threading.Lock(), Tally()

    def reply(body: bytes) -> tuple[int, bytes]:
        close_old_connections()
        try:
            with writing:
                found = answer(machine_parts(BY), body)  # the office's key may be another by now
        finally:
            close_old_connections()
        return (403, found.code.encode("ascii")) if isinstance(found, Turned) else (200, found)

    def idle() -> None:
        close_old_connections()
        tally.write(parts)

    door = Door(
        ("127.0.0.1" if is_this_machine(own.host) else "0.0.0.0", own.enrol_port),  # noqa: S104 - stations are outside
        lambda: server_context(here.server_certificate, here.server_key),
        reply,
        turned_away=lambda code: tally.add(NOBODY, code),
        idle=idle,
        attempts_a_minute=settings.enrolment.attempts_a_minute,
        clock=parts.system.monotonic,
    )
    door.start()
    return door
