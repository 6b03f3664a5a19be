"""``office web`` and ``office serve``."""

from __future__ import annotations

import logging
import signal
import socket
import subprocess
import sys
from threading import Event

from config.office import OfficeSettings
from config.reading import read
from office.cli.output import say
from office.home import home
from office.setup import setup
from office.translations import compile_into

logger = logging.getLogger(__name__)
PORTS_TRIED = 20
LOOK_SECONDS = 0.5
AGAIN_SECONDS, AGAIN_MAX = 1.0, 30.0
GRACE_SECONDS = 10.0


def run_web(port: int) -> None:
    """Serve the pages until SIGINT or SIGTERM."""
    here = home()
    here.require()
    compile_into(here.locale)
    setup()
    from waitress.server import create_server

    from office.door.enrolment import open_door
    from office.wsgi import application

    settings = read(here.settings, OfficeSettings)
    written = settings.web
    plug = _listen(written.host, port or written.port)
    say(f"[bold]office[/]  http://{written.host}:{plug.getsockname()[1]}/")
    server = create_server(application, sockets=[plug], threads=4, ident="yizhan", clear_untrusted_proxy_headers=True)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: server.close())
    door = open_door(here, settings)
    try:
        server.run()
    finally:
        door.close()


def run_both() -> None:
    """Run ``office web`` and ``office worker`` until SIGINT or SIGTERM; start again what dies."""
    home().require()
    ending = Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ending.set())
    children = [_Child("web"), _Child("worker")]
    while not ending.wait(LOOK_SECONDS):
        for child in children:
            child.look()
    for child in children:
        child.end()


class _Child:
    """One of the two; after a death it waits a little longer each time."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._process = self._start()
        self._wait = AGAIN_SECONDS
        self._left = 0.0

    def look(self) -> None:
        if self._process.poll() is None:
            return
        if self._left <= 0:
            logger.error("office.died: %s ended with %s; it is started again", self._name, self._process.returncode)
            self._left, self._wait = self._wait, min(self._wait * 2, AGAIN_MAX)
        self._left -= LOOK_SECONDS
        if self._left <= 0:
            self._process = self._start()

    def end(self) -> None:
        self._process.terminate()
        try:
            self._process.wait(GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()

    def _start(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen([sys.executable, "-m", "office", self._name])


def _listen(host: str, port: int) -> socket.socket:
    for candidate in range(port, port + PORTS_TRIED):
        plug = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
        plug.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            plug.bind((host, candidate))
            plug.listen(64)
        except OSError:
            plug.close()
            continue
        return plug
    raise OSError(f"no free port from {port} to {port + PORTS_TRIED - 1} on {host}")
