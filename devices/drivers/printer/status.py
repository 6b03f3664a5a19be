"""Status bytes → what is wrong. Pure.

Sources: Epson TM-U220 (DLE EOT, p. 54), Citizen CBM1000 appendix 3 (how replies are told apart), Better BT-532C p. 49
(``GS r`` waits while paper is out).
"""

from __future__ import annotations

from enum import StrEnum

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
    FAULT = "printer.fault"
    MISSING = "printer.missing"
    BUSY_ELSEWHERE = "printer.busy_elsewhere"
    SILENT = "printer.silent"
    GARBLED = "printer.garbled"
    UNPRINTABLE = "printer.unprintable"  # a character or a size that this printer cannot print


class Reply(StrEnum):
    """What kind of byte came back."""

    REALTIME = "realtime"
    QUEUED = "queued"
    FLOW = "flow"
    GARBLED = "garbled"


# (query, mask, trouble), the first that fits wins: what a person can mend first, the vague ones last.
_TROUBLES = (
    (2, 0x04, Trouble.COVER_OPEN),
    (4, 0x60, Trouble.PAPER_OUT),
    (2, 0x20, Trouble.PAPER_OUT),
    (3, 0x08, Trouble.CUTTER),
    (3, 0x40, Trouble.OVERHEATED),
    (3, 0x20, Trouble.FAULT),
    (2, 0x40, Trouble.FAULT),
    (1, 0x08, Trouble.OFFLINE),
)
_NEAR_END = 0x0C
_FENCE_PAPER_OUT = 0x0C


def query(number: int) -> bytes:
    """``DLE EOT n``, answered in real time with one byte."""
    return bytes((0x10, 0x04, number))


def kind(byte: int) -> Reply:
    """Tell a reply of ``DLE EOT`` (0xx1xx10) from one of ``GS r`` (0xx0xxxx), and both from XON, XOFF and noise."""
    if byte in (0x11, 0x13):
        return Reply.FLOW
    if byte & 0x93 == 0x12:
        return Reply.REALTIME
    return Reply.QUEUED if byte & 0x90 == 0x00 else Reply.GARBLED


def state_of(replies: dict[int, int]) -> DeviceState:
    """The state from the replies at hand (query number → byte). A byte of the wrong form makes all of it unknown."""
    if any(kind(byte) is not Reply.REALTIME for byte in replies.values()):
        return DeviceState(Health.UNKNOWN, Trouble.GARBLED)
    for number, mask, trouble in _TROUBLES:
        if replies.get(number, 0) & mask:
            return DeviceState(Health.NOT_OK, trouble)
    if not set(QUERIES) <= replies.keys():
        return DeviceState(Health.UNKNOWN, Trouble.SILENT)
    return DeviceState(Health.OK, warning=Trouble.PAPER_NEAR_END if replies[4] & _NEAR_END else "")


def fence_trouble(byte: int) -> str:
    """What the reply of ``GS r 1`` complains of: ``""`` or paper out (so perhaps the last lines did not print)."""
    return Trouble.PAPER_OUT if byte & _FENCE_PAPER_OUT else ""
