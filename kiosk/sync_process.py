"""``kiosk sync``: the agent until somebody ends it."""

from __future__ import annotations

import logging
import os
import signal
from pathlib import Path
from threading import Event

from config.link import LinkSettings
from config.reading import read
from config.station import StationSettings
from kiosk.agent import Agent
from kiosk.faults import YizhanError
from kiosk.journal.journal import Journal
from kiosk.lock import only_one
from kiosk.notify import notify
from kiosk.station import Folder, stick_folder
from kiosk.stick import check_stick
from kiosk.system import System

logger = logging.getLogger(__name__)
AGAIN_SECONDS = 2.0


def run(config: Path, system: System) -> int:
    """Work until SIGINT or SIGTERM; a full disk is waited out. Raises ``YizhanError`` or ``SettingsError``."""
    ending = Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ending.set())
    settings = read(config / "station.toml", StationSettings)
    folder = Folder(settings.storage.folder)
    link = read(folder.link, LinkSettings)
    with only_one(folder.root, "sync"):
        journal = Journal(folder.journal)
        journal.check_recent()
        check_stick(journal, stick_folder(settings))
        agent = Agent(journal, folder, link, system, name=settings.station.name, stick=stick_folder(settings))
        address = os.environ.get("NOTIFY_SOCKET")
        notify(address, "READY=1")
        while not ending.is_set():
            _turn(agent, ending)
            notify(address, "WATCHDOG=1")
        notify(address, "STOPPING=1")
        agent.close()
        journal.close()
    return 0


def _turn(agent: Agent, ending: Event) -> None:
    try:
        agent.turn()
    except YizhanError as fault:
        if not fault.retry:
            raise
        logger.error("%s: %s", fault.code, fault)  # noqa: TRY400 - the sentence says all
        ending.wait(AGAIN_SECONDS)
    except OSError as error:  # a full disk under a document or a picture
        logger.error("shelf.unwritable: %s; it is tried again", error)  # noqa: TRY400 - the sentence says all
        ending.wait(AGAIN_SECONDS)
