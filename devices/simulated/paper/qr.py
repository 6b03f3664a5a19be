"""``GS ( k`` for QR codes (cn 49): settings, the stored payload, printing."""

from __future__ import annotations

from typing import Protocol

from devices.simulated.paper.parts import PaperError
from devices.simulated.paper.symbol import modules_of

_MODEL, _SIZE, _LEVEL, _STORE, _PRINT = 65, 67, 69, 80, 81


class _Page(Protocol):
    alphanumeric: bool

    def symbol(self, payload: str, level: int, modules: int, module_dots: int) -> None: ...


class QrStore:
    """The symbol storage area of the printer."""

    def __init__(self) -> None:
        self._module_dots = 3
        self._level = 48
        self._payload = ""

    def take(self, page: _Page, body: bytes) -> None:
        """One ``GS ( k`` command without its length: ``cn fn`` and arguments. Raises ``PaperError``."""
        if len(body) < 3 or body[0] != 49:
            raise PaperError("not a QR command")
        function, arguments = body[1], body[2:]
        if function == _MODEL and arguments == b"2\x00":  # model 2, the one that scanners read
            return
        if function == _SIZE and len(arguments) == 1 and 1 <= arguments[0] <= 16:
            self._module_dots = arguments[0]
        elif function == _LEVEL and len(arguments) == 1 and 48 <= arguments[0] <= 51:
            self._level = arguments[0]
        elif function == _STORE and arguments[:1] == b"0" and len(arguments) > 1:
            self._payload = _decoded(arguments[1:])
        elif function == _PRINT and arguments == b"0" and self._payload:
            self._print(page)
        else:
            raise PaperError(f"QR function {function} with arguments {arguments.hex(' ')}")

    def _print(self, page: _Page) -> None:
        try:
            modules = modules_of(self._payload, self._level, page.alphanumeric)
        except ValueError as fault:
            raise PaperError(str(fault)) from fault
        page.symbol(self._payload, self._level, len(modules), self._module_dots)


def _decoded(payload: bytes) -> str:
    try:
        return payload.decode("utf-8")
    except UnicodeDecodeError:
        raise PaperError("a QR payload that is not UTF-8") from None
