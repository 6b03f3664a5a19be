"""Runs the real kiosk offscreen in a process of its own and touches it as told on standard input.

Lines in: ``press NAME [ARGUMENT]`` (an action of ``kiosk.actions``), ``skip SECONDS``, ``picture PATH``, ``quit``.
Lines out: ``state NAME`` on every change of screen, ``health PRINTER SCANNER`` and other facts, and for each command
``ok SECONDS`` (the monotonic time at which the finger was lifted) or ``error …``.
``--fault NAME:HIT`` kills the process with SIGKILL at the HIT-th passing of that fault point.
"""

from __future__ import annotations

import argparse
import logging
import os
import queue
import signal
import sys
import threading
import time
from pathlib import Path
from typing import Any

os.environ["SDL_VIDEODRIVER"] = "offscreen"

from kiosk import actions, faults
from kiosk.app import Running, kiosk
from kiosk.demo.clock import SkippingMachine
from kiosk.flow.states import AtStaff
from kiosk.settings import load_settings
from kiosk.start import Start


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("config", type=Path)
    parser.add_argument("--fault", default="")
    parser.add_argument("--frames", type=int, default=0, help="frames a second at most; 0: as fast as they come")
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, stream=sys.stderr)
    logging.getLogger("kivy").setLevel(logging.WARNING)
    if options.fault:
        arm(options.fault)
    commands: queue.SimpleQueue[str] = queue.SimpleQueue()
    threading.Thread(target=read, args=(commands,), daemon=True).start()
    system = SkippingMachine()
    start = Start(
        load_settings(options.config),
        system,
        touch="none",
        frames_per_second=options.frames,
        device_clock=system.machine,
    )
    with kiosk(start) as running:
        serve(running, system, commands)


def serve(running: Running, system: SkippingMachine, commands: queue.SimpleQueue[str]) -> None:
    from kiosk.screens.hand import Hand

    hand = Hand(running.host, system.machine.monotonic)
    told: tuple[str, ...] = ()
    while True:
        hand.pump()
        told = tell(running, told)
        try:
            command = commands.get(timeout=0.002)
        except queue.Empty:
            continue
        if command == "quit":
            return
        try:
            pressed_at = carry_out(command.split(), hand, system)
        except Exception as error:
            say(f"error {type(error).__name__} {error}".replace("\n", " "))
        else:
            say(f"ok {pressed_at}")


def carry_out(words: list[str], hand: Any, system: SkippingMachine) -> float:
    pressed_at = 0.0
    match words:
        case ["press", name, *arguments]:
            kind = getattr(actions, name)
            system.skip(0.3)  # the moment in which a changed screen takes no touch
            wanted = kind(*(int(word) if word.isdigit() else word for word in arguments)) if arguments else kind
            finger = hand.put_down(*hand.find(wanted).center)
            hand.pump()
            pressed_at = time.monotonic()
            hand.lift(finger)
        case ["skip", seconds]:
            system.skip(float(seconds))
        case ["picture", path]:
            hand.picture(Path(path))
        case _:
            raise ValueError(f"not a command: {words}")
    return pressed_at


def tell(running: Running, told: tuple[str, ...]) -> tuple[str, ...]:
    if running.assembly is None:
        now: tuple[str, ...] = ("state OutOfOrder",)
    else:
        session = running.assembly.conductor.session
        health = f"health {session.printer.health} {session.scanner.health}"
        warned = "warned" if session.warned_at is not None else "calm"
        papers = len(session.state.papers) if isinstance(session.state, AtStaff) else 0
        now = (
            f"state {type(session.state).__name__}",
            health,
            f"waiting {session.papers_waiting}",
            f"mood {warned}",
            f"papers {papers}",
            f"trouble {session.printer.code or '-'}",
        )
    for line in now:
        if line not in told:
            say(line)
    return now


def arm(fault: str) -> None:
    name, _, hit = fault.partition(":")
    left = int(hit or 1)

    def cut(passed: str) -> None:
        nonlocal left
        if passed == name:
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    faults.listen(cut)


def read(commands: queue.SimpleQueue[str]) -> None:
    for line in sys.stdin:
        commands.put(line.strip())
    commands.put("quit")


def say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    main()
