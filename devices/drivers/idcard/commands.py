"""What a SAM_V module is asked. Reading with fingerprints (30 10) is not among it, and must not be."""

from __future__ import annotations

from dataclasses import dataclass

from devices.drivers.idcard.framing import framed


@dataclass(frozen=True, slots=True)
class Command:
    """One command. ``answer_bytes`` is the length of a good answer, which a slow line needs time for."""

    name: str
    body: bytes
    answer_bytes: int

    @property
    def frame(self) -> bytes:
        """What goes out."""
        return framed(self.body)


RESET = Command("reset", b"\x10\xff", 11)
STATUS = Command("status", b"\x11\xff", 11)
SAM_ID = Command("sam id", b"\x12\xff", 27)
FIND = Command("find", b"\x20\x01", 15)
SELECT = Command("select", b"\x20\x02", 19)
READ = Command("read", b"\x30\x01", 1295)

OK = 0x90
FOUND = 0x9F
NO_CARD = 0x80


def sam_id(data: memoryview) -> str:
    """The module's number as its makers print it, ``05.03-20190101-0000000001-0123456789``; ``""`` if it is none."""
    if len(data) != 16:
        return ""
    kinds = [int.from_bytes(data[at : at + 2], "little") for at in (0, 2)]
    day, *numbers = (int.from_bytes(data[at : at + 4], "little") for at in (4, 8, 12))
    return "-".join((f"{kinds[0]:02d}.{kinds[1]:02d}", f"{day:08d}", *(f"{number:010d}" for number in numbers)))
