"""What the driver must know of a printer model. Small on purpose: nothing here is asked of the printer itself."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from devices.cells import HALF_CELL_DOTS
from devices.drivers.wire import Flow


class Charset(StrEnum):
    """Which codes the firmware has glyphs for. Whatever else a paper holds is drawn as dots."""

    ASCII = "ascii"  # no Chinese at all
    GB2312 = "gb2312"
    GBK = "gbk"
    GB18030 = "gb18030"  # the two-byte part, as nearly all firmware that says GB18030
    GB18030_FOUR = "gb18030-4"  # the four-byte hanzi too: only where the printer's test page shows them


class QrMethod(StrEnum):
    """Who draws a QR code, and how large it comes out."""

    NATIVE = "native"  # the printer, packing 0-9 A-Z $%*+-./: and blanks tightly (alphanumeric mode)
    NATIVE_BYTES = "native-bytes"  # the printer, always in byte mode: larger
    RASTER = "raster"  # the driver, as dots


class StatusMethod(StrEnum):
    """How the printer says how it is."""

    REALTIME = "realtime"  # DLE EOT is answered at once, GS r in its turn
    ASB = "asb"  # GS a: four bytes, pushed at every change; GS r in its turn
    PORT = "port"  # nothing comes back but the status of the USB port
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Profile:
    """One kind of printer. ``dots`` is the printable width; ``flow`` matters on a serial line only."""

    name: str
    dots: int
    charset: Charset = Charset.GB18030
    cutter: bool = True
    status: StatusMethod = StatusMethod.REALTIME
    flow: Flow = Flow.RTSCTS
    qr: QrMethod = QrMethod.NATIVE

    @property
    def columns(self) -> int:
        """Half-width characters on a line."""
        return self.dots // HALF_CELL_DOTS

    @property
    def answers(self) -> bool:
        """Whether the printer itself can say that a job is done."""
        return self.status in (StatusMethod.REALTIME, StatusMethod.ASB)


PROFILES = {
    profile.name: profile
    for profile in (
        Profile("80mm", dots=576),
        Profile("58mm", dots=384, cutter=False),
        Profile("80mm-mute", dots=576, status=StatusMethod.NONE),
        Profile("58mm-mute", dots=384, cutter=False, status=StatusMethod.NONE),
    )
}
