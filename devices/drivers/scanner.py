"""The QR scanner on a serial line or USB-CDC."""

from __future__ import annotations

from devices.drivers.line_scanner import LineScanner
from devices.drivers.scan_framing import ScanFraming
from devices.drivers.wire import Flow, Wire
from devices.ports import Clock


class SerialScanner(LineScanner):
    """A scanner in serial mode at ``path`` (best a name under ``/dev/serial/by-id``). Implements ``Scanner``."""

    def __init__(self, *, path: str, baud: int = 9600, clock: Clock) -> None:
        wire = Wire(role="scanner", path=path, baud=baud, flow=Flow.PACED, clock=clock)
        super().__init__(line=wire, framing=ScanFraming(), clock=clock)
