"""Which device is connected where. A section that is absent is a device that the station does not have."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Literal

from pydantic import Field

from config.document import Document, Part, Problem, say
from config.printer import Printer, printer_problems

_PATH = "Name under /dev/serial/by-id/, which stays the same when plugs are moved."


class Scanner(Part):
    """The scanner for QR codes, set to serial mode."""

    connection: Literal["serial"] = Field(default="serial", description="How it is connected.")
    path: Path = Field(
        strict=False, description=_PATH, json_schema_extra=say(example='"/dev/serial/by-id/usb-station-scanner"')
    )
    baud: Literal[9600, 19200, 38400, 57600, 115200] = Field(
        default=9600, description="Speed; without meaning for a USB scanner.", json_schema_extra=say(unit="Bd")
    )


class IdCard(Part):
    """The reader for resident ID cards, with a SAM_V module."""

    connection: Literal["serial"] = Field(default="serial", description="How it is connected.")
    path: Path = Field(
        strict=False, description=_PATH, json_schema_extra=say(example='"/dev/serial/by-id/usb-station-idcard"')
    )
    baud: Literal[9600, 19200, 38400, 57600, 115200] = Field(
        default=115200, description="Speed; a new reader has 115200.", json_schema_extra=say(unit="Bd")
    )


class DeviceSettings(Document):
    """The file `devices.toml`."""

    printer: Printer | None = Field(default=None, description=str(Printer.__doc__))
    scanner: Scanner | None = Field(default=None, description=str(Scanner.__doc__))
    idcard: IdCard | None = Field(default=None, description=str(IdCard.__doc__))

    @classmethod
    def problems(cls, data: Mapping[str, Any]) -> Iterable[Problem]:
        """Every device has a path of its own, from the root of the file system."""
        if isinstance(printer := data.get("printer"), dict):
            yield from printer_problems(printer)
        seen: dict[str, str] = {}
        for role in ("printer", "scanner", "idcard"):
            part = data.get(role)
            path = part.get("path") if isinstance(part, dict) else None
            if not isinstance(path, str):
                continue
            if not path.startswith("/"):
                yield Problem((role, "path"), "a path that begins with /", "Write the whole path.")
            elif path in seen:
                yield Problem((role, "path"), "a path of its own", f"The {seen[path]} has this path already.")
            seen.setdefault(path, role)
