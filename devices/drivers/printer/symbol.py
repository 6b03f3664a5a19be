"""QR codes on paper: how large the printer will draw one, and drawing it where the printer cannot."""

from __future__ import annotations

import re
from typing import Any

from devices.drivers.printer.pictures import PLAIN, QUADRUPLE, picture
from devices.drivers.printer.profile import Profile, QrMethod
from devices.paper import Qr

QUIET_MODULES = 4  # ISO/IEC 18004; the printer itself adds no quiet zone
_MODULE_DOTS_MIN = 3  # 0.375 mm: below this scanners of receipts give up
_ALPHANUMERIC = re.compile(r"[0-9A-Z $%*+\-./:]+")


def module_dots(qr: Qr, profile: Profile) -> int:
    """The side of a module: as wanted, or smaller where the code would not fit with its quiet zone.

    Raises ``ValueError`` when it does not fit at any size that a scanner reads.
    """
    from qrcode.exceptions import DataOverflowError

    try:
        modules = 17 + 4 * int(_symbol(qr.payload, profile.qr).best_fit())
    except (DataOverflowError, ValueError):
        modules = profile.dots
    fits = min(qr.module_dots, profile.dots // (modules + 2 * QUIET_MODULES))
    if fits < _MODULE_DOTS_MIN:
        raise ValueError(f"a QR code of {len(qr.payload)} characters does not fit on {profile.dots} dots")
    return fits


def drawn(qr: Qr, profile: Profile) -> bytes:
    """The code as a picture, centred by white dots, without quiet zone above and below. Raises as ``module_dots``."""
    side = module_dots(qr, profile)
    symbol = _symbol(qr.payload, profile.qr)
    symbol.make(fit=True)
    matrix: list[list[bool]] = symbol.get_matrix()
    mode, scale = (PLAIN, 1) if side % 2 else (QUADRUPLE, 2)
    margin = "0" * ((profile.dots - len(matrix) * side) // 2 // scale)
    rows = [_packed(margin + "".join(str(int(module)) * (side // scale) for module in row)) for row in matrix]
    data = b"".join(row * (side // scale) for row in rows)
    return picture(len(rows[0]), len(rows) * (side // scale), data, mode=mode)


def _symbol(payload: str, method: QrMethod) -> Any:
    """Model 2, level M, in the mode that the printer would choose."""
    import qrcode
    from qrcode.util import MODE_8BIT_BYTE, MODE_ALPHA_NUM, QRData

    tight = method is not QrMethod.NATIVE_BYTES and _ALPHANUMERIC.fullmatch(payload)
    symbol = qrcode.QRCode(version=None, error_correction=qrcode.ERROR_CORRECT_M, border=0)
    symbol.add_data(QRData(payload.encode(), mode=MODE_ALPHA_NUM if tight else MODE_8BIT_BYTE))
    return symbol


def _packed(bits: str) -> bytes:
    size = (len(bits) + 7) // 8
    return int(bits.ljust(8 * size, "0"), 2).to_bytes(size, "big")
