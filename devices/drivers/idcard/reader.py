"""The resident ID card reader on a serial line: looks for a card, reads it once, and lets out only what may live on."""

from __future__ import annotations

import logging
from collections.abc import Callable

from devices.backoff import RETRY_SECONDS_MAX, RETRY_SECONDS_MIN
from devices.drivers.idcard import commands
from devices.drivers.idcard.commands import FIND, READ, RESET, SAM_ID, SELECT, STATUS
from devices.drivers.idcard.document import card_read
from devices.drivers.idcard.framing import Answer
from devices.drivers.idcard.laying import Laying
from devices.drivers.idcard.talk import Patience, Talk
from devices.drivers.idcard.trouble import Trouble, of_the_card, of_the_reader
from devices.drivers.wire import Flow, Wire
from devices.ports import Clock, DeviceState, Health, IdCardProblem, IdCardRead

_LOOK_AGAIN_SECONDS = 0.1
_SAM_ID_TRIES = 4

_LOG = logging.getLogger(__name__)


class SerialCardReader:
    """A SAM_V reader at ``path`` (best a name under ``/dev/serial/by-id``). Implements ``CardReader``.

    ``digest`` makes of a card's number what may be kept of it: keyed (HMAC), because 18 digits can be tried out. It is
    called with the number as printed, in the thread of ``read``, and must neither keep nor log it.
    """

    def __init__(
        self,
        *,
        path: str,
        baud: int = 115200,
        clock: Clock,
        digest: Callable[[str], str],
        patience: Patience | None = None,
    ) -> None:
        self._patience = patience or Patience()
        self._wire = Wire(role="idcard", path=path, baud=baud, flow=Flow.PACED, clock=clock)
        self._talk = Talk(wire=self._wire, baud=baud, clock=clock, patience=self._patience)
        self._clock = clock
        self._digest = digest
        self._laying = Laying(self._patience.hold_off_seconds)
        self._due = clock.monotonic()
        self._blind = False
        self._pause = 0.0

    def read(self, timeout_seconds: float) -> IdCardRead | IdCardProblem | None:
        """Wait for a card; ``None`` when none was laid in time. Never raises for a missing reader.

        A command under way is waited for: with a silent reader this takes up to a second longer, while a card is being
        read up to five.
        """
        deadline = self._clock.monotonic() + timeout_seconds
        while True:
            if self._clock.monotonic() >= self._due:
                try:
                    event = self._poll()
                finally:
                    self._talk.forget()
                if not self._wire.is_open:
                    self._laying.unsure()
                self._due = self._clock.monotonic() + self._next_pause()
                if event is not None:
                    return event
            left = deadline - self._clock.monotonic()
            if left <= 0:
                return None
            self._clock.sleep(max(0.0, min(left, self._due - self._clock.monotonic())))

    def state(self) -> DeviceState:
        """Whether the line is held and the module well; ``UNKNOWN`` until it has answered for the first time."""
        code = self._wire.open() or self._talk.code
        if code:
            return DeviceState(Health.NOT_OK, code)
        return DeviceState(Health.OK) if self._talk.heard else DeviceState(Health.UNKNOWN, Trouble.SILENT)

    def module(self) -> str:
        """The number of the reader's module, ``""`` if it does not tell. It is the reader's, no person's.

        Some modules get it wrong now and then, so two answers have to agree.
        """
        before = ""
        for _ in range(_SAM_ID_TRIES if not self._wire.open() else 0):
            answer = self._talk.ask(SAM_ID)
            told = commands.sam_id(answer.data) if answer and answer.sw3 == commands.OK else ""
            if told and told == before:
                return told
            before = told
        return ""

    def nudge(self) -> None:
        """Something was plugged in: the line is tried at once. From any thread."""
        self._wire.nudge()

    def close(self) -> None:
        """Let go of the line."""
        self._talk.forget()
        self._wire.close()

    def _poll(self) -> IdCardRead | IdCardProblem | None:
        """Look once whether there is a card, and read it if it is news."""
        if self._wire.open():
            self._talk.lost()
            self._blind = False
            return None
        if self._talk.code == Trouble.SELF_TEST:
            self._talk.ask(RESET)
        elif not self._talk.heard:
            self._talk.ask(STATUS)
        found = self._talk.ask(FIND)
        self._blind = not found or bool(of_the_reader(found.sw3))
        if found and found.sw3 == commands.NO_CARD:
            return _problem(self._laying.absent(self._clock.monotonic()))
        if found and found.sw3 == commands.FOUND and self._laying.found():
            return self._card()
        return None

    def _card(self) -> IdCardRead | IdCardProblem | None:
        selected = self._talk.ask(SELECT)
        if not selected or selected.sw3 != commands.OK:
            return self._failed(selected)
        answer = self._talk.ask(READ)
        if not answer or answer.sw3 != commands.OK:
            return self._failed(answer)
        try:
            card = card_read(answer.data, self._digest)
        except Exception as fault:  # noqa: BLE001 - of the digest, mostly: its words may hold the number, and stay unsaid
            problem = _problem(self._laying.failed(Trouble.FAULT))
            if problem:
                _LOG.error("idcard.fault: no digest (%s)", type(fault).__name__)
            return problem
        if isinstance(card, Trouble):
            return _problem(self._laying.failed(card))
        return card if self._laying.read(card.digest, self._clock.monotonic()) else None

    def _failed(self, answer: Answer | None) -> IdCardProblem | None:
        if not self._wire.is_open:
            return None  # it was the line, no fault of the card
        return _problem(self._laying.failed(of_the_card(answer.sw3) if answer else Trouble.UNREADABLE))

    def _next_pause(self) -> float:
        """Until the next look, in seconds: growing while the reader does not look for cards."""
        if self._blind:
            self._pause = min(max(2 * self._pause, RETRY_SECONDS_MIN), RETRY_SECONDS_MAX)
            return self._pause
        self._pause = 0.0
        return self._patience.poll_seconds if self._wire.is_open else _LOOK_AGAIN_SECONDS


def _problem(code: str) -> IdCardProblem | None:
    return IdCardProblem(code) if code else None
