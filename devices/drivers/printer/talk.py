"""Questions to a printer that answers, and waiting for the answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import cycle

from devices.drivers.printer.status import QUERIES, Reply, Trouble, fence_trouble, kind, query, state_of
from devices.drivers.wire import Wire
from devices.ports import Clock, DeviceState, Health

_QUIET_SECONDS = 0.1
_POLL_SECONDS = 0.25
_AFTER_SECONDS = 0.02  # in which a fence that noise seemed to answer would get its own answer as well
_NOISE_READS_MAX = 64  # a line that never falls quiet must not hold us


class Talk:
    """One printer's answers over an open wire. Times are seconds."""

    def __init__(self, *, wire: Wire, clock: Clock, reply_seconds: float) -> None:
        self._wire = wire
        self._clock = clock
        self._reply_seconds = reply_seconds

    def state(self) -> DeviceState:
        """Ask all four questions in one breath, and one by one where only some of them were answered."""
        replies = self._ask(QUERIES)
        if 0 < len(replies) < len(QUERIES) and not _garbled(replies):
            replies = self._one_by_one()
        if not self._wire.is_open:
            return DeviceState(Health.NOT_OK, Trouble.MISSING)
        return state_of(replies)

    def settled(self, fence: bytes, timeout_seconds: float) -> str:
        """Wait until everything sent earlier was processed: an old fence must not vouch for a new job.

        Fences are answered in order, so once ``fence`` has its answer and the line is quiet, nothing of an earlier job
        is left in the printer. Gives ``""``, or the code that says why it is not so.
        """
        self._wire.write(fence, self._reply_seconds)
        code = self.confirmed(timeout_seconds)
        self._forget(_QUIET_SECONDS)
        return code if self._wire.is_open else Trouble.MISSING

    def answered_once(self, fence: bytes, timeout_seconds: float) -> str:
        """Send one more fence and wait for its answer alone. ``""`` when exactly one came, and came clean."""
        self._wire.write(fence, self._reply_seconds)
        deadline = self._clock.monotonic() + timeout_seconds
        answers: list[int] = []
        while self._wire.is_open and not answers and (left := deadline - self._clock.monotonic()) > 0:
            answers += [byte for byte in self._wire.read(left) if kind(byte) is not Reply.REALTIME]
        answers += [byte for byte in self._wire.read(_AFTER_SECONDS) if kind(byte) is not Reply.REALTIME]
        if not self._wire.is_open:
            return Trouble.MISSING
        if len(answers) != 1 or kind(answers[0]) is not Reply.QUEUED:
            return Trouble.GARBLED if answers else Trouble.SILENT
        return fence_trouble(answers[0])

    def confirmed(self, timeout_seconds: float) -> str:
        """Wait for a fence's answer, asking meanwhile what may have stopped the job. ``""`` when it came clean."""
        now = self._clock.monotonic()
        deadline, ask_at, asked = now + timeout_seconds, now + _POLL_SECONDS, 0
        questions = cycle((4, 2))  # paper, then cover: what stops a job
        code = Trouble.SILENT
        while self._wire.is_open and (now := self._clock.monotonic()) < deadline:
            if now >= ask_at:
                asked, ask_at = next(questions), now + _POLL_SECONDS
                self._wire.write(query(asked), self._reply_seconds)
            for byte in self._wire.read(min(deadline, ask_at) - now):
                match kind(byte):
                    case Reply.QUEUED:
                        return fence_trouble(byte)
                    case Reply.REALTIME if (state := state_of({asked: byte})).health is Health.NOT_OK:
                        return state.code
                    case Reply.GARBLED:
                        code = Trouble.GARBLED
        return code if self._wire.is_open else Trouble.MISSING

    def _one_by_one(self) -> dict[int, int]:
        """Ask each question apart: answers say nothing of what they answer, so a missing one shifts the others."""
        replies: dict[int, int] = {}
        for number in QUERIES:
            answer = self._ask((number,))
            if not answer:
                break
            replies |= answer
            if _garbled(answer):
                break
        return replies

    def _ask(self, numbers: Sequence[int]) -> dict[int, int]:
        """The answers, one byte a question, in the order asked; fewer when the printer falls silent."""
        self._forget(0.0)
        self._wire.write(b"".join(query(number) for number in numbers), self._reply_seconds)
        deadline = self._clock.monotonic() + self._reply_seconds
        replies: dict[int, int] = {}
        while self._wire.is_open and (left := deadline - self._clock.monotonic()) > 0:
            for byte in self._wire.read(left):
                if kind(byte) in (Reply.REALTIME, Reply.GARBLED):
                    replies[numbers[len(replies)]] = byte
                    if len(replies) == len(numbers) or kind(byte) is Reply.GARBLED:
                        return replies
        return replies

    def _forget(self, quiet_seconds: float) -> None:
        """Drop whatever came unasked or too late, until the line is quiet."""
        for _ in range(_NOISE_READS_MAX):
            if not self._wire.read(quiet_seconds):
                return


def _garbled(replies: Mapping[int, int]) -> bool:
    return any(kind(byte) is Reply.GARBLED for byte in replies.values())
