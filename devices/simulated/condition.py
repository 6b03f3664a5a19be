"""What is wrong with the simulated printer, and how its status bytes say so. Pure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Condition:
    """The printer's sensors. All fine by default."""

    paper_out: bool = False
    near_end: bool = False
    cover_open: bool = False
    cutter_jammed: bool = False
    overheated: bool = False
    broken: bool = False
    offline: bool = False

    @property
    def ready(self) -> bool:
        """Whether it prints."""
        return not (self.paper_out or self.cover_open or self._in_error or self.offline)

    @property
    def _in_error(self) -> bool:
        return self.cutter_jammed or self.overheated or self.broken

    def real_time_answer(self, number: int) -> int:
        """The byte that answers ``DLE EOT number`` (1-4): 0xx1xx10."""
        bits = {
            1: ((not self.ready, 0x08),),
            2: ((self.cover_open, 0x04), (self.paper_out, 0x20), (self._in_error, 0x40)),
            3: ((self.cutter_jammed, 0x08), (self.broken, 0x20), (self.overheated, 0x40)),
            4: ((self.near_end or self.paper_out, 0x0C), (self.paper_out, 0x60)),
        }[number]
        return 0x12 | sum(bit for on, bit in bits if on)

    def pushed(self) -> bytes:
        """The four bytes that ``GS a`` has it push: 0xx1xx00 and three of 0xx0xxxx."""
        first = ((not self.ready, 0x08), (self.cover_open, 0x20))
        second = ((self.cutter_jammed, 0x08), (self.broken, 0x20), (self.overheated, 0x40))
        third = ((self.near_end or self.paper_out, 0x03), (self.paper_out, 0x0C))
        head, *rest = (sum(bit for on, bit in bits if on) for bits in (first, second, third))
        return bytes((0x10 | head, *rest, 0x0F))

    def port_status(self) -> int:
        """The byte of GET_PORT_STATUS: 20h paper empty, 10h selected, 08h no error."""
        well = not (self.cover_open or self._in_error)
        return (0x20 if self.paper_out else 0) | (0 if self.offline else 0x10) | (0x08 if well else 0)

    def fence_answer(self) -> int:
        """The byte that answers ``GS r 1``: 0xx0xxxx. It is given only while there is paper."""
        return 0x03 if self.near_end else 0x00
