"""How a printer says how it is: asked in real time, by what it pushes, by its USB port, or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import cycle
from typing import Protocol

from devices.drivers.line import Line
from devices.drivers.printer.job import PADDING_UNKNOWN_BYTES, PUSH_ON
from devices.drivers.printer.profile import StatusMethod
from devices.drivers.printer.replies import Kind, Reply, kind_of
from devices.drivers.printer.status import QUERIES, Trouble, query, state_of, state_of_block, state_of_port
from devices.drivers.printer.talk import Talk
from devices.ports import DeviceState, Health

_SILENT = DeviceState(Health.UNKNOWN, Trouble.SILENT)
_MISSING = DeviceState(Health.NOT_OK, Trouble.MISSING)
_ASK_AGAIN_SECONDS = 30.0


class Asking(Protocol):
    """One way to learn how the printer is, over an open line."""

    def state(self) -> DeviceState:
        """Ask now."""
        ...

    def glance(self) -> None:
        """In the middle of a job: ask about what may have stopped it, without waiting."""
        ...

    def complaint(self, reply: Reply) -> str:
        """The trouble that a reply in the middle of a job tells of, or ``""``."""
        ...


def asking_for(method: StatusMethod, talk: Talk, line: Line) -> Asking:
    """The way that a profile names."""
    match method:
        case StatusMethod.REALTIME:
            return RealTime(talk, line)
        case StatusMethod.ASB:
            return Pushed(talk, line)
        case _:
            return Port(line, asks=method is StatusMethod.PORT)


class RealTime:
    """``DLE EOT 1-4``. Where they stay unanswered the USB port may say what is wrong, but never that all is well."""

    def __init__(self, talk: Talk, line: Line) -> None:
        self._talk = talk
        self._line = line
        self._questions = cycle((4, 2))  # paper, then cover: what stops a job
        # Asked in mid-job and not answered yet, at most one: on a slow line it waits behind the job, and an answer does
        # not say what it answers (a paper near its end looks like an open cover).
        self._glanced = 0

    def state(self) -> DeviceState:
        """Ask all four questions in one breath, and one by one where only some of them were answered."""
        self._glanced = 0
        replies = self._talk.ask(QUERIES)
        if 0 < len(replies) < len(QUERIES) and not _garbled(replies):
            replies = self._one_by_one()
        if not self._talk.alive:
            return _MISSING
        return _or_port(state_of(replies), self._line)

    def glance(self) -> None:
        """See ``Asking``."""
        if not self._glanced:
            self._glanced = next(self._questions)
            self._talk.say(query(self._glanced))

    def complaint(self, reply: Reply) -> str:
        """See ``Asking``."""
        if reply.kind is not Kind.REALTIME or not self._glanced:
            return ""
        glanced, self._glanced = self._glanced, 0
        return _trouble(state_of({glanced: reply.byte}))

    def _one_by_one(self) -> dict[int, int]:
        """Ask each question apart: answers say nothing of what they answer, so a missing one shifts the others."""
        replies: dict[int, int] = {}
        for number in QUERIES:
            answer = self._talk.ask((number,))
            replies |= answer
            if not answer or _garbled(answer):
                break
        return replies


class Pushed:
    """``GS a``: the printer pushes four bytes at every change. A printer that is offline keeps the question until it is
    well, so it is asked again only now and then: questions would fill its buffer.
    """

    def __init__(self, talk: Talk, line: Line) -> None:
        self._talk = talk
        self._line = line

    def state(self) -> DeviceState:
        """What was pushed last; asked for anew while all seems well, as one that lost its power pushes nothing."""
        self._talk.forget(0.0)
        if self._due():
            self._ask()
        if not self._talk.alive:
            return _MISSING
        block = self._talk.block
        return _or_port(_SILENT if block is None else state_of_block(block), self._line)

    def _due(self) -> bool:
        return self._well() or self._talk.now() - self._talk.block_at >= _ASK_AGAIN_SECONDS

    def _ask(self) -> None:
        """Have the state pushed. One that was well and says nothing is unknown; one in trouble still has it."""
        known = None if self._well() else self._talk.block
        self._talk.block, self._talk.block_at = None, self._talk.now()
        if self._talk.say(PUSH_ON):
            self._talk.hear_until(lambda reply: reply.kind is Kind.PUSHED, self._talk.reply_seconds)
        if self._talk.block is None:
            self._talk.block = known
            if known is None:  # perhaps the question became part of a command that was cut off
                self._talk.padding = PADDING_UNKNOWN_BYTES

    def _well(self) -> bool:
        return self._talk.block is not None and not _trouble(state_of_block(self._talk.block))

    def glance(self) -> None:
        """See ``Asking``: nothing need be asked."""

    def complaint(self, reply: Reply) -> str:
        """See ``Asking``."""
        return _trouble(state_of_block(reply.data)) if reply.kind is Kind.PUSHED else ""


class Port:
    """The status of the USB port alone, or nothing at all."""

    def __init__(self, line: Line, *, asks: bool) -> None:
        self._line = line
        self._asks = asks

    def state(self) -> DeviceState:
        """See ``Asking``."""
        return state_of_port(self._line.port_status()) if self._asks else _SILENT

    def glance(self) -> None:
        """See ``Asking``: there is nothing to ask."""

    def complaint(self, reply: Reply) -> str:
        """See ``Asking``: nothing is ever heard."""
        del reply
        return ""


def _or_port(state: DeviceState, line: Line) -> DeviceState:
    if state.code == Trouble.SILENT and _trouble(port := state_of_port(line.port_status())):
        return port
    return state


def _trouble(state: DeviceState) -> str:
    return state.code if state.health is Health.NOT_OK else ""


def _garbled(replies: Mapping[int, int]) -> bool:
    return any(kind_of(byte) is Kind.NOISE for byte in replies.values())
