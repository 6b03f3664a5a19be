"""Plays at a running kiosk with real touches and simulated devices, and keeps what is seen."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from devices.drivers.scan_frame import HOLD_OFF_SECONDS
from devices.simulated.paper.draw import png as draw_paper
from devices.simulated.paper.parts import InterpretedPaper
from kiosk.actions import Action, ChooseItem, TurnPage
from kiosk.app import Running
from kiosk.assembly import Assembly
from kiosk.demo.bench import Bench
from kiosk.demo.clock import SkippingMachine
from kiosk.demo.inspector import Inspector
from kiosk.demo.people import EXAMPLES, DemoCard
from kiosk.flow.events import Ticked
from kiosk.flow.states import AtItem, AtItems, Session, State
from kiosk.look import Look
from kiosk.screens.gate import SETTLE_SECONDS
from kiosk.screens.hand import Hand

PATIENCE_SECONDS = 15.0
AGAIN_SECONDS = HOLD_OFF_SECONDS + 1.0  # the driver counts from when it read the code, which may be a little later


class Player:
    """Every step waits until it really happened, or raises ``HandError`` that names it.

    ``look`` is how the screen looks in every scene. ``inspector`` audits each screen that is pictured.
    """

    def __init__(
        self,
        bench: Bench,
        running: Running,
        system: SkippingMachine,
        out: Path,
        face: Path,
        say: Callable[[str], None],
        look: Look | None = None,
    ) -> None:
        if running.assembly is None:
            raise RuntimeError("the station could not be opened")
        self.bench = bench
        self.assembly: Assembly = running.assembly
        self.hand = Hand(running.host, system.machine.monotonic)
        self.pictures: list[Path] = []
        self.captions: list[tuple[str, str]] = []
        self.pictured: set[type[State]] = set()
        self.touches = 0  # since the last card
        self._scanned = ("", 0.0)  # the last code, and when
        self.inspector: Inspector | None = None
        self._look = look or Look()
        self._system = system
        self._out = out
        self._face = face
        self._say = say

    @property
    def session(self) -> Session:
        """The session on the screen."""
        return self.assembly.conductor.session

    def card(self, name: str) -> DemoCard:
        """Return the card of an invented person."""
        cards = (*self.bench.seeded.cards, *self.bench.visitors)
        return next(card for card in cards if card.name == name)

    def scan(self, code: str, expected: type[State]) -> None:
        """Hold a code before the scanner; the same one again after a moment, since a scan is not two."""
        self.touches = 0
        clock = self._system.machine.monotonic  # the scanner's own: it takes the same code at once for one scan
        last, at = self._scanned
        self.until(lambda: code != last or clock() - at > AGAIN_SECONDS, "the scanner to take this code again")
        self._scanned = code, clock()
        self.bench.scanner.scan(code)
        self.arrive(expected)

    def press(self, wanted: Action | type | str, expected: type[State]) -> None:
        """Touch a button, once the screen takes touches."""
        self.touches += 1
        self.hand.press(wanted)
        self.arrive(expected)

    def insist(self, wanted: Action, expected: type[State], *or_else: type[State]) -> None:
        """Press as people do: once more, if the screen changed under the finger as the office answered."""
        asked, before = (expected, *or_else), type(self.session.state)
        self.hand.press(wanted)
        end = self._system.machine.monotonic() + PATIENCE_SECONDS / 5
        self.hand.wait(
            lambda: type(self.session.state) is not before or self._system.machine.monotonic() > end, "an answer"
        )
        if type(self.session.state) is before:
            self.hand.press(wanted)
        self.until(lambda: isinstance(self.session.state, asked), f"{expected.__name__} after {wanted}")

    def choose(self, item: int) -> None:
        """Turn pages until an item is there, and touch it: where it stands is another matter for everybody."""
        state = self.session.state
        while isinstance(state, AtItems) and not any(
            one.action == ChooseItem(item) for one in self.hand.within_reach()
        ):
            self.press(TurnPage(state.page + 1), AtItems)
            if self.session.state == state:
                break
            state = self.session.state
        self.press(ChooseItem(item), AtItem)

    def arrive(self, expected: type[State]) -> None:
        """Wait for a screen, and until it takes touches."""
        self.until(lambda: isinstance(self.session.state, expected), expected.__name__)
        self._dress()
        self.settle()

    def task_done(self, task: str, budget: int) -> None:
        """A task is done that may take so many touches from the card on."""
        if self.inspector is not None:
            self.inspector.count(task, self.touches, budget)

    def until(self, condition: Callable[[], bool], what: str) -> None:
        """Turn frames until ``condition`` holds."""
        self.hand.wait(condition, what, PATIENCE_SECONDS)

    def settle(self) -> None:
        """Let the moment pass in which a changed screen takes no touch."""
        self._system.skip(SETTLE_SECONDS)
        self.hand.pump(2)

    def let_pass(self, seconds: float) -> None:
        """Let time pass without a touch."""
        self._system.skip(seconds)

    def leave_alone(self, seconds: float) -> None:
        """As if nobody had touched the screen for so long. No clock is moved: the line to the office stays fresh."""
        conductor = self.assembly.conductor
        touched = conductor.session.touched_at - seconds
        conductor.session = replace(conductor.session, touched_at=touched)
        conductor.handle(Ticked())
        self.hand.pump(2)

    def keep(self, name: str, said: str) -> Path:
        """Keep a picture of the screen and say what is seen."""
        path = self._out / f"{len(self.pictures) + 1:02d}-{name}.png"
        if self._dress():
            self.settle()
        self.hand.picture(path)
        self._kept(path, said)
        self.pictured.add(type(self.session.state))
        if self.inspector is not None and self.hand.is_bright():
            self.inspector.look(path.stem, self.session)
        return path

    def keep_paper(self, name: str, said: str) -> InterpretedPaper:
        """Wait for the next paper, keep its picture and its text."""
        paper = self.bench.printer.wait_paper(PATIENCE_SECONDS)
        path = self._out / f"{len(self.pictures) + 1:02d}-{name}.png"
        path.write_bytes(draw_paper(paper, self._face))
        path.with_suffix(".txt").write_text(paper.text + "\n", encoding="utf-8")
        self._kept(path, said)
        return paper

    def say(self, words: str) -> None:
        """Say what was checked without a picture."""
        self._say(f"[dim]··[/]  {words}")

    def catalogue_with(self, old: str, new: str) -> Path:
        """Write the example catalogue under the next version, with the first ``old`` made ``new``; return its file."""
        text = (EXAMPLES / "catalogue.toml").read_text(encoding="utf-8")
        path = self._out / "station" / "catalogue.toml"
        path.write_text(text.replace("version = 1", "version = 2", 1).replace(old, new, 1), encoding="utf-8")
        return path

    def _dress(self) -> bool:
        """Give the screen the look of this tour, which the end of a visit takes away; whether it had another."""
        conductor = self.assembly.conductor
        if conductor.session.look == self._look:
            return False
        conductor.session = replace(conductor.session, look=self._look)
        conductor.handle(Ticked())
        return True

    def _kept(self, path: Path, said: str) -> None:
        self.pictures.append(path)
        self.captions.append((path.name, said))
        number = re.match(r"\d+", path.name)
        self._say(f"{number[0] if number else ''}  {said}  ({path.name})")
