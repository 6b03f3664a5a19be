"""How the printer is connected and what it can do."""

from __future__ import annotations

import ipaddress
import posixpath
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal

from pydantic import Field

from config.document import Part, Problem, say

_USB = r"^[0-9A-Fa-f]{4}:[0-9A-Fa-f]{4}(:[!-~]([ -~]*[!-~])?)?$"
PRINTER_NODES = ("/dev/usb/lp", "/dev/lp")  # as the kernel names them
# Which key says where the printer is.
_WHERE = {"serial": "path", "usblp": "path", "usb": "usb", "tcp": "host"}
_EXAMPLES = {
    "serial": '`path = "/dev/serial/by-id/usb-station-printer"`',
    "usblp": '`path = "/dev/usb/lp0"`',
    "usb": '`usb = "0fe6:811e"` as `lsusb` shows it',
    "tcp": '`host = "192.168.1.60"`',
}


class Printer(Part):
    """The thermal printer for vouchers."""

    connection: Literal["serial", "usblp", "usb", "tcp"] = Field(
        default="serial",
        description="`serial`: RS-232, or a USB printer that shows a serial port; `usblp`: a USB printer with a node "
        "under /dev/usb/; `usb`: a USB printer without one; `tcp`: the network.",
    )
    path: Path | None = Field(
        default=None,
        strict=False,
        description="serial: name under /dev/serial/by-id/, which stays the same when plugs are moved; "
        "usblp: name under /dev/usb/.",
        json_schema_extra=say(example='"/dev/serial/by-id/usb-station-printer"'),
    )
    usb: str | None = Field(
        default=None,
        max_length=136,
        pattern=_USB,
        description="usb: the device as `lsusb` shows it; the serial number tells two equal printers apart.",
        json_schema_extra=say(form="vid:pid or vid:pid:serial in quotes", example='"0fe6:811e"', instead="path"),
    )
    host: str | None = Field(
        default=None,
        max_length=45,
        description="tcp: the printer's fixed address. A name is not enough: nobody may answer for it.",
        json_schema_extra=say(form="an IP address in quotes", example='"192.168.1.60"', instead="path"),
    )
    port: int = Field(default=9100, ge=1, le=65535, description="tcp: the printer's port.")
    baud: Literal[9600, 19200, 38400, 57600, 115200] = Field(
        default=115200,
        description="serial: speed, as printed on the printer's self-test page.",
        json_schema_extra=say(unit="Bd"),
    )
    flow: Literal["rtscts", "xonxoff", "paced"] | None = Field(
        default=None,
        description="serial: how the line is kept from overrunning the printer; absent: `rtscts`. A three-wire cable "
        "needs `xonxoff` if the printer is set to it, else `paced`.",
        json_schema_extra=say(example='"xonxoff"'),
    )
    profile: Literal["80mm", "58mm", "80mm-mute", "58mm-mute"] = Field(
        default="80mm",
        description="Width of the paper; `mute` for a printer that answers no questions about its state.",
    )
    charset: Literal["ascii", "gb2312", "gbk", "gb18030", "gb18030-4"] | None = Field(
        default=None,
        description="Characters in the printer's own font, as on its self-test page; absent: `gb18030`. All others "
        "are drawn, which is slower. `gb18030-4` only if it prints 㛃 and 𬭎 by itself.",
        json_schema_extra=say(example='"gb2312"'),
    )
    qr: Literal["native", "native-bytes", "raster"] | None = Field(
        default=None,
        description="Who draws QR codes; absent: `native`, the printer. `native-bytes` if its codes come out larger "
        "than on our pictures, `raster` if it cannot.",
        json_schema_extra=say(example='"raster"'),
    )
    cutter: bool | None = Field(
        default=None,
        description="Whether it has a blade; absent: as the profile, 80 mm yes, 58 mm no.",
        json_schema_extra=say(example="true"),
    )
    status: Literal["realtime", "asb", "port", "none"] | None = Field(
        default=None,
        description="How it tells its state: `realtime` is asked, `asb` tells by itself, `port` has the USB port's "
        "status alone, `none` cannot; absent: as the profile.",
        json_schema_extra=say(example='"asb"'),
    )


def printer_problems(part: Mapping[str, Any]) -> Iterator[Problem]:
    """What does not go together in `[printer]`."""
    kind = part.get("connection", "serial")
    if kind not in _WHERE:
        return
    where = _WHERE[kind]
    if where not in part:
        yield Problem(
            ("printer", where), f"`{where}`, as the connection is {kind}", f"Add for example {_EXAMPLES[kind]}."
        )
    for key in sorted(set(_WHERE.values()) - {where}):
        if key in part:
            kinds = " or ".join(other for other, place in _WHERE.items() if place == key)
            yield Problem(
                ("printer", key), f"`{where}` alone, as the connection is {kind}", f"Remove it, or set {kinds} above."
            )
    yield from _path_problems(kind, part.get("path"))
    host = part.get("host")
    if kind == "tcp" and isinstance(host, str):
        if not _is_address(host):
            yield Problem(("printer", "host"), "an IP address in quotes", f"Write for example {_EXAMPLES['tcp']}.")
        elif (address := ipaddress.ip_address(host)).is_unspecified or address.is_multicast:
            yield Problem(("printer", "host"), "the address of one device", f"Write for example {_EXAMPLES['tcp']}.")
    if part.get("status") == "port" and kind in ("serial", "tcp"):
        yield Problem(("printer", "status"), "a status that this connection has", "`port` belongs to usblp and usb.")


def _path_problems(kind: str, path: Any) -> Iterator[Problem]:
    """A serial printer is not at a printer node, and the other way round. A link of one's own may lead anywhere."""
    if not isinstance(path, str) or not path.startswith("/"):
        return
    place = normal(path)
    if kind == "serial" and place.startswith(PRINTER_NODES):
        yield Problem(("printer", "path"), "a serial line", 'This is a printer node: set `connection = "usblp"`.')
    elif kind == "serial" and place.startswith("/dev/input/"):
        yield Problem(("printer", "path"), "a serial line", "This is a keyboard; see `kiosk check`.")
    elif kind == "usblp" and place.startswith("/dev/") and not place.startswith((*PRINTER_NODES, "/dev/yizhan/")):
        yield Problem(("printer", "path"), "a name under /dev/usb/", f"Write for example {_EXAMPLES['usblp']}.")


def normal(path: str) -> str:
    """One spelling of a path: ``/dev//a`` and ``/dev/b/../a`` are ``/dev/a``. Looks at no file system."""
    return "/" + posixpath.normpath(path).lstrip("/")


def _is_address(text: str) -> bool:
    if not re.fullmatch(r"[0-9A-Fa-f.:]+", text):
        return False
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True
