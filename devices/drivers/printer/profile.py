"""What the driver must know of a printer model. Small on purpose: nothing here is asked of the printer itself."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from devices.drivers.wire import Flow


class Charset(StrEnum):
    """Which two-byte codes the firmware has glyphs for; it never prints four-byte codes."""

    GB18030 = "gb18030"
    GB2312 = "gb2312"


@dataclass(frozen=True, slots=True)
class Profile:
    """One kind of printer. ``columns`` are half-width characters, ``dots`` the printable width."""

    name: str
    columns: int
    dots: int
    charset: Charset = Charset.GB18030
    cutter: bool = True
    answers: bool = True
    flow: Flow = Flow.RTSCTS


PROFILES = {
    profile.name: profile
    for profile in (
        Profile("80mm", columns=48, dots=576),
        Profile("58mm", columns=32, dots=384, cutter=False),
        Profile("80mm-mute", columns=48, dots=576, answers=False),
    )
}
