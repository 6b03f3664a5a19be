"""The printer's own word that everything before it was processed: ``GS r``, answered in its turn."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

from devices.drivers.printer.asking import Asking
from devices.drivers.printer.job import FENCE
from devices.drivers.printer.replies import Kind, Reply
from devices.drivers.printer.status import Trouble, fence_trouble
from devices.drivers.printer.talk import Talk
from devices.ports import Health

_POLL_SECONDS = 0.25
_AFTER_SECONDS = 0.02  # in which a fence that noise seemed to answer would get its own answer as well


class Fence:
    """Waiting for fences. Every call gives ``""``, or the code that says why the printer's word did not come."""

    def __init__(self, talk: Talk, asking: Asking) -> None:
        self.pushes = False  # whether the printer answered ``GS a`` when it was settled
        self._talk = talk
        self._asking = asking

    def settled(self, start: bytes, timeout_seconds: float, quiet_seconds: float) -> str:
        """Send ``start`` and a fence, and wait until all that was sent earlier is done: an old fence must not vouch for
        a new job. Fences are answered in order, so once this one is and the line is quiet, nothing of a job is left.
        """
        asked_at = self._talk.now()
        code = self._awaited((Kind.QUEUED,), timeout_seconds) if self._talk.say(start + FENCE) else Trouble.SILENT
        self._talk.forget(quiet_seconds)
        self.pushes = self._talk.block_at >= asked_at
        return code if self._talk.alive else Trouble.MISSING

    def confirmed(self, expected: Sequence[Kind], timeout_seconds: float) -> str:
        """Wait for the replies to a job's fence and its seal (``seal_for``), asking meanwhile what may have stopped the
        job. Any other order, or any noise, is no confirmation.
        """
        return self._awaited(expected, timeout_seconds, strict=True)

    def _awaited(self, expected: Sequence[Kind], timeout_seconds: float, *, strict: bool = False) -> str:
        now = self._talk.now()
        deadline, ask_at = now + timeout_seconds, now + _POLL_SECONDS
        code: str = Trouble.SILENT
        waiting = deque(expected)
        while self._talk.alive and (now := self._talk.now()) < deadline:
            if now >= ask_at:
                ask_at = now + _POLL_SECONDS
                self._asking.glance()
            for reply in self._talk.hear(min(deadline, ask_at) - now):
                if complaint := self._complaint(reply):
                    return complaint
                if reply.kind is waiting[0]:
                    waiting.popleft()
                    if not waiting:
                        return ""
                elif strict and _is_answer(reply):
                    return Trouble.GARBLED
                elif reply.kind is Kind.NOISE:
                    code = Trouble.GARBLED
        return code if self._talk.alive else Trouble.MISSING

    def _complaint(self, reply: Reply) -> str:
        return fence_trouble(reply.byte) if reply.kind is Kind.QUEUED else self._asking.complaint(reply)

    def vouched(self) -> str:
        """Whether it was the printer that answered: one byte of noise looks like a fence's answer, and a break is 0x00.

        A second fence must be answered too, by exactly one byte, and the printer must be well afterwards: one that lost
        its power, or still holds the job, answers neither.
        """
        if code := self._answered_once():
            return code
        state = self._asking.state()
        return "" if state.health is Health.OK else state.code

    def _answered_once(self) -> str:
        if not self._talk.say(FENCE):  # whatever came now would be no answer
            return Trouble.SILENT if self._talk.alive else Trouble.MISSING
        answers = [
            reply
            for reply in (
                *self._talk.hear_until(_is_answer, self._talk.reply_seconds),
                *self._talk.hear(_AFTER_SECONDS),
            )
            if _is_answer(reply)
        ]
        if not self._talk.alive:
            return Trouble.MISSING
        if len(answers) != 1 or answers[0].kind is not Kind.QUEUED:
            return Trouble.GARBLED if answers else Trouble.SILENT
        return fence_trouble(answers[0].byte)


def _is_answer(reply: Reply) -> bool:
    """Anything that is neither an answer in real time nor pushed."""
    return reply.kind in (Kind.QUEUED, Kind.NOISE)
