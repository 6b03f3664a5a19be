"""Status bytes → what is wrong. Pure.

Sources: Epson TM-U220 (DLE EOT, p. 54; GS a, p. 82), Better BT-532C p. 49 (``GS r`` waits while paper is out), the USB
printer class 1.1 (GET_PORT_STATUS).
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from devices.drivers.printer.replies import Kind, kind_of
from devices.ports import DeviceState, Health

QUERIES = (1, 2, 3, 4)


class Trouble(StrEnum):
    """Every code of the printer."""

    PAPER_OUT = "printer.paper_out"
    PAPER_NEAR_END = "printer.paper_near_end"
    COVER_OPEN = "printer.cover_open"
    OFFLINE = "printer.offline"
    CUTTER = "printer.cutter"
    OVERHEATED = "printer.overheated"
    FAULT = "printer.fault"  # one that does not go away by itself
    ATTENTION = "printer.attention"  # an error that it does not name
    MISSING = "printer.missing"
    BUSY_ELSEWHERE = "printer.busy_elsewhere"
    SILENT = "printer.silent"
    GARBLED = "printer.garbled"
    UNPRINTABLE = "printer.unprintable"  # a character or a size that this printer cannot print


# (which byte, mask, trouble), the first that fits wins: what a person can mend first, the vague ones last.
_OF_QUERIES = (
    (2, 0x04, Trouble.COVER_OPEN),
    (4, 0x60, Trouble.PAPER_OUT),
    (2, 0x20, Trouble.PAPER_OUT),
    (3, 0x08, Trouble.CUTTER),
    (3, 0x40, Trouble.OVERHEATED),
    (3, 0x20, Trouble.FAULT),
    (2, 0x40, Trouble.ATTENTION),
    (1, 0x08, Trouble.OFFLINE),
)
_OF_BLOCK = (
    (0, 0x20, Trouble.COVER_OPEN),
    (2, 0x0C, Trouble.PAPER_OUT),
    (1, 0x08, Trouble.CUTTER),
    (1, 0x40, Trouble.OVERHEATED),
    (1, 0x20, Trouble.FAULT),
    (0, 0x08, Trouble.OFFLINE),
)
_NEAR_END = 0x0C
_NEAR_END_OF_BLOCK = 0x03
_FENCE_PAPER_OUT = 0x0C
_PORT_PAPER_EMPTY, _PORT_SELECTED, _PORT_NO_ERROR = 0x20, 0x10, 0x08


def query(number: int) -> bytes:
    """``DLE EOT n``, answered in real time with one byte."""
    return bytes((0x10, 0x04, number))


def state_of(replies: dict[int, int]) -> DeviceState:
    """The state from the replies at hand (query number → byte). A byte of the wrong form makes all of it unknown."""
    if any(kind_of(byte) is not Kind.REALTIME for byte in replies.values()):
        return DeviceState(Health.UNKNOWN, Trouble.GARBLED)
    if trouble := _first(_OF_QUERIES, replies):
        return DeviceState(Health.NOT_OK, trouble)
    if not set(QUERIES) <= replies.keys():
        return DeviceState(Health.UNKNOWN, Trouble.SILENT)
    return DeviceState(Health.OK, warning=Trouble.PAPER_NEAR_END if replies[4] & _NEAR_END else "")


def state_of_block(block: bytes) -> DeviceState:
    """The state from the four bytes that ``GS a`` makes the printer push."""
    if trouble := _first(_OF_BLOCK, dict(enumerate(block))):
        return DeviceState(Health.NOT_OK, trouble)
    return DeviceState(Health.OK, warning=Trouble.PAPER_NEAR_END if block[2] & _NEAR_END_OF_BLOCK else "")


def state_of_port(status: int | None) -> DeviceState:
    """The state from the byte of GET_PORT_STATUS; ``None`` when the port did not say. It knows of no near end."""
    if status is None:
        return DeviceState(Health.UNKNOWN, Trouble.SILENT)
    if status & _PORT_PAPER_EMPTY:
        return DeviceState(Health.NOT_OK, Trouble.PAPER_OUT)
    if not status & _PORT_NO_ERROR:
        return DeviceState(Health.NOT_OK, Trouble.ATTENTION)
    if not status & _PORT_SELECTED:
        return DeviceState(Health.NOT_OK, Trouble.OFFLINE)
    return DeviceState(Health.OK)


def fence_trouble(byte: int) -> str:
    """What the reply of ``GS r 1`` complains of: ``""`` or paper out (so perhaps the last lines did not print)."""
    return Trouble.PAPER_OUT if byte & _FENCE_PAPER_OUT else ""


def _first(table: Iterable[tuple[int, int, Trouble]], values: dict[int, int]) -> str:
    return next((trouble for place, mask, trouble in table if values.get(place, 0) & mask), "")
