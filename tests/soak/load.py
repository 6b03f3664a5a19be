"""What goes on while processes die: visits by scans and presses, vouchers taken back, points given, prices pushed.

Each runs in a thread of its own and begins again whatever was killed under it; ``rest`` lets it come to a stop
between two acts.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from domain.commands import VoidVoucher
from domain.ids import Epoch, StaffId
from domain.voucher_number import VoucherNumber
from kiosk.demo.people import EXAMPLES
from kiosk.desk.void import void
from kiosk.journal.journal import connection_of
from kiosk.station import open_parts
from kiosk.system import Machine
from tests.soak.station import NAME, SoakStation
from tests.support.station import ROOT, STATION, KioskProcess

FRAMES = 30
STUCK_MAX = 10


class Load(threading.Thread):
    """Calls ``act`` again and again while it may."""

    def __init__(self, act: Callable[[], None]) -> None:
        super().__init__(daemon=True)
        self._act = act
        self._may, self._idle, self._over = threading.Event(), threading.Event(), threading.Event()
        self.fault: Exception | None = None

    def work(self) -> None:
        """Go on."""
        self._idle.clear()
        self._may.set()

    def rest(self) -> None:
        """Come to a stop. Raises what ended the thread."""
        self._may.clear()
        while not self._idle.wait(0.1) and self.is_alive():
            pass
        if self.fault is not None:
            raise self.fault

    def end(self) -> None:
        self._over.set()
        self._may.set()
        self.join(60)

    def run(self) -> None:
        try:
            while not self._over.is_set():
                if not self._may.is_set():
                    self._idle.set()
                    self._may.wait()
                    continue
                self._act()
        except Exception as fault:
            self.fault = fault
            self._idle.set()


class Visitors:
    """One resident after the other redeems something cheap; now and then staff print what did not come out."""

    def __init__(self, station: SoakStation, seed: int) -> None:
        self._station, self._dice = station, random.Random(seed)
        self._last, self._stuck = "", 0
        self.kiosk = KioskProcess(station.root, frames=FRAMES)
        self.done = 0  # the screen said so
        self.confirming = threading.Event()

    def __call__(self) -> None:
        kiosk = self.kiosk
        self.confirming.clear()
        try:
            self._visit(kiosk)
            self._stuck = 0
        except (AssertionError, OSError):
            with suppress(OSError, ValueError):
                stuck = kiosk.stays()
                kiosk.end()
                self._stuck += stuck
            assert self._stuck < STUCK_MAX, "the kiosk was alive and did not go on"
            self.kiosk = KioskProcess(self._station.root, frames=FRAMES)

    def settle(self) -> None:
        """Have a kiosk that stands idle."""
        while True:
            try:
                self.kiosk.ready()
            except (AssertionError, OSError):
                self()
            else:
                return

    def _visit(self, kiosk: KioskProcess) -> None:
        kiosk.ready()
        if self._dice.random() < 0.1 and kiosk.waiting:
            self._staff(kiosk)
            return
        # The same code twice within 1.5 s is one scan: so never the same card twice in a row.
        names = sorted({card.name for card in self._station.seeded.cards if card.points >= 100} - {self._last})
        self._last = self._dice.choice(names)
        self._station.scanner.scan(self._station.card(self._last).code)
        kiosk.arrive("AtHome")
        kiosk.press("ChooseClass repair", "AtItems")
        kiosk.press("ChooseItem 301", "AtItem")
        kiosk.press("Redeem", "AtConfirm")
        self.confirming.set()
        kiosk.press("Confirm", "AtDone")
        self.confirming.clear()
        self.done += 1
        kiosk.press("Finish", "Idle")

    def _staff(self, kiosk: KioskProcess) -> None:
        self._last = "何静"
        self._station.scanner.scan(self._station.card("何静").code)
        kiosk.arrive("AtStaff")
        # What the idle screen counted may have been taken back since, by the second program on the journal.
        before = kiosk.waiting
        with suppress(AssertionError):
            kiosk.press("Reprint", "AtStaff")
            kiosk.fewer_papers_waiting(before)
        kiosk.press("Finish", "Idle")


class Staff:
    """Takes back a voucher of the last few, once in a while, as a second program on the journal."""

    def __init__(self, station: SoakStation, seed: int) -> None:
        self._dice, self._pause = random.Random(seed), threading.Event()
        self._parts = open_parts(station.folder, STATION, NAME, Machine(trust_clock=True), demo=False)
        rows = connection_of(self._parts.journal)
        self._who = StaffId(str(rows.execute("SELECT id FROM people WHERE kind = 'staff'").fetchone()[0]))

    def __call__(self) -> None:
        self._pause.wait(self._dice.uniform(0.5, 2.5))
        last = self._parts.journal.vouchers.next_number() - 1
        if last > 0:
            number = VoucherNumber(Epoch(1), self._dice.randint(max(1, last - 5), last))
            void(self._parts, VoidVoucher(number, self._who, "拿错了"))

    def close(self) -> None:
        self._parts.journal.close()


class Office:
    """Gives points, and every now and then a new catalogue. The process that does it may be killed as well."""

    def __init__(self, station: SoakStation, seed: int) -> None:
        self._station, self._dice, self._pause = station, random.Random(seed), threading.Event()
        self._names = sorted({card.name for card in station.seeded.cards if not card.staff})
        self._environment = os.environ | {"YIZHAN_OFFICE_HOME": str(station.town.home)}
        self.process = self._start()

    def __call__(self) -> None:
        self._pause.wait(self._dice.uniform(0.0, 0.4))
        if self._dice.random() < 0.05:
            self._say(f"push {self._catalogue()} {self._station.root / 'pictures'}")
        else:
            self._say(f"grant {self._dice.choice(self._names)} {self._dice.randint(1, 9)}")

    def _say(self, line: str) -> None:
        process = self.process
        assert process.stdin is not None
        assert process.stdout is not None
        with suppress(OSError):
            process.stdin.write(line + "\n")
            process.stdin.flush()
        if not process.stdout.readline():
            assert process.wait() < 0, f"the office's command failed; see {self._station.root / 'hand.log'}"
            self.process = self._start()

    def _catalogue(self) -> Path:
        version = int(self._station.one("SELECT max(version) FROM books_document WHERE name = 'catalogue'")) + 1
        text = (EXAMPLES / "catalogue.toml").read_text(encoding="utf-8")
        file = self._station.root / "catalogue.toml"
        file.write_text(text.replace("version = 1", f"version = {version}", 1), encoding="utf-8")
        return file

    def _start(self) -> subprocess.Popen[str]:
        with (self._station.root / "hand.log").open("a") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "tests.soak.hand"], cwd=ROOT, env=self._environment, text=True,
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log,
            )  # fmt: skip

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
