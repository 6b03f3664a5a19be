"""A simulated printer and the real driver, on every kind of line there is."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from devices.drivers.printer.printer import EscPosPrinter, Patience
from devices.drivers.printer.profile import PROFILES, Profile, StatusMethod
from devices.drivers.printer.tcp import TcpTransport
from devices.drivers.printer.usb import UsbTransport
from devices.drivers.printer.usb_device import UsbName
from devices.drivers.printer.usblp import UsblpTransport
from devices.drivers.transport import Transport
from devices.drivers.wire import Flow, SerialTransport
from devices.simulated.ends import End
from devices.simulated.line import PtyLine
from devices.simulated.network import TcpLine
from devices.simulated.printer import SimulatedPrinter
from devices.simulated.usb import UsbLine
from devices.simulated.usb_bus import UsbBus
from devices.simulated.usb_descriptors import UsbModel
from tests.devices.helpers import QUICK, JumpingClock, plug, quick_printer

SERIAL = {f"serial-{flow.value}": flow for flow in Flow}
KINDS = (*SERIAL, "usblp", "usb", "tcp")
WIDTHS = ("80mm", "58mm")
MODEL = UsbModel()
# Every line with both widths; how a serial line is kept from overrunning has nothing to do with the width.
RIGS = [
    *(f"{kind}/{width}" for kind, width in itertools.product(("serial-rtscts", "usblp", "usb", "tcp"), WIDTHS)),
    "serial-xonxoff/80mm",
    "serial-paced/58mm",
]


@dataclass
class Rig:
    """One kind of line, one width; ``device`` is plugged in, ``driver`` knows where."""

    kind: str
    profile: Profile
    folder: Path
    clock: JumpingClock = field(default_factory=JumpingClock)
    bus: UsbBus = field(default_factory=UsbBus)
    device: SimulatedPrinter = field(init=False)
    driver: EscPosPrinter = field(init=False)
    port: int = 0
    patience: Patience = QUICK

    @classmethod
    def named(cls, name: str, folder: Path, **changes: Any) -> Rig:
        """From ``usb/58mm``, perhaps with a changed profile."""
        kind, width = name.split("/")
        return cls(kind, replace(PROFILES[width], **changes), folder)

    def start(self, **options: Any) -> Rig:
        """Plug a printer in and make the driver."""
        mute = self.profile.status in (StatusMethod.NONE, StatusMethod.PORT)
        self.device = SimulatedPrinter(
            dots=self.profile.dots, cutter=self.profile.cutter, line=self.end(), **{"mute": mute} | options
        )
        self.driver = quick_printer(self.transport(), self.clock, self.profile, patience=self.patience)
        return self

    def end(self) -> End:
        """The other end of a new cable at the same place."""
        match self.kind:
            case "tcp":
                line = TcpLine(self.port)
                self.port = line.port
                return line
            case "usb":
                return self.bus.plug(UsbLine(MODEL, kernel_driver=True))
            case _:
                pty = PtyLine()
                plug(self.folder / "printer", pty.path)
                return pty

    def transport(self) -> Transport:
        match self.kind:
            case "tcp":
                return TcpTransport(host="127.0.0.1", port=self.port)
            case "usb":
                return UsbTransport(usb=UsbName.parse(MODEL.name), clock=self.clock, backend=self.bus)
            case "usblp":
                path = str(self.folder / "printer")
                return UsblpTransport(path=path, port_status=lambda _descriptor: self.device.port_status())
            case _:
                # Fast, so that pacing takes no time worth waiting for.
                return SerialTransport(path=str(self.folder / "printer"), baud=115200, flow=SERIAL[self.kind])

    def replug(self) -> None:
        """The cable is in again; the printer stayed on. The driver need not wait for its next attempt."""
        self.device.unplug()
        self.device.replug(self.end())
        self.clock.jump(11)

    def close(self) -> None:
        self.driver.close()
        self.device.close()
