"""Which device is connected where. A section that is absent is a device that the station does not have."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Literal

from pydantic import Field

from config.document import Document, Part, Problem, say
from config.printer import PRINTER_NODES, Printer, normal, printer_problems

_PATH = "Name under /dev/serial/by-id/, which stays the same when plugs are moved."


class Scanner(Part):
    """The scanner for QR codes, in serial mode or in keyboard mode."""

    connection: Literal["serial", "keyboard"] = Field(
        default="serial", description="How it is set up; `serial` is better where the scanner offers it."
    )
    path: Path | None = Field(
        default=None,
        strict=False,
        description="Name under /dev/serial/by-id/, for a keyboard under /dev/input/by-id/; by-path/ names a port.",
        json_schema_extra=say(example='"/dev/serial/by-id/usb-station-scanner"'),
    )
    usb: str | None = Field(
        default=None,
        pattern=r"^[0-9A-Fa-f]{4}:[0-9A-Fa-f]{4}(:[!-~]([ -~]*[!-~])?)?$",
        description="Instead of `path`, for a keyboard: who it says it is; `kiosk check` lists what is plugged in.",
        json_schema_extra=say(
            form="vendor:product or vendor:product:serial, in quotes", example='"0c2e:0b61:17B04"', instead="path"
        ),
    )
    baud: Literal[9600, 19200, 38400, 57600, 115200] = Field(
        default=9600, description="Speed; without meaning for a USB scanner.", json_schema_extra=say(unit="Bd")
    )
    ending: Literal["enter", "tab", "either"] = Field(
        default="enter",
        description="For a keyboard: the key that ends a code; `enter` is that of the number pad too.",
    )


class Speech(Part):
    """The spoken line of each screen. Without this section the station is silent."""

    enabled: bool = Field(default=True, description="False mutes it.")
    folder: Path | None = Field(
        default=None,
        strict=False,
        description="Folder of recordings; `kiosk speech --list` says which. Without one a voice is made.",
        json_schema_extra=say(example='"/var/lib/yizhan/speech"'),
    )
    voice: str = Field(
        default="cmn",
        min_length=1,
        max_length=40,
        pattern=r"^[A-Za-z0-9][A-Za-z0-9+-]*$",
        description="Voice of espeak-ng for lines that nobody recorded; `cmn` is Mandarin.",
    )
    voice_en: str = Field(
        default="en-us",
        min_length=1,
        max_length=40,
        pattern=r"^[A-Za-z0-9][A-Za-z0-9+-]*$",
        description="The same for lines in English.",
    )
    volume: int = Field(default=80, ge=0, le=100, description="Loudness.", json_schema_extra=say(unit="%"))
    output: str = Field(
        default="default",
        min_length=1,
        max_length=80,
        pattern=r"^[A-Za-z0-9_][A-Za-z0-9_:=,.-]*$",
        description="Sound card by the name that `aplay -L` gives it.",
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
    speech: Speech | None = Field(default=None, description=str(Speech.__doc__))

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
            elif normal(path) in seen:
                yield Problem((role, "path"), "a path of its own", f"The {seen[normal(path)]} has this path already.")
            seen.setdefault(normal(path), role)
        yield from _reader_problems(data.get("idcard"))
        yield from _scanner_problems(data.get("scanner"))
        yield from _speech_problems(data.get("speech"))


def _reader_problems(part: Any) -> Iterable[Problem]:
    """A reader for cards is at a serial line."""
    path = part.get("path") if isinstance(part, dict) else None
    if isinstance(path, str) and normal(path).startswith((*PRINTER_NODES, "/dev/input/")):
        yield Problem(("idcard", "path"), "a serial line", "Readers are under /dev/serial/by-id/; see `kiosk check`.")


def _scanner_problems(part: Any) -> Iterable[Problem]:
    """A scanner is named in one way, and one that types is not looked for among serial lines."""
    if not isinstance(part, dict):
        return
    path, usb, types = part.get("path"), part.get("usb"), part.get("connection") == "keyboard"
    if path is None and (usb is None or not types):
        advice = "Add `path`, or `usb` for a scanner in keyboard mode." if types else "Add `path`."
        yield Problem(("scanner", "path"), "a path in quotes", advice)
    if usb is not None and not types:
        yield Problem(("scanner", "usb"), 'only with connection = "keyboard"', "Name a serial scanner by its `path`.")
    elif usb is not None and path is not None:
        yield Problem(("scanner", "usb"), "either `path` or `usb`", "Remove one of them.")
    place = normal(path) if isinstance(path, str) else ""
    if types and place.startswith(("/dev/serial/", "/dev/tty", *PRINTER_NODES)):
        yield Problem(("scanner", "path"), "a name under /dev/input/", "This is no keyboard; see `kiosk check`.")
    if not types and place.startswith(PRINTER_NODES):
        yield Problem(("scanner", "path"), "a serial line", "This is a printer node; see `kiosk check`.")
    if not types and place.startswith("/dev/input/"):
        yield Problem(("scanner", "path"), "a serial line", 'This is a keyboard: set `connection = "keyboard"`.')


def _speech_problems(part: Any) -> Iterable[Problem]:
    folder = part.get("folder") if isinstance(part, dict) else None
    if isinstance(folder, str) and not folder.startswith("/"):
        yield Problem(("speech", "folder"), "a path that begins with /", "Write the whole path.")
