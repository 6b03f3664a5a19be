"""A whole station for tests: its folder, simulated devices, and the kiosk in a process of its own."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from devices.simulated.printer import SimulatedPrinter
from devices.simulated.scanner import SimulatedScanner
from kiosk.demo.people import DemoCard
from kiosk.demo.town import Seeded
from kiosk.journal.journal import Journal
from kiosk.station import Folder
from kiosk.system import System
from tests.support.seed import seed
from tests.support.system import FakeSystem

ROOT = Path(__file__).parents[2]
FONTS = ROOT / "build" / "fonts"
STATION = "50019900100101"
PATIENCE_SECONDS = 30.0


@dataclass
class Station:
    """The folder and the other ends of the wires; they outlive every kill of the kiosk."""

    root: Path
    system: System = field(default_factory=FakeSystem)
    printer: Any = None  # a SimulatedPrinter unless another end of the wire is handed in

    def __post_init__(self) -> None:
        self.printer = self.printer or SimulatedPrinter()
        self.scanner = SimulatedScanner()
        data = self.root / "data"
        data.mkdir(parents=True)
        self.folder = Folder(data)
        self.seeded: Seeded = self.fill()
        (self.root / "station.toml").write_text(
            f'[station]\nid = "{STATION}"\nname = "学田湾社区党群驿站"\n'
            "[panel]\ndiagonal_inches = 10.1\nwidth_px = 1280\nheight_px = 800\nfullscreen = false\n"
            f'[storage]\nfolder = "{data}"\n'
            f'[typeface]\nregular = "{FONTS}/YizhanSans-Regular.otf"\nbold = "{FONTS}/YizhanSans-Bold.otf"\n',
            encoding="utf-8",
        )
        (self.root / "devices.toml").write_text(
            f'[printer]\npath = "{self.printer.path}"\nbaud = 115200\n[scanner]\npath = "{self.scanner.path}"\n',
            encoding="utf-8",
        )

    def fill(self) -> Seeded:
        """As an office would have filled it."""
        return seed(self.folder, STATION, self.system, FONTS)

    def card(self, name: str) -> DemoCard:
        return next(card for card in self.seeded.cards if card.name == name)

    def journal(self) -> Journal:
        return Journal(self.folder.journal)

    @contextmanager
    def kiosk(self, fault: str = "", frames: int = 0) -> Iterator[KioskProcess]:
        process = KioskProcess(self.root, fault, frames)
        try:
            yield process
        finally:
            process.end()

    def close(self) -> None:
        self.scanner.close()
        self.printer.close()


class KioskProcess:
    """The kiosk, touched from afar. Every wait is for something that the kiosk says."""

    def __init__(self, config: Path, fault: str = "", frames: int = 0) -> None:
        command = [sys.executable, "-m", "tests.support.remote", str(config), "--frames", str(frames)]
        if fault:
            command += ["--fault", fault]
        self.log = (config / "kiosk.log").open("ab")
        self._process = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.log, text=True
        )
        self._changed = threading.Condition()
        self._facts: dict[str, str] = {}
        self._states: list[str] = []
        self._answers: list[str] = []
        self._ended = False
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def stays(self, seconds: float = 2.0) -> bool:
        """Whether it still runs after a while: one that was just killed is not gone at once."""
        try:
            self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            return True
        return False

    @property
    def waiting(self) -> int:
        """Papers that wait for staff."""
        with self._changed:
            return int(self._facts.get("waiting", "0"))

    @property
    def states(self) -> list[str]:
        with self._changed:
            return list(self._states)

    def ready(self) -> None:
        self.fact("health", "ok ok")

    def arrive(self, state: str) -> None:
        self.wait(lambda: self._states[-1:] == [state], f"the screen {state}")

    def fewer_papers_waiting(self, than: int) -> None:
        """Wait until fewer papers wait for staff than that."""
        self.wait(lambda: int(self._facts.get("waiting", "0")) < than, f"fewer than {than} papers waiting")

    def papers_waiting(self, count: int) -> None:
        self.fact("waiting", str(count))

    def fact(self, name: str, value: str) -> None:
        self.wait(lambda: self._facts.get(name) == value, f"{name} {value}")

    def do(self, command: str) -> float:
        """Have a command done; return when its finger was lifted, in monotonic seconds."""
        with self._changed:
            before = len(self._answers)
        self._send(command)
        self.wait(lambda: len(self._answers) > before, f"an answer to {command}")
        with self._changed:
            answer = self._answers[before]
        word, _, pressed_at = answer.partition(" ")
        if word != "ok":
            raise AssertionError(f"{command}: {answer}")
        return float(pressed_at)

    def press(self, action: str, state: str) -> float:
        pressed_at = self.do(f"press {action}")
        self.arrive(state)
        return pressed_at

    def press_and_let_go(self, action: str) -> None:
        """Press without waiting for anything: the kiosk may be killed by it."""
        self._send(f"press {action}")

    def wait(self, condition: Callable[[], bool], what: str) -> None:
        with self._changed:
            self._changed.wait_for(lambda: condition() or self._ended, PATIENCE_SECONDS)
            if not condition():
                raise AssertionError(f"waited in vain for {what}; {self._facts}, {self._states}, ended {self._ended}")

    def wait_killed(self) -> int:
        return self._process.wait(PATIENCE_SECONDS)

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()

    def end(self) -> None:
        if self._process.poll() is None:
            self._send("quit")
            try:
                self._process.wait(PATIENCE_SECONDS)
            except subprocess.TimeoutExpired:
                self.kill()
        self._reader.join()
        for stream in (self._process.stdin, self._process.stdout, self.log):
            if stream is not None:
                with suppress(BrokenPipeError):
                    stream.close()

    def _send(self, line: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            word, _, rest = line.strip().partition(" ")
            with self._changed:
                if word == "state":
                    self._states.append(rest)
                elif word in ("health", "waiting", "mood", "papers", "trouble"):
                    self._facts[word] = rest
                else:
                    self._answers.append(line.strip())
                self._changed.notify_all()
        with self._changed:
            self._ended = True
            self._changed.notify_all()
