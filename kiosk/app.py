"""The screen's process, put together: window, host, assembly. The composition root of ``kiosk run``."""

from __future__ import annotations

import contextlib
import logging
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from domain.recognise import id_card_digests
from kiosk.actions import Action
from kiosk.assembly import Assembly
from kiosk.faults import YizhanError
from kiosk.flow.events import ScreenFailed
from kiosk.flow.states import Idle, OutOfOrder, Session
from kiosk.lock import only_one
from kiosk.memory import be_frugal, give_back, settle_down
from kiosk.notify import notify
from kiosk.presenter.scene import Instant
from kiosk.presenter.view import present
from kiosk.start import Start
from kiosk.station import StationFault
from kiosk.theme import Theme

if TYPE_CHECKING:
    from kiosk.screens.host import Host

logger = logging.getLogger(__name__)
TICK_SECONDS = 0.25
WATCHDOG_SECONDS = 5.0
TRIM_SECONDS = 2.0
SWITCH_SECONDS = 0.0005  # the devices' threads do little and often; Python's 5 ms would keep them waiting


def run(start: Start) -> int:
    """Run the kiosk until its window is closed or the process is ended. Returns the exit code."""
    with kiosk(start) as running:
        from kiosk.screens.loop import run as turn_frames

        address = os.environ.get("NOTIFY_SOCKET")
        _keep_telling(address, running)
        turn_frames()
        notify(address, "STOPPING=1")
    return 0


@dataclass(frozen=True, slots=True)
class Running:
    """A kiosk whose window is open. ``assembly`` is ``None`` when the station could not be opened."""

    host: Host
    assembly: Assembly | None


@contextlib.contextmanager
def kiosk(start: Start) -> Iterator[Running]:
    """Open window and station; close both. Frames are turned by whoever uses it. Raises ``YizhanError``."""
    sys.setswitchinterval(SWITCH_SECONDS)
    be_frugal()
    presses = Presses()
    with only_one(start.folder.root):
        host = _open_window(start, presses)
        assembly = _opened(start, host)
        if assembly is not None:
            presses.connect(assembly.conductor.press)
            _guard(assembly)
        settle_down()
        try:
            yield Running(host, assembly)
        finally:
            if assembly is not None:
                assembly.stop()


def _opened(start: Start, host: Host) -> Assembly | None:
    """The station behind the screen; ``None`` if it cannot be opened, and then the screen says so."""
    try:
        return _assemble(start, host)
    except YizhanError as fault:
        logger.error("%s: %s", fault.code, fault)  # noqa: TRY400 - the sentence says all
        _keep_out_of_order(start, host, fault.code)
    except Exception:
        # A fault of the program must not leave a dark screen: a station that is out of order says so.
        logger.exception("station.fault: the station could not be opened")
        _keep_out_of_order(start, host, YizhanError.code)
    return None


class Presses:
    """Where the host hands actions to before anybody can take them."""

    def __init__(self) -> None:
        self._take: Callable[[Action], None] | None = None

    def connect(self, take: Callable[[Action], None]) -> None:
        """From now on ``take`` gets every action."""
        self._take = take

    def __call__(self, action: Action) -> None:
        """Hand an action over; one that nobody takes yet does nothing."""
        if self._take is not None:
            self._take(action)


def _open_window(start: Start, presses: Presses) -> Host:
    from kiosk.screens.environment import prepare

    settings = start.settings.station
    panel = start.settings.panel()
    _check_faces(settings.typeface.regular, settings.typeface.bold)
    prepare(
        start.folder.root / "kivy",
        panel,
        fullscreen=settings.panel.fullscreen,
        touch=start.touch or settings.panel.touch,
        regular=settings.typeface.regular,
        bold=settings.typeface.bold,
        frames_per_second=start.frames_per_second,
        beside_px=start.beside_px,
    )
    from kiosk.screens.host import Host
    from kiosk.screens.loop import open_window

    host = Host(Theme(panel), presses, start.system.monotonic)
    open_window(start.around(host) if start.around else host)
    host.build_all()
    return host


def _check_faces(*faces: Path) -> None:
    for face in faces:
        if not face.is_file():
            raise StationFault(f"{face}: the typeface is missing; the set-up splits it out of Debian's fonts-noto-cjk")


def _assemble(start: Start, host: Host) -> Assembly:
    from kiosk.screens.ui_thread import every, post_to_ui

    parts = start.parts()
    assembly = Assembly(
        parts=parts,
        printer=start.printer(),
        scanner=start.scanner(),
        card_reader=start.card_reader(lambda number: id_card_digests((parts.pepper, *parts.older), number)),
        speech=start.speech(),
        backlight=start.backlight(),
        plugs=start.plugs(),
        scene=start.scene(),
        show=host.show,
        hand_over=post_to_ui,
    )
    assembly.start()
    every(TICK_SECONDS, assembly.conductor.tick)
    return assembly


def _keep_out_of_order(start: Start, host: Host, code: str) -> None:
    """Say that nothing is sold here, with the time of day going on."""
    from kiosk.screens.ui_thread import every

    scene = start.scene()

    def show() -> None:
        now = start.system.monotonic()
        # As if touched just now: nobody takes a touch here that would wake the screen again.
        session = Session(OutOfOrder(code), touched_at=now)
        host.show(present(session, scene, Instant(start.system.now_ms(), now)))

    show()
    every(WATCHDOG_SECONDS, show)


def _guard(assembly: Assembly) -> None:
    """A fault in a screen ends the visit and the kiosk goes on; a second one within a minute ends the process."""
    from kiosk.screens.guard import guard

    guard(assembly.parts.system.monotonic, lambda: assembly.conductor.handle(ScreenFailed()))


def _keep_telling(address: str | None, running: Running) -> None:
    """Tell systemd after the first frame, then as long as the screen turns frames and the journal answers."""
    from kiosk.screens.ui_thread import every, once, post_to_ui

    def tell() -> None:
        if running.assembly is not None:
            running.assembly.when_alive(lambda: notify(address, "WATCHDOG=1"))
        else:
            notify(address, "WATCHDOG=1")

    # Called at the beginning of the second frame: the first one is on the screen then.
    post_to_ui(lambda: post_to_ui(lambda: notify(address, "READY=1")))
    once(TRIM_SECONDS, give_back)  # what only the start needed
    if running.assembly is not None:
        every(TRIM_SECONDS, _Rest(running.assembly).look)
    every(WATCHDOG_SECONDS, tell)


class _Rest:
    """What a visit needed goes back to the system once it is over, while nobody waits for a frame: 24 MB of 221."""

    def __init__(self, assembly: Assembly) -> None:
        self._assembly = assembly
        self._rests = False

    def look(self) -> None:
        """Called every other second: has the visit ended since?"""
        rests = self._assembly.conductor.session.state == Idle()
        if rests and not self._rests:
            give_back()
        self._rests = rests
