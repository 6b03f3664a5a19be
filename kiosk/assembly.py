"""The station put together: journal thread, print queue, scanner and speaker loops, conductor. No Kivy in it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TypeVar

from devices.ports import Backlight, IdCardProblem, IdCardRead, Plugs, Printer, Scanner, Speech
from domain.ids import VisitId
from kiosk.conductor import Conductor
from kiosk.desk.opening import open_desk
from kiosk.desk.parts import DeskParts
from kiosk.flow.events import CardReaderReported, Event, JournalFailed, card_laid
from kiosk.lighting import LightLoop
from kiosk.presenter.scene import Scene
from kiosk.printing import PrintQueue
from kiosk.reading import ReadLoop
from kiosk.scanning import ScanLoop
from kiosk.speaking import SpeakLoop
from kiosk.supervised import Source
from kiosk.version import VERSION
from kiosk.views import View
from kiosk.worker import Worker

T = TypeVar("T")
logger = logging.getLogger(__name__)


class Assembly:
    """Everything that runs behind the screen.

    ``hand_over`` calls a function on the screen's thread; it is the only way in which other threads reach the screen.
    """

    def __init__(
        self,
        *,
        parts: DeskParts,
        printer: Printer,
        scanner: Scanner,
        card_reader: Source[IdCardRead | IdCardProblem],
        speech: Speech,
        backlight: Backlight,
        plugs: Plugs,
        scene: Scene,
        show: Callable[[View], None],
        hand_over: Callable[[Callable[[], None]], None],
    ) -> None:
        self.parts = parts
        self._hand_over = hand_over
        self._worker = Worker(on_fault=lambda code: self.post(JournalFailed(code)))
        self._speaking = SpeakLoop(speech)
        self._lighting = LightLoop(backlight)
        self._plugs = plugs
        self._show = show
        self.conductor = Conductor(parts=parts, worker=self._worker, scene=scene, post=self.post, show=self._present)
        self._printing = PrintQueue(
            printer=printer, journal=parts.journal, worker=self._worker, texts=scene.texts, post=self.post
        )
        self._scanning = ScanLoop(scanner=scanner, new_id=self._new_id, post=self.post)
        self._cards = ReadLoop(
            role="idcard",
            device=card_reader,
            took=lambda laid: self.post(card_laid(laid, VisitId(self._new_id()))),
            told=lambda state: self.post(CardReaderReported(state)),
        )

    def post(self, event: Event) -> None:
        """Hand an event to the screen's thread."""
        self._hand_over(lambda: self.conductor.handle(event))

    def start(self) -> None:
        """Open the desk, then begin to listen and to watch. Raises ``YizhanError`` if the journal cannot be used."""
        waiting = self._worker.call(lambda: open_desk(self.parts, VERSION))
        logger.info("station %s open, %d papers wait for staff", self.parts.journal.identity.station, waiting)
        self.conductor.begin(self._printing)
        self._speaking.start()
        self._lighting.start()
        self._printing.start()
        self._scanning.start()
        self._cards.start()
        self._plugs.start(self._nudge)

    def when_alive(self, tell: Callable[[], None]) -> None:
        """Call ``tell`` once the journal's thread has answered; never if it hangs: that is what a watchdog is for."""
        self._worker.then(lambda: None, lambda _none: tell())

    def ask(self, work: Callable[[], T]) -> T:
        """Have something done on the journal's thread and wait for it."""
        return self._worker.call(work)

    def stop(self) -> None:
        """Stop the threads in the order in which they need each other, and close the journal."""
        self._plugs.stop()
        self._speaking.stop()
        self._lighting.stop()
        self._scanning.stop()
        self._cards.stop()
        self._printing.stop()
        self._worker.stop()
        self.parts.journal.close()

    def _new_id(self) -> str:
        return self.parts.system.random_bytes(16).hex()

    def _present(self, view: View) -> None:
        self._show(view)
        self._speaking.say(view.speech, view.said)
        self._lighting.put(view.dimness)

    def _nudge(self) -> None:
        """Something was plugged in: whoever waits for his device tries at once."""
        self._scanning.nudge()
        self._cards.nudge()
        self._printing.nudge()
