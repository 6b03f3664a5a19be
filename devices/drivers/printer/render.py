"""Paper → the bytes of one print job. Commands from the ESC/POS manuals of Epson, Citizen and SPRT.

python-escpos writes the plain commands. Text never goes through its ``text()``, which turns full-width marks and rare
hanzi into ``?``, and centring and positions are ours.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from devices.cells import HALF_CELL_DOTS, text_cells
from devices.drivers.printer.charset import UnprintableError, encoded, is_native
from devices.drivers.printer.job import FENCE, reset_of
from devices.drivers.printer.layout import Block, Line, laid_out
from devices.drivers.printer.library import pen
from devices.drivers.printer.profile import Profile, QrMethod
from devices.drivers.printer.raster import rastered
from devices.drivers.printer.symbol import QUIET_MODULES, drawn, module_dots
from devices.paper import Align, Cut, Feed, Paper, Qr

_PLAIN = Line("")
_TEAR_LINES = 4
_EC_M, _MODEL_2 = 1, 2
# From here on a position command (4 bytes) is shorter than the spaces; dots are the power-on motion unit.
_POSITION_CELLS_MIN = 5


def render(paper: Paper, profile: Profile, face: Path | None = None) -> bytes:
    """The whole job, from reset to fence.

    A line with a character that the profile's charset lacks is drawn with ``face``. Without a face, and for a
    character that the face lacks too, ``UnprintableError`` names it. Raises ``ValueError`` for a QR code that does not
    fit, ``OSError`` for a face that cannot be read.
    """
    job = _Job(profile, face)
    for block in laid_out(paper, profile.columns):
        job.add(block)
    return reset_of(profile) + bytes(job.data) + FENCE


class _Job:
    """Collects bytes and remembers what the printer is set to, so that only changes are sent."""

    def __init__(self, profile: Profile, face: Path | None) -> None:
        self.data = bytearray()
        self._profile = profile
        self._face = face
        self._pen = pen()
        self._now = _PLAIN

    def add(self, block: Block) -> None:
        match block:
            case Line():
                self._line(block)
            case Feed():
                if block.lines > 0:
                    self._command("print_and_feed", min(block.lines, 255))
            case Qr():
                self._qr(block)
            case Cut():
                self._set(_PLAIN)
                if self._profile.cutter:
                    self._command("cut")
                else:
                    self._command("print_and_feed", _TEAR_LINES)

    def _line(self, line: Line) -> None:
        if not line.text and not line.right:
            self.data += b"\n"
            return
        foreign = [char for char in line.text + line.right if not is_native(char, self._profile.charset)]
        if not foreign:
            self._set(line)
            self.data += encoded(line.text) + self._gap(line) + encoded(line.right) + b"\n"
        elif self._face is not None:
            self._set(_PLAIN)
            self.data += rastered(line, self._profile.columns, self._face)
        else:
            raise UnprintableError(foreign[0])

    def _gap(self, line: Line) -> bytes:
        if not line.right:
            return b""
        start = self._profile.columns - text_cells(line.right)
        cells = start - text_cells(line.text)
        if cells < _POSITION_CELLS_MIN:
            return b" " * cells
        return b"\x1b$" + (start * HALF_CELL_DOTS).to_bytes(2, "little")  # ESC $: dots from the left edge

    def _qr(self, qr: Qr) -> None:
        side = module_dots(qr, self._profile)
        raster = self._profile.qr is QrMethod.RASTER
        self._set(_PLAIN if raster else Line("", align=Align.CENTRE))
        quiet = b"\x1bJ" + bytes([QUIET_MODULES * side])  # ESC J: feed dots
        self.data += quiet
        if raster:
            self.data += drawn(qr, self._profile)
        else:
            self._command("qr", qr.payload, ec=_EC_M, size=side, model=_MODEL_2, native=True)
        self.data += quiet

    def _set(self, wanted: Line) -> None:
        now, self._now = self._now, wanted
        if (wanted.width, wanted.height) != (now.width, now.height):
            self._command("set", width=wanted.width, height=wanted.height, custom_size=True)
        if wanted.bold != now.bold:
            self._command("set", bold=wanted.bold)
        if wanted.align != now.align:
            self._command("set", align="center" if wanted.align is Align.CENTRE else wanted.align.value)

    def _command(self, name: str, *args: Any, **options: Any) -> None:
        getattr(self._pen, name)(*args, **options)
        self.data += self._pen.output
        self._pen.clear()
