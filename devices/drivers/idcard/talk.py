"""Questions to the module on an open wire, one at a time, and what their answers say of the reader itself."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from devices.drivers.idcard.commands import FIND, READ, SELECT, Command
from devices.drivers.idcard.framing import Answer, AnswerFraming
from devices.drivers.idcard.trouble import Trouble, of_the_reader
from devices.drivers.wire import Wire
from devices.ports import Clock

FAILURES_MAX = 3  # commands in a row without a whole answer: the line is opened anew
_WRITE_SECONDS = 1.0
_REST_SECONDS = 0.3  # after a spoiled answer, for a good one behind it
_NEEDED = (FIND, SELECT, READ)  # a reader that knows no other command is of use all the same
_STALE_READS_MAX = 64  # a line that never falls quiet must not hold us

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Patience:
    """How long the driver waits, in seconds, beyond the time that the bytes themselves need on the line."""

    short_seconds: float = 1.2  # a find that finds nothing takes up to a second
    read_seconds: float = 3.0
    poll_seconds: float = 0.35  # between two finds; modules want more than 0.3
    hold_off_seconds: float = 5.0  # in which the same number is the same event


class Talk:
    """``code`` is what is wrong with the reader, as far as it has been heard, and ``heard`` whether it ever was."""

    def __init__(self, *, wire: Wire, baud: int, clock: Clock, patience: Patience) -> None:
        self.heard = False
        self.code = ""
        self._wire = wire
        self._baud = baud
        self._clock = clock
        self._patience = patience
        self._framing = AnswerFraming()
        self._in_vain = 0
        self._why = ""
        self._nothing_came = True
        self._refused: dict[Command, str] = {}

    def ask(self, command: Command) -> Answer | None:
        """Send one command and wait for its answer; ``None`` when no whole one came.

        The answer's data may be a card's: it is good until the next call here, and ``forget`` wipes it.
        """
        self._drop_stale()
        self._wire.write(command.frame, _WRITE_SECONDS)
        answer = self._answer(self._deadline(command))
        if self._wire.is_open:
            self._judge(command, answer)
        return answer

    def forget(self) -> None:
        """Wipe what came last."""
        self._framing.wipe()

    def lost(self) -> None:
        """The line is gone: nothing is known of the reader any more."""
        self.heard = False
        self._in_vain = 0
        self._refused.clear()
        self.code = ""  # the wire has one of its own, and said it

    def _deadline(self, command: Command) -> float:
        seconds = self._patience.read_seconds if command is READ else self._patience.short_seconds
        return self._clock.monotonic() + seconds + (len(command.frame) + command.answer_bytes) * 10 / self._baud

    def _answer(self, deadline: float) -> Answer | None:
        self._nothing_came = True
        while self._wire.is_open and (left := deadline - self._clock.monotonic()) > 0:
            spoiled = self._framing.spoiled
            count = self._wire.read_into(self._framing.room(), left)
            self._framing.grew(count)
            self._nothing_came = self._nothing_came and not count
            if answer := self._framing.next():
                return answer
            if self._framing.spoiled > spoiled:
                deadline = min(deadline, self._clock.monotonic() + _REST_SECONDS)
        while self._framing.pending:  # noise that looked like a head may have swallowed the true one
            self._framing.skip()
            if answer := self._framing.next():
                return answer
        return None

    def _judge(self, command: Command, answer: Answer | None) -> None:
        trouble = of_the_reader(answer.sw3) if answer else None
        if answer is None or trouble is Trouble.GARBLED:
            self._in_vain += 1
            self._why = Trouble.SILENT if answer is None and self._nothing_came else Trouble.GARBLED
            if self._in_vain % FAILURES_MAX == 0:
                self._wire.close()  # to be opened anew: what a driver or an adapter got wrong may be right then
        else:
            self.heard = True
            self._in_vain = 0
            self._refused.pop(command, None)
            if trouble and command in _NEEDED:
                self._refused[command] = trouble
        self._conclude()

    def _conclude(self) -> None:
        code = self._why if self._in_vain >= FAILURES_MAX else next(iter(self._refused.values()), "")
        if code and code != self.code:
            _LOG.warning("%s: the line is open, the reader of no use", code)
        elif self.code and not code:
            _LOG.info("idcard is well again")
        self.code = code

    def _drop_stale(self) -> None:
        """Throw away what came too late or unasked."""
        self._framing.wipe()
        for _ in range(_STALE_READS_MAX):
            if not self._wire.read_into(self._framing.room(), 0.0):
                break
        self._framing.wipe()
