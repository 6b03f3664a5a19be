"""The table of commands that the interpreter knows: their first bytes, how long they are, what they do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from devices.simulated.paper.dots import scaled
from devices.simulated.paper.page import Page
from devices.simulated.paper.parts import PaperError

# Arguments so far → how many bytes of arguments there are in all; None: not known yet.
Size = Callable[[bytes], int | None]
_ALIGNMENTS = {0, 1, 2, 48, 49, 50}
_BYTES_WIDE_MAX, _ROWS_MAX = 128, 4095  # Citizen and Epson: xL xH 1-128, yL yH 1-4095
_IN_REAL_TIME = (b"\x10\x04", b"\x10\x05", b"\x10\x14")


@dataclass(frozen=True, slots=True)
class Command:
    """One command. ``act`` gets exactly the bytes of its arguments."""

    prefix: bytes
    size: Size
    act: Callable[[Page, bytes], None]


def _fixed(count: int) -> Size:
    return lambda _arguments: count


def _counted(arguments: bytes) -> int | None:
    """``pL pH`` and so many bytes."""
    return 2 + int.from_bytes(arguments[:2], "little") if len(arguments) >= 2 else None


def _raster_size(arguments: bytes) -> int | None:
    """``m xL xH yL yH`` and x times y bytes."""
    if len(arguments) < 5:
        return None
    wide, rows = int.from_bytes(arguments[1:3], "little"), int.from_bytes(arguments[3:5], "little")
    _want(wide <= _BYTES_WIDE_MAX and rows <= _ROWS_MAX, f"a picture of {8 * wide} by {rows} dots")
    return 5 + wide * rows


def _want(ok: bool, sentence: str) -> None:
    if not ok:
        raise PaperError(sentence)


def _chinese(page: Page, _: bytes) -> None:
    page.chinese = True


def _single_byte(page: Page, _: bytes) -> None:
    page.chinese = False


def _size(page: Page, arguments: bytes) -> None:
    width, height = (arguments[0] >> 4) + 1, (arguments[0] & 0x0F) + 1
    _want(width <= 8 and height <= 8, "a size beyond eight")
    page.width, page.height = width, height


def _bold(page: Page, arguments: bytes) -> None:
    _want(arguments[0] in (0, 1), "bold is 0 or 1")
    page.bold = bool(arguments[0])


def _align(page: Page, arguments: bytes) -> None:
    _want(arguments[0] in _ALIGNMENTS, "unknown alignment")
    _want(not page.mid_line, "alignment changes only at the beginning of a line")
    page.align = arguments[0] % 48


def _raster(page: Page, arguments: bytes) -> None:
    mode, wide, rows = (
        arguments[0] % 48,
        int.from_bytes(arguments[1:3], "little"),
        int.from_bytes(arguments[3:5], "little"),
    )
    _want(arguments[0] in (0, 1, 2, 3, 48, 49, 50, 51), "an unknown kind of picture")
    dots = arguments[5:]
    _want(not any(command in dots for command in _IN_REAL_TIME), "a real-time command inside a picture")
    page.raster(*scaled(8 * wide, rows, dots, wider=bool(mode & 1), higher=bool(mode & 2)))


def _cut(page: Page, arguments: bytes) -> None:
    _want(arguments[0] in (0, 1, 48, 49), "unknown kind of cut")
    page.cut()


def _unasked_status(page: Page, arguments: bytes) -> None:
    page.push(arguments[0])


def _real_time(_: Page, arguments: bytes) -> None:
    _want(1 <= arguments[0] <= 4, "unknown real-time question")


def _fence(page: Page, arguments: bytes) -> None:
    _want(arguments[0] in (1, 49), "unknown question")
    page.fence()


def _feed_lines(page: Page, arguments: bytes) -> None:
    page.feed_lines(arguments[0])


def _feed_dots(page: Page, arguments: bytes) -> None:
    page.feed_dots(arguments[0])


def _move(page: Page, arguments: bytes) -> None:
    page.move_to(int.from_bytes(arguments, "little"))


def _symbol(page: Page, arguments: bytes) -> None:
    page.qr.take(page, arguments[2:])


COMMANDS = (
    Command(b"\x1b@", _fixed(0), lambda page, _: page.reset()),
    Command(b"\x1ba", _fixed(1), _align),
    Command(b"\x1bd", _fixed(1), _feed_lines),
    Command(b"\x1bE", _fixed(1), _bold),
    Command(b"\x1bJ", _fixed(1), _feed_dots),
    Command(b"\x1b$", _fixed(2), _move),
    Command(b"\x1c&", _fixed(0), _chinese),
    Command(b"\x1c.", _fixed(0), _single_byte),
    Command(b"\x1d!", _fixed(1), _size),
    Command(b"\x1dV", _fixed(1), _cut),
    Command(b"\x1da", _fixed(1), _unasked_status),
    Command(b"\x1dr", _fixed(1), _fence),
    Command(b"\x1d(k", _counted, _symbol),
    Command(b"\x1dv0", _raster_size, _raster),
    Command(b"\x10\x04", _fixed(1), _real_time),
)
