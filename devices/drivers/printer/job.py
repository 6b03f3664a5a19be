"""What stands around the paper in a job: the reset before it, the fence after it, and what frees a printer that waits
for the rest of one that was cut off.
"""

from __future__ import annotations

import re

from devices.drivers.printer.profile import Charset, Profile, StatusMethod
from devices.drivers.printer.replies import Kind

FENCE = b"\x1dr\x01"  # GS r: queued, so its answer proves that everything before it was processed
PUSH_ON = b"\x1da\x0e"  # GS a: push four bytes when online, error or paper change, and once now
PADDING_UNKNOWN_BYTES = 4096  # longer than any command that an earlier process can have left open, save a large picture

PUSH_OFF = b"\x1da\x00"
_RESET, _TWO_BYTE = b"\x1b@", b"\x1c&"
_PICTURE = re.compile(rb"\x1dv0[\x00-\x03](..)(..)", re.DOTALL)
_COUNTED = re.compile(rb"\x1d\(k(..)", re.DOTALL)


def reset_of(profile: Profile) -> bytes:
    """What every job begins with, whatever the printer's switches say.

    ``ESC @``; ``GS a``, so that status bytes come unasked only where they are wanted; ``FS &``, so that two-byte codes
    are understood: a printer without Chinese would print the ``&``.
    """
    pushes = PUSH_ON if profile.status is StatusMethod.ASB else PUSH_OFF
    return _RESET + pushes + (b"" if profile.charset is Charset.ASCII else _TWO_BYTE)


def seal_for(profile: Profile, *, pushes: bool) -> tuple[bytes, tuple[Kind, ...]]:
    """What follows a job's fence at once, and the replies to both in their order: no noise looks like all of them.

    A block that is pushed (``GS a``), then a second fence; for a printer that does not know blocks two more fences.
    They are in the printer's memory together with the job, and are lost with it.
    """
    if not pushes:
        return 2 * FENCE, 3 * (Kind.QUEUED,)
    off = b"" if profile.status is StatusMethod.ASB else PUSH_OFF
    return PUSH_ON + off + FENCE, (Kind.QUEUED, Kind.PUSHED, Kind.QUEUED)


def parting(profile: Profile) -> bytes:
    """What parts the beginning of a paper that was never finished from the next: a feed, and a cut with a blade."""
    return b"\x1bd\x06\x1dV\x00" if profile.cutter else b"\x1bd\x06"


def padding_for(job: bytes) -> int:
    """How many bytes the longest command of a job takes: a printer that lost the job's tail waits for at most so many.

    They are sent as NULs, which firmware passes over between commands and which are white in a picture.
    """
    pictures = [_number(match[1]) * _number(match[2]) + 8 for match in _PICTURE.finditer(job)]
    counted = [_number(match[1]) + 5 for match in _COUNTED.finditer(job)]
    return min(max([8, *pictures, *counted]), len(job))


def _number(pair: bytes) -> int:
    return int.from_bytes(pair, "little")
